//! Bringing a checklist up to a new edition of the survey, in one transaction:
//! items added, lapsed and revived, counters recounted, the edition noted.

use crate::access::case::{Case as _, Stuck, Subject};
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Db, Done, Never, Stopped, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::approvals::{rules as approvals, store as asked};
use crate::plan::draft::rules::MATTERS;
use crate::plan::store::{self as plans, Plan};
use crate::progress::acts::items::items as called;
use crate::progress::acts::{count, ending, registers, windows};
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::{Due, GRANTED, Reply};
use crate::progress::rules::revision::{self, Revision};
use crate::progress::store::revisions::{self, Applied};
use crate::progress::store::{self, NewItem, extensions, relapses};
use crate::registry::store as registry;
use crate::scheme::Scheme;
use crate::survey::store::{self as survey, Confirmed};

use super::registering;

/// What a revision is called where there is none.
const NAME: &str = "清单调整（清单已与最新确认的摸底调查一致）";

/// A revision that waits, with what it would do.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The edition that the checklist stands on.
    pub from: i32,
    /// The confirmed edition.
    pub survey: Confirmed,
    /// What it does.
    pub revision: Revision,
    /// The new items with their deadlines.
    pub items: Vec<NewItem>,
    /// When the items that are called for again are due now.
    pub revived: Vec<(i64, Due)>,
    /// New items that the plan does not cover: a change of the plan must be asked for.
    pub uncovered: Vec<String>,
    /// The plan.
    pub plan: i64,
}

impl Proposed {
    /// What is seen of it: the edition, and every item that it would touch.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let Revision {
            revived,
            lapsed,
            kept,
            ..
        } = &self.revision;
        let touched = [("revived", revived), ("lapsed", lapsed), ("kept", kept)];
        let line = |what: &str, item: &Item| format!("{what} {} {}", item.id, item.version);
        let stands = touched
            .into_iter()
            .flat_map(|(what, items)| items.iter().map(move |item| line(what, item)));
        let fresh = self.items.iter().map(|item| {
            let (measure, object, day) = (&item.measure, &item.object, item.due.day);
            format!("added {measure} {object} {day}")
        });
        let edition = format!("{} {}", self.survey.id, self.survey.edition);
        Seen::list([edition].into_iter().chain(stands).chain(fresh))
    }
}

/// What the newest confirmed edition would do to a checklist; none where it
/// stands on that edition, or where there is no checklist.
pub async fn proposed(
    db: &mut Db,
    scheme: &Scheme,
    (association, applied): (AssociationId, &[Applied]),
    today: chrono::NaiveDate,
) -> Result<Option<Proposed>, sqlx::Error> {
    let Some(plan) = plans::plan(db, association).await? else {
        return Ok(None);
    };
    let existing = store::items(db, association).await?;
    let confirmed = survey::confirmed(db, association).await?;
    let from = applied
        .first()
        .map_or(plan.edition, |applied| applied.edition.max(plan.edition));
    let Some(confirmed) = confirmed.filter(|survey| survey.edition > from && !existing.is_empty())
    else {
        return Ok(None);
    };
    let found = asked::of_plan(db, plan.id).await?;
    let content = &plan.content.0;
    let exceptions = approvals::exceptions(scheme, content, &found, today);
    let exceptions = registers::with_delays(db, association, scheme, exceptions).await?;
    let of = (content, plan.written_on(today));
    let steps = windows::steps(db, scheme, association, of).await?;
    // What comes now is not born late either.
    let reply = Reply {
        on: today,
        ..Reply::default()
    };
    let steps = steps.replied(reply);
    let items = called(scheme, &confirmed.answers, (&steps, &exceptions), today);
    let wanted = scheme.applicable(&confirmed.answers, today);
    let revision = revision::compare(scheme, &existing, &wanted);
    let revived = again(&revision, &items);
    Ok(Some(Proposed {
        from,
        revived,
        uncovered: revision::uncovered(scheme, &revision, &covered(&plan))
            .into_iter()
            .map(crate::scheme::ItemKey::text)
            .collect(),
        items: items
            .into_iter()
            .filter(|item| {
                revision
                    .added
                    .iter()
                    .any(|key| key.measure == item.measure && key.object == item.object)
            })
            .collect(),
        survey: confirmed,
        revision,
        plan: plan.id,
    }))
}

