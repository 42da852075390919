//! Reading a register's fields from a form, and showing them.

use chrono::NaiveDate;
use serde_json::Value;

use crate::holdings::rules::fields::{Field, Kind, fields, label};
use crate::holdings::rules::{Register, exact};
use crate::scheme::{Answers, Choice};
use crate::web::Form;
use crate::web::answer::money;
use crate::web::conflict::Line;
use crate::web::form::Clean;

/// The first year of which something may be recorded (7.1).
const FIRST: i32 = 2000;

/// A value that waits for the proof.
type Taken = Box<dyn FnOnce(&Clean) -> Option<Value> + Send>;

/// The facts as typed, until the form is whole.
pub struct Typed(Vec<(&'static str, Taken)>);

impl Typed {
    /// The facts.
    #[must_use]
    pub fn take(self, clean: &Clean) -> Answers {
        let mut facts = Answers::default();
        for (name, take) in self.0 {
            facts.set(name, take(clean));
        }
        facts
    }
}

/// Reads a register's fields.
pub fn read(form: &mut Form, register: Register, today: NaiveDate) -> Typed {
    let read = |field: &Field| (field.name, read_one(form, field, today));
    let typed = fields(register).iter().map(read).collect();
    if register == Register::Transfer && typed_nothing(form) {
        form.fail(
            "handed_on",
            "移交日期",
            "请填写移交情况或监管措施，至少一项。",
        );
    }
    Typed(typed)
}

fn typed_nothing(form: &Form) -> bool {
    fields(Register::Transfer)
        .iter()
        .all(|field| form.value(field.name).trim().is_empty())
}

fn read_one(form: &mut Form, field: &Field, today: NaiveDate) -> Taken {
    let (name, label) = (field.name, field.label);
    let missing = format!("请填写{label}。");
    let area = |typed: &String| money::parse_area(typed).is_ok();
    macro_rules! taken {
        ($field:expr, $value:expr) => {{
            if field.required {
                let slot = $field.required(&missing);
                Box::new(move |clean: &Clean| $value(slot.take(clean)))
            } else {
                let slot = $field.optional();
                Box::new(move |clean: &Clean| slot.take(clean).and_then($value))
            }
        }};
    }
    match field.kind {
        Kind::Text => taken!(form.text(name, label, 200), |text: String| Some(
            Value::from(text)
        )),
        Kind::Day => {
            let first = NaiveDate::from_ymd_opt(FIRST, 1, 1).unwrap_or_default();
            let day = form.date(name, label).check(
                |day| (first..=today).contains(day),
                "日期不得早于2000-01-01，不得晚于今天。",
            );
            taken!(day, |day: NaiveDate| Some(Value::from(day.to_string())))
        }
        Kind::Until => {
            let day = form
                .date(name, label)
                .check(|day| *day > today, "延期日期应晚于今天。");
            taken!(day, |day: NaiveDate| Some(Value::from(day.to_string())))
        }
        Kind::Money => taken!(form.money(name, label), |cents: i64| Some(Value::from(
            cents
        ))),
        Kind::Area => {
            let typed = form
                .text(name, label, 20)
                .check(area, "面积请以平方米为单位填写数字，例如38.50。");
            taken!(typed, |typed: String| money::parse_area(&typed)
                .ok()
                .flatten()
                .map(Value::from))
        }
        Kind::Choice(choices) => {
            let keys: Vec<&str> = choices.iter().map(|(key, _)| *key).collect();
            taken!(form.choice(name, label, &keys), |key: String| Some(
                Value::from(key)
            ))
        }
    }
}

/// Puts recorded facts into a form.
pub fn fill(form: &mut Form, register: Register, facts: &Answers) {
    for field in fields(register) {
        if form.raw(field.name).is_none() {
            form.set(field.name, typed(field, facts));
        }
    }
}

fn typed(field: &Field, facts: &Answers) -> String {
    let number = facts.number(field.name);
    match field.kind {
        Kind::Money => number.map(money::show).unwrap_or_default(),
        Kind::Area => number.map(money::show_hundredths).unwrap_or_default(),
        _ => facts.text(field.name).unwrap_or_default().to_owned(),
    }
}

/// The recorded facts in words: label and value.
#[must_use]
pub fn shown(register: Register, facts: &Answers) -> Vec<(&'static str, String)> {
    fields(register)
        .iter()
        .filter(|field| facts.has(field.name))
        .map(|field| {
            let number = facts.number(field.name).unwrap_or(0);
            let text = facts.text(field.name).unwrap_or_default();
            let words = match field.kind {
                Kind::Money => format!("{}万元", exact(number)),
                Kind::Area => format!("{}平方米", money::show_hundredths(number)),
                Kind::Choice(choices) => label(choices, text).to_owned(),
                Kind::Text | Kind::Day | Kind::Until => text.to_owned(),
            };
            (field.label, words)
        })
        .collect()
}

/// What a form says for a field, as people read it.
#[must_use]
pub fn in_words(register: Register, name: &str, value: &str) -> String {
    let field = fields(register).iter().find(|field| field.name == name);
    match field.map(|field| field.kind) {
        Some(Kind::Choice(choices)) => label(choices, value).to_owned(),
        Some(Kind::Money) if !value.is_empty() => format!("{value}万元"),
        Some(Kind::Area) if !value.is_empty() => format!("{value}平方米"),
        _ => value.to_owned(),
    }
}

/// What was typed into a register's fields, in words: label and value.
#[must_use]
pub fn typed_words(form: &Form, register: Register) -> Vec<(&'static str, String)> {
    fields(register)
        .iter()
        .filter_map(|field| Some((field, form.raw(field.name)?)))
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(field, value)| (field.label, in_words(register, field.name, value)))
        .collect()
}

/// The fields as recorded now, as a form shows them.
#[must_use]
pub fn current(register: Register, facts: &Answers) -> Vec<(Line, String)> {
    let line = |field: &Field| match field.kind {
        Kind::Text => Line::text(field.name, field.label),
        Kind::Day | Kind::Until => Line::day(field.name, field.label),
        Kind::Money => Line::money(field.name, field.label),
        Kind::Area => Line::area(field.name, field.label),
        Kind::Choice(choices) => Line::of(field.name, field.label, &offered(choices)),
    };
    let fields = fields(register).iter();
    fields
        .map(|field| (line(field), typed(field, facts)))
        .collect()
}

fn offered(choices: &[(&str, &str)]) -> Vec<Choice> {
    let choices = choices.iter();
    choices
        .map(|(value, label)| Choice::from(((*value).to_owned(), (*label).to_owned())))
        .collect()
}

/// A field as the form draws it.
pub struct Input {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What helps.
    pub hint: &'static str,
    /// text, date, money, area or choice.
    pub kind: &'static str,
    /// What is on offer.
    pub options: Vec<Choice>,
}

/// The inputs of a register.
#[must_use]
pub fn inputs(register: Register) -> Vec<Input> {
    fields(register)
        .iter()
        .map(|field| Input {
            name: field.name,
            label: field.label,
            hint: field.hint,
            kind: match field.kind {
                Kind::Text => "text",
                Kind::Day | Kind::Until => "date",
                Kind::Money => "money",
                Kind::Area => "area",
                Kind::Choice(_) => "choice",
            },
            options: match field.kind {
                Kind::Choice(choices) => offered(choices),
                _ => Vec::new(),
            },
        })
        .collect()
}
