//! 督办单 from draft to end.

use std::collections::BTreeSet;

use chrono::Datelike as _;

use crate::access::case::{Step, Subject};
use crate::access::{Act, Case, Seen};
use crate::audit::{Record, Say};
use crate::database::numbers::{self, Series};
use crate::database::{Db, Done, Write};
use crate::plan::review::rules as reply;
use crate::scheme::Scheme;
use crate::timeline::rules::orders::{Refusal, Written};
use crate::timeline::rules::reminders::{Matter, escalates};
use crate::timeline::store::orders::{self as store, Draft, Order};
use crate::timeline::store::{Situation, lock_campaign, signer};

use super::situation;

/// What calls for a 督办单 to a department and stands in none yet.
#[must_use]
pub fn grave<'a>(
    now: &'a Situation,
    scheme: &Scheme,
    under_way: &BTreeSet<(i64, String)>,
) -> Vec<&'a Matter> {
    let judge = now.judge(scheme);
    now.matters
        .iter()
        .filter(|matter| {
            escalates(matter.late(now.today), judge.times(matter))
                && !under_way.contains(&(matter.holder, matter.key.clone()))
        })
        .collect()
}

/// What a draft to a department would hold.
pub struct Preview {
    /// The matters.
    pub matters: Vec<Written>,
    /// The same, as it is seen.
    pub seen: Seen,
}

/// What a draft to a department would hold.
pub async fn preview(
    db: &mut Db,
    scheme: &Scheme,
    now: &Situation,
    department: i64,
) -> Result<Preview, sqlx::Error> {
    let under_way = store::under_way(db).await?;
    let judge = now.judge(scheme);
    let mut own = grave(now, scheme, &under_way);
    own.retain(|matter| matter.holder == department);
    Ok(Preview {
        seen: judge.seen(own.iter().copied()),
        matters: own.iter().map(|matter| judge.written(matter)).collect(),
    })
}

/// Drafts one for a department with all that calls for it, as it was seen; its key.
pub async fn draft(mut write: Write, seen: Seen, draft: &Draft) -> Done<Refusal, i64> {
    lock_campaign(&mut write).await?;
    let scheme = write.scheme()?;
    let now = situation(&mut write, &scheme).await?;
    let Preview {
        matters,
        seen: still,
    } = preview(&mut write, &scheme, &now, draft.department).await?;
    let (kind, id) = ("department", draft.department);
    write.list(&seen, &still, Subject { kind, id })?;
    if matters.is_empty() {
        return Err(Refusal::Nothing.into());
    }
    let id = store::add(&mut write, draft, &matters).await?;
    let (name, _) = now.office(draft.department);
    let sentence = format!("拟制督办单：{name}，{}项", matters.len());
    let record = Record::new(Act::OrderDraft, Order::KIND, id, sentence);
    let told = write.tell(record.with_opinion(&draft.demand));
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// Keeps what goes with the new state, and makes the step.
async fn go(mut write: Write, step: Step<Order>, say: Say) -> Done<Refusal> {
    store::note(&mut write, &step.case).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Signs one: its number is taken inside the transaction.
pub async fn sign(mut write: Write, id: i64, seen: Seen) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let mut step = write.step(found, &seen, Act::OrderSign).await?;
    let order = &mut step.case;
    // Signed anew after its content was changed it keeps its number.
    if order.number.is_none() {
        number(&mut write, order).await?;
    }
    let say = Say::new(format!("签发督办单{}：{}", order.number(), order.name));
    order.signed_on = Some(write.today());
    order.signer = Some(signer(&write));
    go(write, step, say).await
}

/// Takes the next number of the year.
async fn number(write: &mut Write, order: &mut Order) -> Result<(), sqlx::Error> {
    let (campaign, year) = (write.campaign(), write.today().year());
    let connection = write.connection();
    let serial = numbers::take(connection, campaign, Series::Supervision, year).await?;
    let prefix = format!("{}督", write.scheme()?.campaign.reply_prefix);
    order.number = Some(reply::number(&prefix, year, serial));
    (order.year, order.serial) = (Some(year), Some(serial));
    Ok(())
}

/// Gives a draft up.
pub async fn discard(mut write: Write, id: i64, seen: Seen) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let mut step = write.step(found, &seen, Act::OrderDiscard).await?;
    let order = &mut step.case;
    order.closed_on = Some(write.today());
    order.closer = Some(signer(&write));
    let say = Say::new(format!("撤销督办单拟稿：{}", order.name));
    go(write, step, say).await
}

/// The step of an act of the department; a draft does not exist for it.
async fn received(write: &mut Write, id: i64, seen: &Seen, act: Act) -> Done<Refusal, Step<Order>> {
    let found = store::lock(write, id).await?;
    let found = found.filter(|order| !order.state.is_internal());
    Ok(write.step(found, seen, act).await?)
}

fn sign_for(write: &Write, order: &mut Order) {
    order.acknowledged_on = Some(write.today());
    order.acknowledged_by = Some(signer(write));
}

/// 签收: it may be answered without.
pub async fn acknowledge(mut write: Write, id: i64, seen: Seen) -> Done<Refusal> {
    let mut step = received(&mut write, id, &seen, Act::OrderAcknowledge).await?;
    if step.case.acknowledged_on.is_some() {
        return Err(Refusal::Acknowledged.into());
    }
    sign_for(&write, &mut step.case);
    let say = Say::new(format!("签收督办单{}", step.case.number()));
    go(write, step, say).await
}

/// Answers one in the department's name; that signs for it too.
pub async fn answer(mut write: Write, id: i64, seen: Seen, text: &str) -> Done<Refusal> {
    let mut step = received(&mut write, id, &seen, Act::OrderAnswer).await?;
    let order = &mut step.case;
    if order.acknowledged_on.is_none() {
        sign_for(&write, order);
    }
    order.answer = Some(text.to_owned());
    order.answered_on = Some(write.today());
    order.answerer = Some(signer(&write));
    let sentence = format!("报告督办单{}的办理情况", order.number());
    go(write, step, Say::new(sentence).because(text)).await
}

/// The office takes an answer as the end of it, or sends it back with its reason.
pub async fn judge(
    mut write: Write,
    id: i64,
    seen: Seen,
    act: Act,
    opinion: &str,
) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let mut step = write.step(found, &seen, act).await?;
    let order = &mut step.case;
    order.opinion = Some(opinion.to_owned());
    if act == Act::OrderClose {
        order.closed_on = Some(write.today());
        order.closer = Some(signer(&write));
    }
    let sentence = format!("{}：{}", act.label(), order.number());
    go(write, step, Say::new(sentence).because(opinion)).await
}
