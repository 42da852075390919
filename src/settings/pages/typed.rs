//! The value of a parameter as it is typed, for changing it and for looking ahead.

use serde_json::{Value, json};

use crate::scheme::Choice;
use crate::scheme::parameters::{Kind, Parameter};
use crate::settings::rules;
use crate::web::Form;
use crate::web::answer::date;
use crate::web::form::Clean;

/// Largest whole number of a parameter.
const MOST: i64 = 1_200;

/// Which field of the form the value is typed into.
#[must_use]
pub const fn input(kind: Kind) -> &'static str {
    match kind {
        Kind::Day => "day",
        Kind::Whole => "whole",
        Kind::YesNo => "yes_no",
        Kind::Choice(_) => "choice",
        Kind::Ratio(_) | Kind::RatioPart => "ratio",
        Kind::Days => "days",
        Kind::Years => "years",
    }
}

/// What a parameter of a few values may be.
#[must_use]
pub fn choices(parameter: &Parameter) -> Vec<Choice> {
    let Kind::Choice(choices) = parameter.kind else {
        return Vec::new();
    };
    choices
        .iter()
        .map(|(value, label)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

/// The values typed, once the whole form is found in order.
pub type Pending = Box<dyn FnOnce(&Clean) -> Vec<(&'static str, Value)> + Send>;

/// Reads the field `value`; none where it is already known to be wrong.
pub fn read(form: &mut Form, parameter: &'static Parameter) -> Option<Pending> {
    let (name, label) = (parameter.name, parameter.label);
    Some(match parameter.kind {
        Kind::Day => {
            let day = form.date("value", label).required("请填写日期。");
            Box::new(move |clean| vec![(name, json!(day.take(clean)))])
        }
        Kind::Whole => {
            let number = form
                .count("value", label)
                .check(|number| *number <= MOST, "数字过大，最大1200。")
                .required("请填写整数。");
            Box::new(move |clean| vec![(name, json!(number.take(clean)))])
        }
        Kind::YesNo => {
            let yes = form.yes_no("value", label).required("请选择是或否。");
            Box::new(move |clean| vec![(name, json!(yes.take(clean)))])
        }
        Kind::Choice(choices) => {
            let keys: Vec<&str> = choices.iter().map(|(key, _)| *key).collect();
            let chosen = form.choice("value", label, &keys).required("请选择一项。");
            Box::new(move |clean| vec![(name, json!(chosen.take(clean)))])
        }
        Kind::Ratio(lower) => {
            let typed = form
                .text("value", label, 20)
                .check(
                    |typed| rules::ratio(typed, (name, lower)).is_some(),
                    "比例请写作1/2，分子、分母为1至1000的整数。",
                )
                .required("请填写比例。");
            Box::new(move |clean| {
                rules::ratio(&typed.take(clean), (name, lower)).unwrap_or_default()
            })
        }
        Kind::Days => {
            let typed = form.value("value");
            form.knows("value");
            match rules::days(&typed, date::parse) {
                Ok(days) => Box::new(move |_| vec![(name, json!(days))]),
                Err(message) => {
                    form.fail("value", label, message);
                    return None;
                }
            }
        }
        Kind::Years => {
            let years = form
                .text("value", label, 60)
                .check(
                    |typed| rules::years(typed).is_some(),
                    "年度请写作2017、2018，年份之间用顿号隔开。",
                )
                .required("请填写年度。");
            Box::new(move |clean| vec![(name, json!(rules::years(&years.take(clean))))])
        }
        Kind::RatioPart => return None,
    })
}
