//! Supporting documents (domain 10.9): the parameters that one sets are in force from its day,
//! once the office's head has registered it.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::audit::Record;
use crate::database::{Done, Write};
use crate::oversight::rules::{Refusal, State};
use crate::scheme::parameters::{Kind, Parameter, named};
use crate::scheme::{Answers, Scheme};
use crate::settings::acts::set_in;
use crate::settings::rules::may_change;

use super::Of;

const PARAMETERS: &str = "policy_parameters";
const ISSUED: &str = "policy_issued_on";
const FROM: &str = "policy_from";

/// A parameter as the document sets it.
type Set = (&'static Parameter, Value);

/// It is issued by today, holds not before that, and sets what can be set.
pub(super) fn may(write: &Write, of: Of<'_>) -> Done<Refusal> {
    if !matches!(of.to, State::Done | State::Settled) {
        return Ok(());
    }
    let (issued, from) = (of.answers.date(ISSUED), of.answers.date(FROM));
    let today = write.today();
    if issued.is_some_and(|issued| issued > today) {
        return Err(Refusal::Said("印发日期不能晚于今天。").into());
    }
    if let (Some(issued), Some(from)) = (issued, from)
        && from < issued
    {
        return Err(Refusal::TooEarly(issued).into());
    }
    let scheme = write.scheme()?;
    for (parameter, value) in sets(of.answers)? {
        fits(
            &scheme,
            (parameter, &value),
            (from.unwrap_or(today).max(today), today),
        )?;
    }
    Ok(())
}

/// What its rows say, as values of their parameters.
fn sets(answers: &Answers) -> Result<Vec<Set>, Refusal> {
    let rows = answers.rows(PARAMETERS);
    let rows = rows.iter().map(|row| {
        let (name, typed) = (
            row.text("name"),
            row.text("value").unwrap_or_default().trim(),
        );
        let parameter = name.and_then(named).ok_or(Refusal::Said("请选择参数。"))?;
        let wrong =
            || Refusal::Parameter(format!("“{}”的数值“{typed}”无法识别。", parameter.label));
        let value = match parameter.kind {
            Kind::Whole => typed.parse::<i64>().ok().map(|number| json!(number)),
            Kind::Day => typed
                .parse::<NaiveDate>()
                .ok()
                .map(|day| json!(day.to_string())),
            _ => None,
        };
        Ok((parameter, value.ok_or_else(wrong)?))
    });
    rows.collect()
}

/// Whether a parameter may be so from a day on; that it is so already is no fault.
fn fits(
    scheme: &Scheme,
    (parameter, value): (&'static Parameter, &Value),
    days: (NaiveDate, NaiveDate),
) -> Result<(), Refusal> {
    let values = scheme.campaign.values();
    if values.get(parameter.name) == Some(value) {
        return Ok(());
    }
    let new = [(parameter.name, value.clone())];
    may_change(
        scheme,
        &crate::scheme::parameters::Values::new(),
        &new,
        days,
    )
    .map_err(|why| Refusal::Parameter(crate::database::Explain::explain(&why)))
}

/// The parameters are in force from the document's day, or from today where that is over.
pub(super) async fn settled(write: &mut Write, of: Of<'_>) -> Done<Refusal, Vec<Record>> {
    let today = write.today();
    let from = of.answers.date(FROM).unwrap_or(today).max(today);
    let number = of.answers.text("policy_number").unwrap_or_default();
    let reason = format!("{}（{number}）", of.docket.title);
    let scheme = write.scheme()?;
    let values = scheme.campaign.values();
    let mut told = Vec::new();
    for (parameter, value) in sets(of.answers)? {
        if values.get(parameter.name) != Some(&value) {
            told.push(set_in(write, (parameter, value), from, &reason).await?);
        }
    }
    Ok(told)
}
