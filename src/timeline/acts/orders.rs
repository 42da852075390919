//! 督办单 from draft to end.

use chrono::{Datelike as _, NaiveDate};

use crate::access::{Act, Scope, Who};
use crate::audit::Record;
use crate::database::numbers::{self, Series};
use crate::database::{Database, Write, WriteError};
use crate::plan::reply;
use crate::scheme::Scheme;
use crate::timeline::rules::orders::State;
use crate::timeline::rules::reminders::{Matter, escalates};
use crate::timeline::store::Situation;
use crate::timeline::store::orders::{self as store, Draft, Order};
use crate::timeline::store::reminders::lock_sending;

use super::reminders::written;

/// Why it was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such 督办单.
    Missing,
    /// Nothing is more than seven days late in spite of a reminder and not yet in one.
    Nothing,
    /// It is not in a state for this.
    State(State),
    /// Somebody changed it meanwhile.
    Stale,
    /// It has been signed for before.
    Acknowledged,
}

impl Refusal {
    /// In words.
    #[must_use]
    pub fn explain(self) -> String {
        match self {
            Self::Missing => "没有这份督办单。".to_owned(),
            Self::Nothing => {
                "没有可以督办的事项：逾期超过7天、已经催办且未列入督办单的，才能拟制。".to_owned()
            }
            Self::State(state) => format!("督办单现为“{}”，不能办理此步。", state.label()),
            Self::Stale => "督办单刚被他人办理，请刷新页面核对。".to_owned(),
            Self::Acknowledged => "本单位已经签收过这份督办单。".to_owned(),
        }
    }
}

/// What calls for a 督办单 to a department and stands in none yet.
#[must_use]
pub fn grave<'a>(
    now: &'a Situation,
    scheme: &Scheme,
    under_way: &std::collections::BTreeSet<(i64, String)>,
) -> Vec<&'a Matter> {
    let judge = now.judge(scheme);
    now.matters
        .iter()
        .filter(|matter| {
            let times = judge.past(matter).map_or(0, |past| past.times);
            escalates(matter.late(now.today), times)
                && !under_way.contains(&(matter.holder, matter.key.clone()))
        })
        .collect()
}

/// Drafts one for a department with all that calls for it; its key.
pub async fn draft(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (department, demand, due): (i64, &str, NaiveDate),
) -> Result<Result<i64, Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    lock_sending(&mut write).await?;
    let at = (Scope::of(&who.actor), who.today());
    let now = Situation::read(&mut write, scheme, at).await?;
    let under_way = store::under_way(&mut write).await?;
    let judge = now.judge(scheme);
    let matters: Vec<_> = grave(&now, scheme, &under_way)
        .into_iter()
        .filter(|matter| matter.holder == department)
        .map(|matter| written(&judge, matter))
        .collect();
    if matters.is_empty() {
        return Ok(Err(Refusal::Nothing));
    }
    let new = Draft {
        department,
        demand,
        due,
        by: (who.actor.account, &who.actor.name),
        on: who.today(),
    };
    let id = store::add(&mut write, &new, &matters).await?;
    let (name, _) = now.office(department);
    let sentence = format!("拟制督办单：{name}，{}项", matters.len());
    let record = Record::new(Act::OrderDraft, "supervision_order", id, sentence);
    write.record(record.with_opinion(demand)).await?;
    Ok(Ok(id))
}

