//! Registering, putting approvals on record, deciding, writing the result.

use chrono::NaiveDate;

use crate::access::case::Step;
use crate::access::{Act, Seen};
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Never, Write};
use crate::ids::AssociationId;
use crate::scheme::Scheme;
use crate::survey::store as surveys;

use super::rules::{self, Kind, Refusal, State, Subject};
use super::store::{self, Activity, Entry, NewApproval, Note};

/// An activity of an association.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The activity.
    pub activity: i64,
}

fn sentence(act: &str, entry: &Entry) -> String {
    let kind = entry.kind.label();
    format!("{act}重大业务活动（{kind}）：{}", entry.title)
}

/// Registers an activity (MA-1); its number.
pub async fn register(
    mut write: Write,
    association: AssociationId,
    entry: &Entry,
) -> Done<Never, i64> {
    let id = store::add(&mut write, association, entry).await?;
    let record = Record::new(Act::ActivitySave, "activity", id, sentence("登记", entry));
    let told = write.tell(record.in_file_of(association));
    write.finish::<Never>(told).await?;
    Ok(id)
}

/// The activity under lock, as seen, and the step of an act.
async fn take(write: &mut Write, at: At, seen: &Seen, act: Act) -> Done<Refusal, Step<Activity>> {
    let found = store::lock(write, at.association, at.activity).await?;
    Ok(write.step(found, seen, act).await?)
}

/// Writes an activity anew, before it is approved.
pub async fn save(mut write: Write, at: At, seen: Seen, entry: &Entry) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ActivitySave).await?;
    store::save(&mut write, at.activity, entry).await?;
    store::note(&mut write, at.activity, &Note::default()).await?;
    let told = write.apply(step, Say::new(sentence("修改", entry))).await?;
    write.finish(told).await
}

/// Puts a department's approval on record.
pub async fn note(mut write: Write, at: At, seen: Seen, new: &NewApproval) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ActivityNote).await?;
    store::add_approval(&mut write, at.activity, new).await?;
    let say = Say::new(format!(
        "登记重大业务活动的批准文件：{}",
        new.document_number
    ));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Whether the activity may be approved as it stands, by MA-2 and MA-3.
pub async fn judge(
    db: &mut Db,
    scheme: &Scheme,
    activity: &Activity,
) -> Result<Result<(), Refusal>, sqlx::Error> {
    let parameters = &scheme.campaign.parameters;
    let approved_by: Vec<String> = store::approvals(db, activity.id)
        .await?
        .into_iter()
        .flat_map(|approval| approval.competences)
        .collect();
    let barred = match activity.kind {
        Kind::Election => surveys::current(db, activity.association)
            .await?
            .map_or(0, |survey| {
                let (candidates, held_on) = (&activity.candidates, activity.held_on);
                rules::barred(
                    candidates,
                    &survey.answers.0,
                    held_on,
                    parameters.cooling_months,
                )
                .len()
            }),
        _ => 0,
    };
    let closed = store::plan_closed(db, activity.association).await?;
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

/// The unit's leader agrees; `to_office`: the office must too.
pub async fn approve(mut write: Write, at: At, seen: Seen, to_office: bool) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ActivityApprove).await?;
    let scheme = write.scheme()?;
    judge(&mut write, &scheme, &step.case).await??;
    let note = Note {
        needs_office: Some(to_office),
        approved_on: (!to_office).then(|| write.today()),
        ..Note::default()
    };
    let step = step.to(if to_office {
        State::WithOffice
    } else {
        State::Approved
    });
    decided(write, step, &note, "").await
}

/// The office agrees.
pub async fn allow(mut write: Write, at: At, seen: Seen, opinion: &str) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ActivityAllow).await?;
    let scheme = write.scheme()?;
    judge(&mut write, &scheme, &step.case).await??;
    let note = Note {
        approved_on: Some(write.today()),
        reason: Some(opinion),
        ..Note::default()
    };
    decided(write, step, &note, opinion).await
}

/// The unit's leader sends it back, or the office refuses.
pub async fn turn_down(
    mut write: Write,
    at: At,
    seen: Seen,
    act: Act,
    reason: &str,
) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, act).await?;
    let note = Note {
        reason: Some(reason),
        ..Note::default()
    };
    decided(write, step, &note, reason).await
}

/// Writes what came of it, and when.
pub async fn finish(
    mut write: Write,
    at: At,
    seen: Seen,
    result: &str,
    on: NaiveDate,
) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ActivityFinish).await?;
    if on < step.case.held_on {
        return Err(Refusal::TooEarly(step.case.held_on).into());
    }
    let note = Note {
        result: Some(result),
        result_on: Some(on),
        ..Note::default()
    };
    decided(write, step, &note, result).await
}

async fn decided(
    mut write: Write,
    step: Step<Activity>,
    note: &Note<'_>,
    words: &str,
) -> Done<Refusal> {
    store::note(&mut write, step.id(), note).await?;
    let sentence = format!("{}：{}", step.act().label(), step.case.title);
    let told = write.apply(step, Say::new(sentence).because(words)).await?;
    write.finish(told).await
}
