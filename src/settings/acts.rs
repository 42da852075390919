//! Changing a parameter from a day on.

pub mod delegations;

use chrono::NaiveDate;
use serde_json::Value;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::clock::chinese_date;
use crate::database::{Database, Write, WriteError, parameters};
use crate::scheme::Scheme;
use crate::scheme::parameters::{Kind, Parameter, Values};

use super::rules::{self, Refusal};
use super::store::{self, NewChange};

/// What a person wants changed.
pub struct Wanted {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its values by name: two for a ratio.
    pub values: Vec<(&'static str, Value)>,
    /// From which day on.
    pub effective_on: NaiveDate,
    /// On what ground.
    pub reason: String,
    /// How often it had changed when the form was shown.
    pub seen: i64,
}

/// Enters the change; the values of days before it stay as they were.
pub async fn change(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    wanted: &Wanted,
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let parameter = wanted.parameter;
    if store::lock(&mut write, parameter.name).await? != wanted.seen {
        return Ok(Err(Refusal::Stale));
    }
    let (on, today) = (wanted.effective_on, who.today());
    let changes = parameters::changes_on(write.connection(), database.campaign(), on).await?;
    if let Err(refusal) = rules::may_change(scheme, &changes, &wanted.values, (on, today)) {
        return Ok(Err(refusal));
    }
    let mut number = 0;
    for (name, value) in &wanted.values {
        let new = NewChange {
            name,
            value,
            effective_on: on,
            reason: &wanted.reason,
        };
        let by = (who.actor.account, who.actor.name.as_str(), today);
        number = store::add(&mut write, &new, by).await?;
    }
    let before = scheme.campaign.under(&changes).values();
    let mut after = before.clone();
    after.extend(
        wanted
            .values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    write
        .record(record(parameter, number, (&before, &after), wanted))
        .await?;
    Ok(Ok(()))
}

/// Moves a date of the scheme from today on, inside the act of moving a stage.
pub async fn move_date_in(
    write: &mut Write,
    who: &Who,
    (name, day): (&str, NaiveDate),
    reason: &str,
) -> Result<(), sqlx::Error> {
    let new = NewChange {
        name,
        value: &Value::String(day.to_string()),
        effective_on: who.today(),
        reason,
    };
    let by = (who.actor.account, who.actor.name.as_str(), who.today());
    store::add(write, &new, by).await?;
    Ok(())
}

fn record(
    parameter: &Parameter,
    number: i64,
    (before, after): (&Values, &Values),
    wanted: &Wanted,
) -> Record {
    let act = if parameter.kind == Kind::Days {
        Act::CalendarChange
    } else {
        Act::SettingsChange
    };
    let (old, new) = (parameter.show(before), parameter.show(after));
    let sentence = format!(
        "将“{}”由{old}改为{new}，自{}起执行",
        parameter.label,
        chinese_date(wanted.effective_on)
    );
    Record::new(act, "parameter", number, sentence)
        .with_opinion(&wanted.reason)
        .changed(parameter.name, old, new)
}