/// The days of items that are called for again: a stage may have moved while they
/// did not apply. What a department granted stands.
fn again(revision: &Revision, items: &[NewItem]) -> Vec<(i64, Due)> {
    let revived = revision.revived.iter();
    revived
        .filter(|item| item.due_by != GRANTED)
        .filter_map(|item| {
            let new = items
                .iter()
                .find(|new| new.measure == item.measure && new.object == item.object)?;
            Some((item.id, new.due.clone()))
        })
        .collect()
}

/// Items that the plan's matters name.
fn covered(plan: &Plan) -> Vec<String> {
    let rows = plan.content.0.rows(MATTERS);
    let items = rows.iter().filter_map(|row| row.text("item"));
    items.map(str::to_owned).collect()
}

/// Applies the newest confirmed edition, if it does what was looked at.
pub async fn apply(mut write: Write, association: AssociationId, seen: Seen) -> Done<Never> {
    // The plan's row is the lock: beginning and ending take it too.
    let locked = plans::lock(&mut write, association).await?;
    relapses::lock(&mut write, &[association.0]).await?;
    let carried_out = locked.filter(|plan| plan.state.is_carried_out());
    let plan = carried_out.ok_or(Stuck::Missing(NAME))?;
    let (scheme, today) = (write.scheme()?, write.today());
    let applied = revisions::applied(&mut write, association).await?;
    let on = (association, applied.as_slice());
    let proposed = proposed(&mut write, &scheme, on, today).await?;
    let proposed = proposed.ok_or(Stuck::Missing(NAME))?;
    let (kind, id) = ("plan", plan.id);
    write.list(&seen, &proposed.seen(), Subject { kind, id })?;
    let brief = registry::brief(&mut write, association).await?;
    let unit = (association, brief.ok_or(Stopped::Hidden)?.department);
    change(&mut write, unit, &proposed).await?;
    count(&mut write, unit).await?;
    registering::follow_all(&mut write, association, Act::RevisionApply).await?;
    let number = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let revision = &proposed.revision;
    let applied = Applied {
        edition: proposed.survey.edition,
        applied_on: today,
        added: number(revision.added.len() + revision.revived.len()),
        lapsed: number(revision.lapsed.len()),
        kept: number(revision.kept.len()),
    };
    if !revisions::note(&mut write, association, proposed.survey.id, &applied).await? {
        return Err(Stuck::Missing(NAME).into());
    }
    let sentence = format!(
        "按摸底调查第{}版调整清单：增加{}项，不再适用{}项，已办结保留{}项",
        applied.edition, applied.added, applied.lapsed, applied.kept
    );
    let record = Record::new(Act::RevisionApply, "plan", proposed.plan, sentence);
    let told = write.tell(record.in_file_of(association));
    write.finish(told).await
}

/// Adds, lapses and revives; a line in the history of each item.
async fn change(
    write: &mut Write,
    unit: (AssociationId, DepartmentId),
    proposed: &Proposed,
) -> Result<(), sqlx::Error> {
    let (revision, edition) = (&proposed.revision, proposed.survey.edition);
    let made = store::make(write, unit, &proposed.items).await?;
    let new: Vec<i64> = made.iter().map(|(id, _)| *id).collect();
    store::mark_later(write, &new).await?;
    let revived: Vec<i64> = revision.revived.iter().map(|item| item.id).collect();
    store::revive(write, &revived).await?;
    extensions::move_deadlines(write, &proposed.revived).await?;
    let reason = revision::lapse_reason(edition);
    let lapsed: Vec<(i64, String)> = revision
        .lapsed
        .iter()
        .map(|item| (item.id, reason.clone()))
        .collect();
    ending::lapse_in(write, Act::RevisionApply, unit.0, &lapsed).await?;
    let record = |id: i64, what: &str, title: &str| {
        let sentence = format!("按摸底调查第{edition}版{what}：{title}");
        Record::new(Act::RevisionApply, Item::KIND, id, sentence).in_file_of(unit.0)
    };
    for (id, measure) in &made {
        write.tell(record(*id, "增加事项", measure));
    }
    for item in &revision.revived {
        let record = record(item.id, "恢复办理", &item.title());
        write.tell(record.changed("state", item.state.key(), Item::FIRST.key()));
    }
    Ok(())
}
