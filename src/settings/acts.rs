//! Changing a parameter from a day on.

pub mod delegations;

use chrono::NaiveDate;
use serde_json::Value;

use crate::access::case::Subject;
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Write, parameters};
use crate::ids::CampaignId;
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
}

/// Enters the change; the values of days before it stay as they were.
pub async fn change(mut write: Write, seen: Seen, wanted: &Wanted) -> Done<Refusal> {
    let parameter = wanted.parameter;
    let standing = store::lock(&mut write, &rules::names(parameter)).await?;
    let of = Subject {
        kind: "parameter",
        id: standing.newest,
    };
    write.as_seen(&seen, standing.changes, of)?;
    let (scheme, on) = (write.scheme()?, wanted.effective_on);
    let campaign = CampaignId(write.campaign());
    let changes = parameters::changes_on(write.connection(), campaign, on).await?;
    rules::may_change(&scheme, &changes, &wanted.values, (on, write.today()))?;
    let mut number = 0;
    for (name, value) in &wanted.values {
        let new = NewChange {
            name,
            value,
            effective_on: on,
            reason: &wanted.reason,
        };
        number = store::add(&mut write, &new).await?;
    }
    let before = scheme.campaign.under(&changes).values();
    let mut after = before.clone();
    let typed = wanted.values.iter();
    after.extend(typed.map(|(name, value)| ((*name).to_owned(), value.clone())));
    let told = write.tell(record(parameter, number, (&before, &after), wanted));
    write.finish(told).await
}

/// Moves a date of the scheme from today on, inside the act of moving a stage.
pub async fn move_date_in(
    write: &mut Write,
    (name, day): (&str, NaiveDate),
    reason: &str,
) -> Result<(), sqlx::Error> {
    let new = NewChange {
        name,
        value: &Value::String(day.to_string()),
        effective_on: write.today(),
        reason,
    };
    store::add(write, &new).await?;
    Ok(())
}

/// Sets a parameter from a day on, inside the act that registers the document which says so
/// (PD-1 to PD-6); its record.
pub async fn set_in(
    write: &mut Write,
    (parameter, value): (&'static Parameter, Value),
    effective_on: NaiveDate,
    reason: &str,
) -> Result<Record, sqlx::Error> {
    store::lock(write, &rules::names(parameter)).await?;
    let scheme = write.scheme()?;
    let before = scheme.campaign.values();
    let mut after = before.clone();
    after.insert(parameter.name.to_owned(), value.clone());
    let new = NewChange {
        name: parameter.name,
        value: &value,
        effective_on,
        reason,
    };
    let number = store::add(write, &new).await?;
    let wanted = Wanted {
        parameter,
        values: Vec::new(),
        effective_on,
        reason: reason.to_owned(),
    };
    Ok(record(parameter, number, (&before, &after), &wanted))
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
        parameter.label, wanted.effective_on
    );
    Record::new(act, "parameter", number, sentence)
        .with_opinion(&wanted.reason)
        .changed(parameter.name, old, new)
}
