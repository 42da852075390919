//! Entering, correcting, closing and withdrawing a finding, within the act of
//! `crossings::finding`, which lets its item follow.

use crate::access::case::Step;
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::web::answer::money;

use super::rules::{Entry, Finding, Mended, Refusal};
use super::store;

/// A finding of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The finding.
    pub finding: i64,
}

async fn take(write: &mut Write, at: At, seen: &Seen, act: Act) -> Done<Refusal, Step<Finding>> {
    let found = store::lock(write, at.association, at.finding).await?;
    Ok(write.step(found, seen, act).await?)
}

/// Enters a finding: its number and its record.
pub async fn enter_in(
    write: &mut Write,
    association: AssociationId,
    entry: &Entry,
) -> Done<Refusal, (i64, Record)> {
    entry.check(write.today())?;
    let id = store::add(write, association, entry).await?;
    let due = entry.due_on;
    let sentence = format!("登记审计问题（{due}前整改）：{}", entry.summary);
    let record = Record::new(Act::FindingEnter, Finding::KIND, id, sentence);
    Ok((id, record.in_file_of(association)))
}

/// Corrects it, for a reason; the values before stay in the history.
pub async fn correct_in(
    write: &mut Write,
    at: At,
    seen: &Seen,
    entry: &Entry,
    reason: &str,
) -> Done<Refusal, (Step<Finding>, Say)> {
    let step = take(write, at, seen, Act::FindingCorrect).await?;
    entry.check(write.today())?;
    store::save(write, at.finding, entry).await?;
    let before = &step.case.entry;
    let amount = |entry: &Entry| {
        let amount = entry.amount_cents.map(money::show);
        amount.map(|amount| format!("{amount}万元"))
    };
    let say = Say::new("更正审计问题")
        .because(reason)
        .changed("finding_summary", &*before.summary, &*entry.summary)
        .changed("finding_kind", before.kind.label(), entry.kind.label())
        .changed("finding_level", before.level.label(), entry.level.label())
        .changed("finding_assets", &*before.assets, &*entry.assets)
        .changed("amount", amount(before), amount(entry))
        .changed(
            "found_on",
            before.found_on.to_string(),
            entry.found_on.to_string(),
        )
        .changed(
            "due_on",
            before.due_on.to_string(),
            entry.due_on.to_string(),
        );
    Ok((step, say))
}

/// Closes it.
pub async fn close_in(
    write: &mut Write,
    at: At,
    seen: &Seen,
    mended: &Mended,
) -> Done<Refusal, (Step<Finding>, Say)> {
    let step = take(write, at, seen, Act::FindingClose).await?;
    step.case.may_close(mended.on, write.today())?;
    store::note_mended(write, at.finding, mended).await?;
    let (day, number) = (mended.on, &mended.document);
    let summary = &step.case.entry.summary;
    let say = Say::new(format!(
        "审计问题于{day}整改完成，销号（{number}）：{summary}"
    ));
    Ok((step, say))
}

/// Withdraws it.
pub async fn withdraw_in(
    write: &mut Write,
    at: At,
    seen: &Seen,
    reason: &str,
) -> Done<Refusal, (Step<Finding>, Say)> {
    let step = take(write, at, seen, Act::FindingWithdraw).await?;
    let say = Say::new(format!("撤销审计问题：{}", step.case.entry.summary));
    Ok((step, say.because(reason)))
}
