//! What people do with an item: lock, let `rules` decide, write, count, record. What the
//! checklist does within an act in which another room changes too takes that act's
//! `Write`; the act itself stands in `crossings`.

pub mod arising;
pub mod ending;
pub mod entered;
pub mod evidence;
pub mod extending;
pub mod following;
pub mod held;
pub mod items;
pub mod persons;
mod posts;
pub mod registers;
pub mod relapsing;
pub mod settled;
pub mod ties;
pub mod together;
pub mod voiding;
pub mod windows;

use crate::access::case::{Step, Stuck};
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Stopped, Told, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::approvals::store::withdrawals::withdrawn;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;

use super::rules::deadlines::Due;
use super::rules::{self, Deed, Item, Refusal};
use super::store::{self, counters, evidence as papers, extensions};

/// An item of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The item.
    pub item: i64,
}

/// The item under lock, as seen, and the step of an act.
async fn take(write: &mut Write, at: At, seen: &Seen, act: Act) -> Done<Refusal, Step<Item>> {
    let found = store::lock(write, at.association, at.item).await?;
    Ok(write.step(found, seen, act).await?)
}

/// Does a deed: saving, handing on, reporting, verifying, returning, accepting, exempting.
pub async fn perform(mut write: Write, at: At, seen: Seen, deed: &Deed) -> Done<Refusal> {
    let told = perform_in(&mut write, at, &seen, deed).await?;
    write.finish(told).await
}

/// The same, within a write.
async fn perform_in(write: &mut Write, at: At, seen: &Seen, deed: &Deed) -> Done<Refusal, Told> {
    let act = deed.act();
    let step = take(write, at, seen, act).await?;
    let (scheme, item) = (write.scheme()?, &step.case);
    let measure = scheme.measure(&item.measure);
    let measure = measure.ok_or(Stuck::Missing(Item::NAME))?;
    held::still(write, item.association).await?;
    let ground = held::Ground::for_act(write, &scheme, item, act).await?;
    ground.lets_first(&scheme, item, act)?;
    // What stands in the way by the item's own state is told before what its facts lack.
    let mut after = rules::after(item, measure, deed, (write.by(), write.today()))?;
    after.done_on = ground.lets(&scheme, item, act)?;
    if act == Act::ItemAccept {
        // TC-35: what rests on a withdrawn approval is not struck off.
        let withdrawn = withdrawn(write, item.association).await?;
        if measure.verify.iter().any(|code| withdrawn.contains(code)) {
            return Err(Refusal::Withdrawn.into());
        }
    }
    if act == Act::ItemReturn {
        after.again_on = item.sent_back(&scheme.campaign, write.today());
        papers::unmark(write, item.id).await?;
    }
    if act == Act::ItemRecall && store::is_opened(write, item, &measure.verify).await? {
        return Err(Refusal::Opened.into());
    }
    posts::clear(write, &after, act).await?;
    Ok(change(write, step, &after, deed).await?)
}

/// Sets an item as it stands after a deed, and with it counters, trend and stage.
pub async fn change(
    write: &mut Write,
    step: Step<Item>,
    after: &Item,
    deed: &Deed,
) -> Result<Told, Stopped> {
    let scheme = write.scheme()?;
    let say = said(&scheme, &step.case, after, deed);
    change_as(write, step, after, say).await
}

/// The same, in the words of what makes it so.
pub async fn change_as(
    write: &mut Write,
    step: Step<Item>,
    after: &Item,
    say: Say,
) -> Result<Told, Stopped> {
    let (before, scheme) = (step.case.clone(), write.scheme()?);
    store::note(write, after).await?;
    let told = write.apply(step, say).await?;
    if before.state != after.state {
        count(write, (before.association, before.department)).await?;
        counters::count_day(write, &counters::trend(&scheme, &before, after)).await?;
    }
    Ok(told)
}

/// Keeps an association's counters and its stage with its items.
pub async fn count(
    write: &mut Write,
    (association, unit): (AssociationId, DepartmentId),
) -> Result<(), sqlx::Error> {
    let scheme = write.scheme()?;
    recount(write, &scheme, (association, unit)).await
}

/// The same, where nobody acts.
pub async fn recount(
    db: &mut Db,
    scheme: &Scheme,
    (association, unit): (AssociationId, DepartmentId),
) -> Result<(), sqlx::Error> {
    let (_, tallies) = counters::recount(db, (association, unit)).await?;
    set_stage(db, association, counters::five_done(scheme, &tallies)).await
}

/// The stage of an association whose ties, notices or conditions have changed.
pub async fn follow_stage(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
) -> Result<(), sqlx::Error> {
    let tallies = counters::of_association(db, association).await?;
    set_stage(db, association, counters::five_done(scheme, &tallies)).await
}

/// Five separations are not done while a tie stands, a notice is unsigned or a condition of
/// the reply is open, whatever the items say.
async fn set_stage(
    db: &mut Db,
    association: AssociationId,
    all_resolved: bool,
) -> Result<(), sqlx::Error> {
    let Some(brief) = registry::brief(db, association).await? else {
        return Ok(());
    };
    let done = all_resolved && store::ends(db, association).await?.none();
    match (brief.stage, done) {
        (Stage::Implementing, true) => registry::set_stage(db, association, Stage::FiveDone).await,
        (Stage::FiveDone, false) => registry::set_stage(db, association, Stage::Implementing).await,
        _ => Ok(()),
    }
}

fn said(scheme: &Scheme, before: &Item, after: &Item, deed: &Deed) -> Say {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let say = Say::new(format!("{}：{}", deed.act().label(), before.title())).changed(
        "done_on",
        day(before.done_on),
        day(after.done_on),
    );
    let say = if before.personal() {
        say
    } else {
        say.changed("note", before.note.as_str(), after.note.as_str())
    };
    let facts = scheme.measure(&before.measure);
    let facts = facts.into_iter().flat_map(|measure| &measure.facts);
    let say = say.answers(scheme, facts, &before.facts.0, &after.facts.0);
    match deed {
        Deed::Back { reason } | Deed::Return { reason } | Deed::Relapse { reason } => {
            say.because(reason)
        }
        Deed::AskExemption { law, article } => say.because(&format!("依据{law}{article}")),
        Deed::Save { .. }
        | Deed::Pass
        | Deed::Report
        | Deed::Recall
        | Deed::Verify
        | Deed::Accept
        | Deed::Exempt => say,
    }
}

/// A new deadline of an item.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The item.
    pub item: i64,
    /// Its measure.
    pub measure: String,
    /// The deadline before.
    pub was: chrono::NaiveDate,
    /// The deadline now, and by whom.
    pub due: Due,
}

/// Sets new deadlines and counts again; a line in the history of each item.
pub async fn move_deadlines(
    write: &mut Write,
    (association, unit): (AssociationId, DepartmentId),
    (act, why): (Act, &str),
    moved: Vec<Moved>,
) -> Result<(), sqlx::Error> {
    let days: Vec<(i64, Due)> = moved
        .iter()
        .map(|moved| (moved.item, moved.due.clone()))
        .collect();
    extensions::move_deadlines(write, &days).await?;
    counters::recount(write, (association, unit)).await?;
    for Moved {
        item,
        measure,
        was,
        due,
    } in moved
    {
        let (was, now) = (was.to_string(), due.day.to_string());
        let sentence = format!("{why}，{measure}的时限由{was}调整为{now}");
        let record = Record::new(act, Item::KIND, item, sentence).in_file_of(association);
        write.tell(record.changed("deadline", was, now));
    }
    Ok(())
}
