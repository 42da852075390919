//! The audit finds something: an item T3-13 of its own, which the auditor alone closes
//! (domain 10.10, 7.4).

use crate::access::{Act, Seen};
use crate::database::{Done, Stopped, Write};
use crate::findings::acts::{At, close_in, correct_in, enter_in, withdraw_in};
use crate::findings::rules::{Entry, Finding, MENDED, Mended, Refusal, State};
use crate::findings::store;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::store as plans;
use crate::progress::acts::arising::arise_in;
use crate::progress::acts::count;
use crate::progress::acts::ending::lapse_in;
use crate::progress::acts::following::{due_in, follow_in};
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::{AUDIT, Due};
use crate::progress::rules::following::Says;
use crate::progress::store::{self as items, NewItem, relapses};
use crate::registry::store as registry;

/// The auditor enters a finding; its number.
pub async fn enter(
    mut write: Write,
    association: AssociationId,
    entry: &Entry,
) -> Done<Refusal, i64> {
    // The plan's row is the lock: the beginning makes the checklist under it.
    let plan = plans::lock(&mut write, association).await?;
    relapses::lock(&mut write, &[association.0]).await?;
    let (id, record) = enter_in(&mut write, association, entry).await?;
    let told = write.tell(record);
    let brief = registry::brief(&mut write, association).await?;
    let unit = brief.ok_or(Stopped::Hidden)?.department;
    if plan.is_some_and(|plan| plan.state.is_carried_out()) {
        arise(&mut write, (association, unit)).await?;
    }
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// Makes the items of the findings that are open and have none, and counts them.
pub async fn arise(write: &mut Write, unit: (AssociationId, DepartmentId)) -> Result<(), Stopped> {
    let findings = store::findings(write, unit.0).await?;
    let open: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.state == State::Open)
        .collect();
    let scheme = write.scheme()?;
    let Some(measure) = scheme.measure(MENDED).filter(|_| !open.is_empty()) else {
        return Ok(());
    };
    let new = open.iter().map(|finding| {
        let of = (finding.object(), finding.entry.summary.clone());
        NewItem::new(measure, of, Due::new(finding.entry.due_on, AUDIT))
    });
    let new: Vec<NewItem> = new.collect();
    let told = (Act::FindingEnter, "审计发现问题，增加事项");
    for record in arise_in(write, &scheme, unit, &new, told).await? {
        write.tell(record);
    }
    Ok(())
}

/// Corrects a finding, and with it what its item is about and when it is due.
pub async fn correct(
    mut write: Write,
    at: At,
    seen: Seen,
    entry: &Entry,
    reason: &str,
) -> Done<Refusal> {
    let (step, say) = correct_in(&mut write, at, &seen, entry, reason).await?;
    let item = item_of(&mut write, &step.case).await?;
    if let Some(item) = item {
        items::relabel(&mut write, item.id, &entry.summary).await?;
        let due = Due::new(entry.due_on, AUDIT);
        let why = (Act::FindingCorrect, "审计局更正整改期限");
        due_in(&mut write, &item, due, why).await?;
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// It is mended: the auditor closes it, and its item is verified with it.
pub async fn close(mut write: Write, at: At, seen: Seen, mended: &Mended) -> Done<Refusal> {
    let (step, say) = close_in(&mut write, at, &seen, mended).await?;
    let item = item_of(&mut write, &step.case).await?;
    let told = write.apply(step, say).await?;
    if let Some(item) = item {
        // R is the unit's own report, where it made one; else the day on which it was mended.
        let says = Says::Done {
            reported: item.reported_on.unwrap_or(mended.on),
            on: mended.on,
        };
        let sentence = format!("审计局销号（{}）", mended.document);
        follow_in(&mut write, item, (&says, None), &sentence).await?;
    }
    write.finish(told).await
}

/// It was none: its item is called for no more.
pub async fn withdraw(mut write: Write, at: At, seen: Seen, reason: &str) -> Done<Refusal> {
    let (step, say) = withdraw_in(&mut write, at, &seen, reason).await?;
    let item = item_of(&mut write, &step.case).await?;
    let told = write.apply(step, say).await?;
    if let Some(item) = item {
        let why = (item.id, format!("审计局撤销审计问题：{reason}"));
        lapse_in(&mut write, Act::FindingWithdraw, at.association, &[why]).await?;
        count(&mut write, (item.association, item.department)).await?;
    }
    write.finish(told).await
}

/// The item of a finding under lock.
async fn item_of(write: &mut Write, finding: &Finding) -> Result<Option<Item>, sqlx::Error> {
    let (association, object) = (finding.association, finding.object());
    relapses::lock(write, &[association.0]).await?;
    items::lock_object(write, association, (MENDED, &object)).await
}
