//! Telling linked departments, their signature and answer (五(二), TC-50).

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::rules::Refusal;
use crate::plan::store;
use crate::plan::store::notices::NoticeAnswer;

use super::Outcome;

/// Sends a notice to a department with a tie.
pub async fn send_notice(
    database: &Database,
    who: &Who,
    (association, department): (AssociationId, (DepartmentId, &str)),
    (number, text): (&str, &str),
) -> Outcome<i64> {
    let mut write = Write::begin(database, who).await?;
    let hand = (who.actor.account, who.today());
    let id = store::notices::add(
        &mut write,
        (association, department.0),
        (number, text),
        hand,
    )
    .await?;
    let sentence = format!("向{}发送通报（{number}）", department.1);
    let record = Record::new(Act::NoticeSend, "notice", id, sentence)
        .in_file_of(association)
        .with_opinion(text);
    write.record(record).await?;
    Ok(Ok(id))
}

/// Signs for a notice (签收).
pub async fn sign_notice(
    database: &Database,
    who: &Who,
    (association, id): (AssociationId, i64),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let found = store::notices::lock(&mut write, (association, id)).await?;
    let Some(notice) = found.filter(|notice| notice.department == who.actor.department()) else {
        return Ok(Err(Refusal::NotAsked));
    };
    if notice.read_on.is_some() {
        return Ok(Err(Refusal::NotAsked));
    }
    let hand = (who.actor.account, who.today());
    store::notices::sign(&mut write, id, hand).await?;
    let sentence = format!("{}签收通报（{}）", notice.department_name, notice.number);
    let record = Record::new(Act::NoticeSign, "notice", id, sentence).in_file_of(association);
    write.record(record).await?;
    Ok(Ok(()))
}

/// Answers a notice: agrees to ending the tie, or objects.
pub async fn answer_notice(
    database: &Database,
    who: &Who,
    (association, id): (AssociationId, i64),
    answer: &NoticeAnswer,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let found = store::notices::lock(&mut write, (association, id)).await?;
    let Some(notice) = found.filter(|notice| notice.department == who.actor.department()) else {
        return Ok(Err(Refusal::NotAsked));
    };
    if notice.answered_on.is_some() || notice.closed_on.is_some() {
        return Ok(Err(Refusal::NotAsked));
    }
    if !answer.agrees && answer.answer.is_none() {
        return Ok(Err(Refusal::NoWords));
    }
    let hand = (who.actor.account, who.today());
    store::notices::answer(&mut write, id, answer, hand).await?;
    let words = if answer.agrees {
        "同意终止关系"
    } else {
        "有异议"
    };
    let sentence = format!(
        "{}回复通报（{}）：{words}",
        notice.department_name, notice.number
    );
    let record = Record::new(Act::NoticeAnswer, "notice", id, sentence)
        .in_file_of(association)
        .with_opinion(answer.answer.as_deref().unwrap_or_default());
    write.record(record).await?;
    Ok(Ok(()))
}