/// Signs one: its number is taken inside the transaction.
pub async fn sign(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: (i64, i32),
) -> Result<Result<String, Refusal>, WriteError> {
    let mut opened = match open(database, who, seen, Act::OrderSign).await? {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let campaign = opened.write.campaign();
    let year = who.today().year();
    let connection = opened.write.connection();
    let serial = numbers::take(connection, campaign, Series::Supervision, year).await?;
    let order = &mut opened.order;
    let prefix = format!("{}督", scheme.campaign.reply_prefix);
    let number = reply::number(&prefix, year, serial);
    order.year = Some(year);
    order.serial = Some(serial);
    order.number = Some(number.clone());
    order.signed_on = Some(who.today());
    order.signer = Some(who.actor.name.clone());
    let sentence = format!("签发督办单{number}：{}", order.name);
    let done = close(opened, (Act::OrderSign, sentence, "")).await?;
    Ok(done.map(|()| number))
}

/// Gives a draft up.
pub async fn discard(
    database: &Database,
    who: &Who,
    seen: (i64, i32),
) -> Result<Result<(), Refusal>, WriteError> {
    let mut opened = match open(database, who, seen, Act::OrderDiscard).await? {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let order = &mut opened.order;
    order.closed_on = Some(who.today());
    order.closer = Some(who.actor.name.clone());
    let sentence = format!("撤销督办单拟稿：{}", order.name);
    close(opened, (Act::OrderDiscard, sentence, "")).await
}

/// 签收: not a step, since it may be answered without.
pub async fn acknowledge(
    database: &Database,
    who: &Who,
    id: i64,
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let Some(mut order) = store::lock(&mut write, id).await? else {
        return Ok(Err(Refusal::Missing));
    };
    if order.state.is_internal() {
        return Ok(Err(Refusal::Missing));
    }
    if order.acknowledged_on.is_some() {
        return Ok(Err(Refusal::Acknowledged));
    }
    order.acknowledged_on = Some(who.today());
    order.acknowledged_by = Some(who.actor.name.clone());
    store::change(&mut write, order.state, &order).await?;
    let sentence = format!("签收督办单{}", order.number.unwrap_or_default());
    let record = Record::new(
        Act::OrderAcknowledge,
        "department",
        order.department,
        sentence,
    );
    write.record(record).await?;
    Ok(Ok(()))
}

/// Answers one in the department's name; that signs for it too.
pub async fn answer(
    database: &Database,
    who: &Who,
    seen: (i64, i32),
    text: &str,
) -> Result<Result<(), Refusal>, WriteError> {
    let mut opened = match open(database, who, seen, Act::OrderAnswer).await? {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let order = &mut opened.order;
    if order.acknowledged_on.is_none() {
        order.acknowledged_on = Some(who.today());
        order.acknowledged_by = Some(who.actor.name.clone());
    }
    order.answer = Some(text.to_owned());
    order.answered_on = Some(who.today());
    order.answerer = Some(who.actor.name.clone());
    let number = order.number.clone().unwrap_or_default();
    let sentence = format!("报告督办单{number}的办理情况");
    close(opened, (Act::OrderAnswer, sentence, text)).await
}

/// The office takes an answer as the end of it, or sends it back with its reason.
pub async fn judge(
    database: &Database,
    who: &Who,
    seen: (i64, i32),
    (act, opinion): (Act, &str),
) -> Result<Result<(), Refusal>, WriteError> {
    let mut opened = match open(database, who, seen, act).await? {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let order = &mut opened.order;
    order.opinion = Some(opinion.to_owned());
    if order.state == State::Closed {
        order.closed_on = Some(who.today());
        order.closer = Some(who.actor.name.clone());
    }
    let number = order.number.clone().unwrap_or_default();
    let sentence = format!("{}：{number}", act.label());
    close(opened, (act, sentence, opinion)).await
}

/// A 督办单 that is locked and moved to where the act leads.
struct Opened {
    write: Write,
    from: State,
    order: Order,
}

/// Locks one, and moves it where the act leads.
async fn open(
    database: &Database,
    who: &Who,
    (id, seen): (i64, i32),
    act: Act,
) -> Result<Result<Opened, Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let Some(mut order) = store::lock(&mut write, id).await? else {
        return Ok(Err(Refusal::Missing));
    };
    let from = order.state;
    let Some(next) = from.next(act) else {
        return Ok(Err(Refusal::State(from)));
    };
    if order.version != seen {
        return Ok(Err(Refusal::Stale));
    }
    order.state = next;
    Ok(Ok(Opened { write, from, order }))
}

/// Keeps it and records the act: in the department's file once it knows of it.
async fn close(
    opened: Opened,
    (act, sentence, opinion): (Act, String, &str),
) -> Result<Result<(), Refusal>, WriteError> {
    let Opened {
        mut write,
        from,
        order,
    } = opened;
    if !store::change(&mut write, from, &order).await? {
        return Ok(Err(Refusal::Stale));
    }
    let record = if order.state.is_internal() {
        Record::new(act, "supervision_order", order.id, sentence)
    } else {
        Record::new(act, "department", order.department, sentence)
    };
    write.record(record.with_opinion(opinion)).await?;
    Ok(Ok(()))
}
