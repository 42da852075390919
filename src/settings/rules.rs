//! When a parameter may change, what rests on it, and how a value is read.

pub mod delegations;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::database::Explain;
use crate::scheme::Scheme;
use crate::scheme::parameters::{Kind, Parameter, Values};

/// Why a change is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// From a day that is over: what was done keeps its rules.
    Past,
    /// It says what is in force on that day already.
    Same,
    /// Days of the calendar that are over would be others.
    PastDays,
    /// It contradicts another parameter.
    Contradiction(&'static str),
}

/// What is said of a day that is over.
pub const PAST: &str = "生效日期不能早于今天：已办理的事项按办理时的参数，不追溯。";

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Past => PAST,
            Self::Same => "与该日已执行的值相同，不需要修改。",
            Self::PastDays => {
                "生效日期以前的日期不能增减：以前的工作日按当时的日历计算。请保留原有日期，只改今后的。"
            }
            Self::Contradiction(why) => why,
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Past => ("effective_on", "生效日期"),
            Self::Same | Self::PastDays | Self::Contradiction(_) => ("value", "新值"),
        })
    }
}

/// Whether new values may take effect on a day; `changes` are those in force then.
pub fn may_change(
    scheme: &Scheme,
    changes: &Values,
    new: &[(&'static str, Value)],
    (effective_on, today): (NaiveDate, NaiveDate),
) -> Result<(), Refusal> {
    if effective_on < today {
        return Err(Refusal::Past);
    }
    let before = scheme.campaign.under(changes).values();
    if new
        .iter()
        .all(|(name, value)| before.get(*name) == Some(value))
    {
        return Err(Refusal::Same);
    }
    let past = |value: Option<&Value>| past_days(value, effective_on);
    if new
        .iter()
        .any(|(name, value)| past(before.get(*name)) != past(Some(value)))
    {
        return Err(Refusal::PastDays);
    }
    let mut changes = changes.clone();
    changes.extend(
        new.iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    let after = scheme.campaign.under(&changes);
    after
        .parameters
        .contradiction()
        .map_or(Ok(()), |why| Err(Refusal::Contradiction(why)))
}

/// The days of a list that lie before a day; none for values that are no lists of days.
fn past_days(value: Option<&Value>, day: NaiveDate) -> Vec<NaiveDate> {
    let days = value.and_then(Value::as_array).into_iter().flatten();
    days.filter_map(Value::as_str)
        .filter_map(|text| text.parse().ok())
        .filter(|each: &NaiveDate| *each < day)
        .collect()
}

/// The tasks and measures whose date it is: what a change moves from then on.
#[must_use]
pub fn rests_on(scheme: &Scheme, name: &str) -> Vec<String> {
    let phases = scheme.timeline.phases.iter().filter_map(|phase| {
        let touched = phase.from == name || phase.to == name;
        touched.then(|| phase.title.clone())
    });
    let tasks = scheme.timeline.tasks.iter().filter_map(|task| {
        let code = task.code.get_ref();
        (task.due == name).then(|| format!("{code} {}", task.text))
    });
    let measures = scheme
        .measures
        .measures
        .iter()
        .filter(|measure| measure.deadline == name)
        .map(|measure| format!("{} {}", measure.code(), measure.text));
    phases.chain(tasks).chain(measures).collect()
}

/// The tasks whose moved window takes this date along, open items included.
#[must_use]
pub fn moved_with(scheme: &Scheme, name: &str) -> Vec<String> {
    let tasks = scheme.timeline.tasks.iter();
    tasks
        .filter(|task| task.due == name && scheme.is_stage_date(name))
        .map(|task| task.code().to_owned())
        .collect()
}

/// Years in any of the usual ways of separating them; none where one is unreadable.
#[must_use]
pub fn years(typed: &str) -> Option<Vec<i32>> {
    typed
        .split(['、', '，', ',', ' '])
        .map(|year| year.trim().trim_end_matches('年'))
        .filter(|year| !year.is_empty())
        .map(|year| {
            year.parse()
                .ok()
                .filter(|year| (2000..=2100).contains(year))
        })
        .collect::<Option<Vec<i32>>>()
        .filter(|years| !years.is_empty())
}

/// Reads 1/2, also with a full-width stroke.
#[must_use]
pub fn ratio(
    typed: &str,
    (upper, lower): (&'static str, &'static str),
) -> Option<Vec<(&'static str, Value)>> {
    let (first, second) = typed.split_once(['/', '／'])?;
    let number = |part: &str| {
        part.trim()
            .parse::<i64>()
            .ok()
            .filter(|n| (1..=1000).contains(n))
    };
    Some(vec![
        (upper, json!(number(first)?)),
        (lower, json!(number(second)?)),
    ])
}

/// Reads days one after another; the first that is none is named.
pub fn days(
    typed: &str,
    parse: impl Fn(&str) -> Result<Option<NaiveDate>, String>,
) -> Result<Vec<NaiveDate>, String> {
    let mut days = Vec::new();
    for part in typed.split(['、', '，', ',', '；', ';', '\n', ' ']) {
        match parse(part) {
            Ok(day) => days.extend(day),
            Err(_) => return Err(format!("“{part}”不是日期，请写作2018-10-01。")),
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// The names of the values that a parameter consists of.
#[must_use]
pub fn names(parameter: &Parameter) -> Vec<&'static str> {
    match parameter.kind {
        Kind::Ratio(lower) => vec![parameter.name, lower],
        _ => vec![parameter.name],
    }
}

#[cfg(test)]
mod tests;
