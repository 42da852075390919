//! Registering, putting approvals on record, deciding, writing the result.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Db, Write, WriteError};
use crate::ids::AssociationId;
use crate::scheme::Scheme;
use crate::survey::store as surveys;

use super::rules::{self, Deed, Kind, Refusal, State, Subject};
use super::store::{self, Activity, Entry, NewApproval, Note};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// The activity concerned and the version looked at.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The activity.
    pub activity: i64,
    /// The version looked at.
    pub version: i32,
}

/// Registers an activity (MA-1).
pub async fn register(
    database: &Database,
    who: &Who,
    association: AssociationId,
    entry: &Entry,
) -> Result<i64, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let by = (who.today(), who.actor.account);
    let id = store::add(&mut write, association, entry, by).await?;
    let record = record(Act::ActivitySave, association, id, sentence("登记", entry));
    write.record(record).await?;
    Ok(id)
}

fn sentence(act: &str, entry: &Entry) -> String {
    format!(
        "{act}重大业务活动（{}）：{}",
        entry.kind.label(),
        entry.title
    )
}

fn record(act: Act, association: AssociationId, id: i64, sentence: String) -> Record {
    Record::new(act, "activity", id, sentence).in_file_of(association)
}

async fn lock(database: &Database, who: &Who, at: At, act: Act) -> Outcome<(Write, State, State)> {
    let mut write = Write::begin(database, who).await?;
    let locked = store::lock(&mut write, at.association, at.activity).await?;
    let Some((state, version)) = locked else {
        return Ok(Err(Refusal::Gone));
    };
    if version != at.version {
        return Ok(Err(Refusal::Stale));
    }
    Ok(match rules::next(state, act) {
        Some(to) => Ok((write, state, to)),
        None => Err(Refusal::Closed(state)),
    })
}

/// Writes an activity anew, before it is approved.
pub async fn save(database: &Database, who: &Who, at: At, entry: &Entry) -> Outcome<()> {
    let (mut write, from, to) = match lock(database, who, at, Act::ActivitySave).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::save(&mut write, at.activity, entry).await?;
    let note = Note::default();
    store::move_to(&mut write, at.activity, to, &note).await?;
    let record = record(
        Act::ActivitySave,
        at.association,
        at.activity,
        sentence("修改", entry),
    )
    .changed("state", from.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Puts a department's approval on record.
pub async fn note(database: &Database, who: &Who, at: At, new: &NewApproval) -> Outcome<()> {
    let (mut write, _, _) = match lock(database, who, at, Act::ActivityNote).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let by = (who.today(), who.actor.account);
    store::add_approval(&mut write, at.activity, new, by).await?;
    let sentence = format!("登记重大业务活动的批准文件：{}", new.document_number);
    let record = record(Act::ActivityNote, at.association, at.activity, sentence);
    write.record(record).await?;
    Ok(Ok(()))
}

/// Whether the activity may be approved as it stands, by MA-2 and MA-3.
pub async fn judge(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
    activity: &Activity,
) -> Result<Result<(), Refusal>, sqlx::Error> {
    let parameters = &scheme.campaign.parameters;
    let approved_by: Vec<String> = store::approvals(db, activity.id)
        .await?
        .into_iter()
        .flat_map(|approval| approval.competences)
        .collect();
    let barred = match activity.kind {
        Kind::Election => surveys::current(db, association)
            .await?
            .map_or(0, |survey| {
                rules::barred(
                    &activity.candidates,
                    &survey.answers.0,
                    activity.held_on,
                    parameters.cooling_months,
                )
                .len()
            }),
        _ => 0,
    };
    let closed = store::plan_closed(db, association).await?;
    let subject = Subject {
        kind: activity.kind,
        held_on: activity.held_on,
        candidates: &activity.candidates,
        declared: activity.declared,
        approved_by: &approved_by,
    };
    let period = (parameters.survey_base_date, closed);
    Ok(rules::may_approve(&subject, period, barred))
}

/// Decides on an activity or writes its result.
pub async fn decide(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At,
    deed: &Deed,
) -> Outcome<()> {
    let act = deed.act();
    let (mut write, from, mut to) = match lock(database, who, at, act).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let found = store::activity(&mut write, at.association, at.activity).await?;
    let Some(activity) = found else {
        return Ok(Err(Refusal::Gone));
    };
    if matches!(deed, Deed::Approve(_) | Deed::Allow(_))
        && let Err(refusal) = judge(&mut write, scheme, at.association, &activity).await?
    {
        return Ok(Err(refusal));
    }
    let today = who.today();
    let mut note = Note::default();
    let words = match deed {
        Deed::Approve(office) => {
            note.needs_office = Some(*office);
            note.approved_on = Some(today).filter(|_| !office);
            if *office {
                to = State::WithOffice;
            }
            ""
        }
        Deed::Allow(words) => {
            note.approved_on = Some(today);
            words
        }
        Deed::Return(words) | Deed::Refuse(words) => words,
        Deed::Finish(_, on) if *on < activity.held_on => {
            return Ok(Err(Refusal::TooEarly(activity.held_on)));
        }
        Deed::Finish(words, on) => {
            note.result = Some((words, *on));
            words
        }
    };
    note.reason = (!words.is_empty() && note.result.is_none()).then_some(words);
    store::move_to(&mut write, at.activity, to, &note).await?;
    let sentence = format!("{}：{}", act.label(), activity.title);
    let record = record(act, at.association, at.activity, sentence)
        .with_opinion(words)
        .changed("state", from.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}
