//! Sending notices, and signing for one.

use crate::access::{Act, Scope, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::scheme::Scheme;
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::{Judge, Left, Matter};
use crate::timeline::store::Situation;
use crate::timeline::store::reminders::{self as store, New};

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

/// Why nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing of it may be reminded of now.
    Left(Left),
    /// Nothing of it is late or nearly so any more.
    Settled,
    /// Somebody has signed for it before.
    Acknowledged,
}

impl Refusal {
    /// In words.
    #[must_use]
    pub fn explain(self) -> String {
        match self {
            Self::Left(left) => format!("没有发送：{}。", left.explain()),
            Self::Settled => "没有发送：所选事项已经办结或不再需要催办。".to_owned(),
            Self::Acknowledged => "本单位已经签收过这份催办通知。".to_owned(),
        }
    }
}

/// A matter as it is written into a notice.
#[must_use]
pub fn written(judge: &Judge<'_>, matter: &Matter) -> Written {
    Written {
        matter: matter.key.clone(),
        title: matter.title.clone(),
        subject: matter.subject.clone(),
        href: matter.href.clone(),
        deadline: matter.deadline,
        late: matter.late(judge.today),
        times: judge.past(matter).map_or(0, |past| past.times),
    }
}

/// Sends one notice to each department, with what may be reminded of today; how
/// many went out. Whoever sends second is judged on what the first one sent.
pub async fn send(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    wanted: &[Wanted],
) -> Result<Result<usize, Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    store::lock_sending(&mut write).await?;
    let at = (Scope::of(&who.actor), who.today());
    let now = Situation::read(&mut write, scheme, at).await?;
    let judge = now.judge(scheme);
    let mut left = None;
    let mut records = Vec::new();
    for notice in wanted {
        let mut matters = Vec::new();
        for matter in &now.matters {
            if matter.holder != notice.department || !notice.matters.contains(&matter.key) {
                continue;
            }
            match judge.may_remind(matter) {
                Ok(()) => matters.push(written(&judge, matter)),
                Err(why) => left = Some(why),
            }
        }
        if matters.is_empty() {
            continue;
        }
        let new = New {
            department: notice.department,
            body: &notice.body,
            by: (who.actor.account, &who.actor.name),
            on: who.today(),
        };
        store::add(&mut write, &new, &matters).await?;
        let (name, _) = now.office(notice.department);
        let sentence = format!("向{name}发送催办通知，{}项", matters.len());
        records.push(
            Record::new(Act::ReminderSend, "department", notice.department, sentence)
                .with_opinion(&notice.body),
        );
    }
    let sent = records.len();
    if sent == 0 {
        return Ok(Err(left.map_or(Refusal::Settled, Refusal::Left)));
    }
    write.record_all(records).await?;
    Ok(Ok(sent))
}

/// 签收 in the department's name.
pub async fn acknowledge(
    database: &Database,
    who: &Who,
    id: i64,
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let department = who.actor.department().0;
    let at = (id, department);
    let by = (who.today(), who.actor.name.as_str());
    if !store::acknowledge(&mut write, at, by).await? {
        return Ok(Err(Refusal::Acknowledged));
    }
    let sentence = format!("{}签收催办通知", who.actor.capacity.department_name);
    let record = Record::new(Act::ReminderAcknowledge, "department", department, sentence);
    write.record(record).await?;
    Ok(Ok(()))
}
