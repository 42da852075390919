//! 督办单 from signature to end; what one is drafted of lies on desks, which stand after this
//! room (`crossings::reminding`).

use chrono::Datelike as _;

use crate::access::case::Step;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::numbers::{self, Series};
use crate::database::{Done, Write};
use crate::plan::review::rules as reply;
use crate::timeline::rules::orders::Refusal;
use crate::timeline::store::orders::{self as store, Order};
use crate::timeline::store::signer;

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

/// The office sends an answer back with its reason.
pub async fn send_back(mut write: Write, id: i64, seen: Seen, reason: &str) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let step = write.step(found, &seen, Act::OrderReturn).await?;
    judged(write, step, Act::OrderReturn, reason).await
}

/// The office takes an answer as the end of it (`crossings::reminding::close`).
pub async fn close(write: Write, mut step: Step<Order>, opinion: &str) -> Done<Refusal> {
    let order = &mut step.case;
    order.closed_on = Some(write.today());
    order.closer = Some(signer(&write));
    judged(write, step, Act::OrderClose, opinion).await
}

async fn judged(write: Write, mut step: Step<Order>, act: Act, opinion: &str) -> Done<Refusal> {
    step.case.opinion = Some(opinion.to_owned());
    let sentence = format!("{}：{}", act.label(), step.case.number());
    go(write, step, Say::new(sentence).because(opinion)).await
}
