//! Writing a comment, withdrawing it, marking it read.

use crate::access::{Act, Role, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AssociationId, DepartmentId};

use super::rules::{self, Refusal};
use super::store::{self, New};

/// Done, or why not.
type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// What a person says, and who is asked to read it.
pub struct Wanted<'a> {
    /// What it says.
    pub body: &'a str,
    /// The departments asked.
    pub asked: &'a [DepartmentId],
}

/// Writes a comment. The record does not repeat its words: they may name people.
pub async fn write(
    database: &Database,
    who: &Who,
    association: AssociationId,
    wanted: &Wanted<'_>,
) -> Outcome<i64> {
    let actor = &who.actor;
    let mut write = Write::begin(database, who).await?;
    let readers = store::readers(&mut write, association).await?;
    let offered: Vec<DepartmentId> = readers.iter().map(|(id, _)| *id).collect();
    if let Err(refusal) = rules::may_mention(wanted.asked, &offered) {
        return Ok(Err(refusal));
    }
    let department = if actor.role() == Role::Association {
        Role::Association.label()
    } else {
        actor.capacity.department_name.as_str()
    };
    let new = New {
        association,
        by: (actor.account, actor.department()),
        signature: (&actor.name, department),
        body: wanted.body,
        at: (who.request.now.to_utc(), who.today()),
    };
    let id = store::add(&mut write, &new, wanted.asked).await?;
    let names: Vec<&str> = readers
        .iter()
        .filter(|(id, _)| wanted.asked.contains(id))
        .map(|(_, name)| name.as_str())
        .collect();
    let sentence = if names.is_empty() {
        "发表留言".to_owned()
    } else {
        format!("发表留言，请{}阅", names.join("、"))
    };
    let record = Record::new(Act::CommentWrite, "comment", id, sentence);
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(id))
}

/// Withdraws the own comment of today.
pub async fn withdraw(database: &Database, who: &Who, at: (AssociationId, i64)) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(comment) = store::lock(&mut write, at).await? else {
        return Ok(Err(Refusal::Missing));
    };
    if let Err(refusal) = rules::may_withdraw(comment, who.actor.account, who.today()) {
        return Ok(Err(refusal));
    }
    store::withdraw(&mut write, at.1, who.request.now.to_utc()).await?;
    let record = Record::new(Act::CommentWithdraw, "comment", at.1, "撤回留言");
    write.record(record.in_file_of(at.0)).await?;
    Ok(Ok(()))
}

/// 签收 in the name of the department that was asked; an association's account
/// does not sign for its unit.
pub async fn acknowledge(database: &Database, who: &Who, at: (AssociationId, i64)) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(comment) = store::lock(&mut write, at).await? else {
        return Ok(Err(Refusal::Missing));
    };
    if comment.withdrawn {
        return Ok(Err(Refusal::Withdrawn));
    }
    let read = (who.request.now.to_utc(), who.actor.name.as_str());
    let mark = (at.1, who.actor.department());
    let asked =
        who.actor.role() != Role::Association && store::acknowledge(&mut write, mark, read).await?;
    if !asked {
        return Ok(Err(Refusal::NotAsked));
    }
    let record = Record::new(Act::CommentAcknowledge, "comment", at.1, "签收留言");
    write.record(record.in_file_of(at.0)).await?;
    Ok(Ok(()))
}
