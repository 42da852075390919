//! Sending notices, and signing for one.

use crate::access::case::Subject;
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};
use crate::timeline::rules::reminders::{Matter, Refusal};
use crate::timeline::store::{self, lock_campaign};

use super::situation;

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
        store::reminders::add(&mut write, *department, body, &matters).await?;
        let (name, _) = now.office(*department);
        let sentence = format!("向{name}发送催办通知，{}项", matters.len());
        let record = Record::new(Act::ReminderSend, "department", *department, sentence);
        told = Some(write.tell(record.with_opinion(body)));
    }
    let why = sorted.left.last().map(|(_, left)| Refusal::Left(*left));
    let told = told.ok_or(why.unwrap_or(Refusal::Settled))?;
    write.finish(told).await
}

/// 签收 in the department's name.
pub async fn acknowledge(mut write: Write, id: i64) -> Done<Refusal> {
    let actor = write.actor().ok_or(Stopped::Hidden)?;
    let (department, name) = (actor.department(), &actor.capacity.department_name);
    let sentence = format!("{name}签收催办通知");
    if !store::reminders::acknowledge(&mut write, id, department).await? {
        return Err(Refusal::Acknowledged.into());
    }
    let act = Act::ReminderAcknowledge;
    let told = write.tell(Record::new(act, "department", department.0, sentence));
    write.finish(told).await
}
