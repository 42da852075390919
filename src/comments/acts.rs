//! Writing a comment, withdrawing it, marking it read.

use crate::access::case::Stuck;
use crate::access::{Act, Role};
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};
use crate::ids::{AssociationId, DepartmentId};

use super::rules::{self, Comment, Refusal};
use super::store::{self, New};

/// A comment on an association.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The comment.
    pub comment: i64,
}

fn record(act: Act, at: At, sentence: impl Into<String>) -> Record {
    Record::new(act, "comment", at.comment, sentence).in_file_of(at.association)
}

/// Writes a comment and asks departments to read it; its number. The record does not
/// repeat its words: they may name people.
pub async fn write(
    mut write: Write,
    association: AssociationId,
    body: &str,
    asked: &[DepartmentId],
) -> Done<Refusal, i64> {
    let readers = store::readers(&mut write, association).await?;
    let offered: Vec<DepartmentId> = readers.iter().map(|(id, _)| *id).collect();
    rules::may_mention(asked, &offered)?;
    let actor = write.actor().cloned().ok_or(Stopped::Hidden)?;
    let department = if actor.role() == Role::Association {
        Role::Association.label()
    } else {
        actor.capacity.department_name.as_str()
    };
    let new = New {
        association,
        in_name_of: actor.department(),
        author: &actor.name,
        department,
        body,
    };
    let comment = store::add(&mut write, &new, asked).await?;
    let names: Vec<&str> = readers
        .iter()
        .filter(|(id, _)| asked.contains(id))
        .map(|(_, name)| name.as_str())
        .collect();
    let sentence = if names.is_empty() {
        "发表留言".to_owned()
    } else {
        format!("发表留言，请{}阅", names.join("、"))
    };
    let at = At {
        association,
        comment,
    };
    let told = write.tell(record(Act::CommentWrite, at, sentence));
    write.finish::<Refusal>(told).await?;
    Ok(comment)
}

async fn lock(write: &mut Write, at: At) -> Done<Refusal, Comment> {
    let found = store::lock(write, at.association, at.comment).await?;
    Ok(found.ok_or(Stuck::Missing("留言"))?)
}

/// Withdraws the own comment of today.
pub async fn withdraw(mut write: Write, at: At) -> Done<Refusal> {
    let comment = lock(&mut write, at).await?;
    rules::may_withdraw(comment, write.by(), write.today())?;
    store::withdraw(&mut write, at.comment).await?;
    let told = write.tell(record(Act::CommentWithdraw, at, "撤回留言"));
    write.finish(told).await
}

/// 签收 in the name of the department that was asked; an association's account
/// does not sign for its unit.
pub async fn acknowledge(mut write: Write, at: At) -> Done<Refusal> {
    if lock(&mut write, at).await?.withdrawn {
        return Err(Refusal::Withdrawn.into());
    }
    let actor = write.actor().cloned().ok_or(Stopped::Hidden)?;
    let asked = actor.role() != Role::Association
        && store::acknowledge(&mut write, at.comment, &actor).await?;
    if !asked {
        return Err(Refusal::NotAsked.into());
    }
    let told = write.tell(record(Act::CommentAcknowledge, at, "签收留言"));
    write.finish(told).await
}
