//! 催办 and 督办单: what lies late on the desks of units and departments is pressed for. What
//! is sent is the timeline's to keep; what is late is the desk's to know, which stands after it.

mod closing;
mod situation;

use std::collections::BTreeSet;

use crate::access::case::Subject;
use crate::access::{Act, Case as _, Scope, Seen};
use crate::audit::Record;
use crate::database::{Db, Done, Stopped, Write};
use crate::scheme::Scheme;
use crate::timeline::rules::orders as orders_rules;
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::{Matter, Refusal, escalates};
use crate::timeline::store::orders::{self, Draft, Order};
use crate::timeline::store::{lock_campaign, reminders};

pub use closing::{Closing, close};
pub use situation::{MOST, Situation, still_open};

/// What reminders and 督办单 are decided on, within what the person may see.
async fn situation(write: &mut Write, scheme: &Scheme) -> Result<Situation, Stopped> {
    let scope = write.actor().map(Scope::of).ok_or(Stopped::Hidden)?;
    let at = (scope, write.today());
    Ok(Situation::read(write, scheme, at).await?)
}

/// A notice that somebody wants to send.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// To which department.
    pub department: i64,
    /// What it says.
    pub body: String,
    /// Keys of its matters.
    pub matters: Vec<String>,
}

impl Wanted {
    /// Whether a matter stands in it.
    #[must_use]
    pub fn has(&self, matter: &Matter) -> bool {
        self.department == matter.holder && self.matters.contains(&matter.key)
    }
}

/// Several notices, as they were looked at before sending.
const PREVIEWED: Subject = Subject {
    kind: "reminders",
    id: 0,
};

/// Sends one notice to each department, with what may be reminded of today, as it was
/// seen. Whoever sends second is judged on what the first one sent.
pub async fn send(mut write: Write, seen: Seen, wanted: &[Wanted]) -> Done<Refusal> {
    lock_campaign(&mut write).await?;
    let scheme = write.scheme()?;
    let now = situation(&mut write, &scheme).await?;
    let judge = now.judge(&scheme);
    let chosen = |matter: &&Matter| wanted.iter().any(|notice| notice.has(matter));
    let sorted = judge.sort(now.matters.iter().filter(chosen));
    write.list(&seen, &judge.seen(sorted.sent()), PREVIEWED)?;
    let mut told = None;
    for (department, matters) in &sorted.notices {
        let notice = wanted
            .iter()
            .find(|notice| notice.department == *department);
        let body = notice.map_or("", |notice| notice.body.as_str());
        let matters: Vec<_> = matters.iter().map(|each| judge.written(each)).collect();
        reminders::add(&mut write, *department, body, &matters).await?;
        let (name, _) = now.office(*department);
        let sentence = format!("向{name}发送催办通知，{}项", matters.len());
        let record = Record::new(Act::ReminderSend, "department", *department, sentence);
        told = Some(write.tell(record.with_opinion(body)));
    }
    let why = sorted.left.last().map(|(_, left)| Refusal::Left(*left));
    let told = told.ok_or(why.unwrap_or(Refusal::Settled))?;
    write.finish(told).await
}

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
    let under_way = orders::under_way(db).await?;
    let judge = now.judge(scheme);
    let mut own = grave(now, scheme, &under_way);
    own.retain(|matter| matter.holder == department);
    Ok(Preview {
        seen: judge.seen(own.iter().copied()),
        matters: own.iter().map(|matter| judge.written(matter)).collect(),
    })
}

/// Drafts one for a department with all that calls for it, as it was seen; its key.
pub async fn draft(
    mut write: Write,
    seen: Seen,
    draft: &Draft,
) -> Done<orders_rules::Refusal, i64> {
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
        return Err(orders_rules::Refusal::Nothing.into());
    }
    let id = orders::add(&mut write, draft, &matters).await?;
    let (name, _) = now.office(draft.department);
    let sentence = format!("拟制督办单：{name}，{}项", matters.len());
    let record = Record::new(Act::OrderDraft, Order::KIND, id, sentence);
    let told = write.tell(record.with_opinion(&draft.demand));
    write.finish::<orders_rules::Refusal>(told).await?;
    Ok(id)
}
