//! Publishing one list of the district (LI-7): what was decided on for all units.

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write, batches};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::roster::rules::Refusal;
use crate::roster::store::publications::{self, Due};
use crate::roster::store::{self, Recommendation, UnitRow, amendments};
use crate::scheme::batch;

/// What is published together: how far each unit is, and whom the list takes.
#[must_use]
pub fn shown(units: &[UnitRow], due: &[Due]) -> Seen {
    let units = units.iter().map(|unit| {
        let UnitRow {
            id,
            name,
            base,
            chosen,
            undecided,
            state,
            version,
            asked,
        } = unit;
        format!("{id} {name} {base} {chosen} {undecided} {state:?} {version:?} {asked}")
    });
    let due = due.iter().map(|each| {
        let Due {
            id,
            name,
            version,
            survey,
        } = each;
        format!("{id} {name} {version} {survey:?}")
    });
    Seen::list(units.chain(due))
}

/// The dates of a later list (FD-1): all of them, one after the other.
fn of_batch(on: NaiveDate, dates: &[(&'static str, NaiveDate)]) -> Result<(), Refusal> {
    let missing = batch::DATES
        .iter()
        .find(|(name, _)| !dates.iter().any(|(given, _)| given == name));
    match missing
        .map(|(name, _)| *name)
        .or_else(|| batch::disordered(on, dates))
    {
        Some(name) => Err(Refusal::BatchDate(name)),
        None => Ok(()),
    }
}

/// Publishes. A later list has the dates that the office's head confirms with it. Units that are not decided on, or ask to be decided on anew, hold it up,
/// unless the office's head says why not (TC-54).
pub async fn publish(
    mut write: Write,
    seen: Seen,
    (title, despite): (&str, Option<&str>),
    dates: &[(&'static str, NaiveDate)],
) -> Done<Refusal, i32> {
    let issued = write.scheme()?.campaign.parameters.issue_date;
    let later = batches::begun(&mut write).await?;
    let recommendations = store::lock_all(&mut write).await?;
    let units = store::units(&mut write, issued).await?;
    let due = publications::due(&mut write).await?;
    let list = Subject {
        kind: "roster",
        id: 0,
    };
    write.list(&seen, &shown(&units, &due), list)?;
    let open = units.iter().filter(|unit| unit.is_open());
    let open: Vec<String> = open.map(|unit| unit.name.clone()).collect();
    if !open.is_empty() && despite.is_none() {
        return Err(Refusal::UnitsOpen(open).into());
    }
    if later {
        of_batch(write.today(), dates)?;
    }
    let decided: Vec<Recommendation> = recommendations
        .into_iter()
        .filter(|each| each.open(Act::RosterPublish))
        .collect();
    if decided.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let (number, listed) = publications::publish(&mut write, title).await?;
    // Associations are not under lock: one may have left between the two statements.
    if !listed.iter().eq(due.iter().map(|each| &each.id)) {
        return Err(Stuck::Stale(list).into());
    }
    if later {
        batches::begin(&mut write, &batch::kept(dates)).await?;
    }
    let on = write.today();
    amendments::freeze_bases(&mut write, issued, on).await?;
    let sentence = format!("发布脱钩名单第{number}号，{}个协会", listed.len());
    let head = Record::new(Act::RosterPublish, list.kind, i64::from(number), sentence);
    let told = write.tell(head.with_opinion(despite.unwrap_or_default()));
    for recommendation in decided {
        let now = Seen::version(recommendation.version);
        let act = Act::RosterPublish;
        let step = write.step(Some(recommendation), &now, act).await?;
        let say = Say::new(format!("推荐名单列入脱钩名单第{number}号"));
        write.apply(step, say).await?;
    }
    for id in listed.into_iter().map(AssociationId) {
        registry::set_stage(&mut write, id, Stage::Listed).await?;
        let sentence = format!("列入脱钩名单第{number}号");
        let record = Record::new(Act::RosterPublish, "association", id.0, sentence);
        write.tell(record.in_file_of(id));
    }
    write.finish::<Refusal>(told).await?;
    Ok(number)
}
