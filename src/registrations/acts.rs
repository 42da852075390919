//! Entering what was received and what became of it, and correcting either, within the act
//! of `crossings::registering`, which lets the item follow.

use chrono::NaiveDate;
use serde_json::Value;

use crate::access::case::Step;
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write};
use crate::ids::AssociationId;

use super::rules::{
    Application, Kind, Organ, Outcome, Refusal, Registration, SupervisorColumn, Votes,
};
use super::store;

/// An entry of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The entry.
    pub registration: i64,
}

/// The entry under lock, as seen, and the step of an act.
async fn take(
    write: &mut Write,
    at: At,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, Step<Registration>> {
    let found = store::lock(write, at.association, at.registration).await?;
    Ok(write.step(found, seen, act).await?)
}

/// Enters what was received; its number and its record.
pub async fn enter_in(
    write: &mut Write,
    (association, kind): (AssociationId, Kind),
    application: &Application,
) -> Done<Refusal, (i64, Record)> {
    application.check(kind, write.today())?;
    let id = store::add(write, (association, kind), application).await?;
    let applied = application.applied_on;
    let sentence = format!("{}：{applied}收件", kind.label());
    let record = Record::new(Act::RegistrationEnter, Registration::KIND, id, sentence);
    Ok((id, record.in_file_of(association)))
}

/// Enters what became of it.
pub async fn decide_in(
    write: &mut Write,
    at: At,
    seen: &Seen,
    outcome: &Outcome,
) -> Done<Refusal, (Step<Registration>, Say)> {
    let step = take(write, at, seen, Act::RegistrationDecide).await?;
    let entry = &step.case;
    outcome.check(entry.kind, &entry.application, write.today())?;
    store::note_outcome(write, entry.id, outcome).await?;
    let say = Say::new(sentence(entry.kind, outcome));
    let say = say.because(outcome.opinion.as_deref().unwrap_or_default());
    Ok((step.to(outcome.state()), say))
}

/// Corrects what was entered, for a reason; the values before stay in the history.
pub async fn correct_in(
    write: &mut Write,
    at: At,
    seen: &Seen,
    (application, outcome): (&Application, Option<&Outcome>),
    reason: &str,
) -> Done<Refusal, (Step<Registration>, Say)> {
    let step = take(write, at, seen, Act::RegistrationCorrect).await?;
    let entry = step.case.clone();
    application.check(entry.kind, write.today())?;
    store::note_application(write, entry.id, application).await?;
    let to = match (&entry.outcome, outcome) {
        (Some(_), Some(outcome)) => {
            outcome.check(entry.kind, application, write.today())?;
            store::note_outcome(write, entry.id, outcome).await?;
            outcome.state()
        }
        (None, None) => entry.state,
        (Some(_), None) | (None, Some(_)) => return Err(Refusal::Undecided.into()),
    };
    let say = Say::new(format!("更正{}", entry.kind.label())).because(reason);
    let say = of_application(say, &entry.application, application);
    let say = match (&entry.outcome, outcome) {
        (Some(before), Some(after)) => of_outcome(say, before, after),
        _ => say,
    };
    Ok((step.to(to), say))
}

fn sentence(kind: Kind, outcome: &Outcome) -> String {
    let day = outcome.decided_on;
    let document = outcome.document.as_ref();
    let document = document.map_or_else(String::new, |number| format!("（{number}）"));
    let column = outcome.column.map(SupervisorColumn::label);
    let column = column.map_or_else(String::new, |says| format!("，业务主管单位栏{says}"));
    let verdict = outcome.verdict.label();
    format!("{}：{day}{verdict}{document}{column}", kind.label())
}

fn of_application(say: Say, before: &Application, after: &Application) -> Say {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let votes = |votes: Option<Votes>| votes.map_or(Value::Null, |votes| votes.words().into());
    say.changed(
        "registration_organ",
        before.organ.map(Organ::label),
        after.organ.map(Organ::label),
    )
    .changed("met_on", day(before.met_on), day(after.met_on))
    .changed("votes", votes(before.votes), votes(after.votes))
    .changed(
        "consented_on",
        day(before.consented_on),
        day(after.consented_on),
    )
    .changed(
        "registration_content",
        before.content.clone(),
        after.content.clone(),
    )
    .changed(
        "applied_on",
        before.applied_on.to_string(),
        after.applied_on.to_string(),
    )
}

fn of_outcome(say: Say, before: &Outcome, after: &Outcome) -> Say {
    let column = |column: Option<SupervisorColumn>| column.map(SupervisorColumn::label);
    say.changed("verdict", before.verdict.label(), after.verdict.label())
        .changed(
            "decided_on",
            before.decided_on.to_string(),
            after.decided_on.to_string(),
        )
        .changed(
            "registration_document",
            before.document.clone(),
            after.document.clone(),
        )
        .changed(
            "supervisor_column",
            column(before.column),
            column(after.column),
        )
        .changed(
            "registration_opinion",
            before.opinion.clone(),
            after.opinion.clone(),
        )
}
