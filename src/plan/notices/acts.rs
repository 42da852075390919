//! Telling linked departments, their signature and answer (五(二), TC-50).

use crate::access::case::Step;
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Never, Write};
use crate::ids::AssociationId;
use crate::plan::acts::At;
use crate::plan::rules::Refusal;
use crate::registry::store as registry;

use super::rules::{Cover, NoticeState, Told};
use super::store::{self, NewNotice, Notice, NoticeAnswer};

/// Sends a notice to a department with a tie; its number.
pub async fn send_notice(
    mut write: Write,
    association: AssociationId,
    new: &NewNotice,
) -> Done<Never, i64> {
    let cover = cover(&mut write, association, new).await?;
    let id = store::add(&mut write, association, (new, &cover)).await?;
    let sentence = format!("向{}发送通报（{}）", new.name, new.number);
    let record = Record::new(Act::NoticeSend, Notice::KIND, id, sentence).with_opinion(&new.text);
    let told = write.tell(record.in_file_of(association));
    write.finish::<Never>(told).await?;
    Ok(id)
}

/// The letter as it goes out: whose, to whom, of which ties.
async fn cover(
    db: &mut Db,
    association: AssociationId,
    new: &NewNotice,
) -> Result<Cover, sqlx::Error> {
    let of = registry::brief(db, association).await?;
    let ties = registry::ties(db, association).await?.into_iter();
    let ties = ties.filter(|tie| tie.department == new.department);
    let ties = ties.filter(|tie| !tie.is_primary && tie.ended_on.is_none());
    Ok(Cover {
        association: of.as_ref().map_or_else(String::new, |of| of.name.clone()),
        unit: of.map_or_else(String::new, |of| of.department_name),
        department: new.name.clone(),
        ties: ties
            .map(|tie| Told {
                id: tie.id,
                kind: tie.kind.key().to_owned(),
                via: tie.via_subordinate,
                basis: tie.basis,
                started_on: tie.started_on,
            })
            .collect(),
    })
}

/// The notice to the person's own department under lock, as seen.
async fn take(write: &mut Write, at: At, seen: &Seen, act: Act) -> Done<Refusal, Step<Notice>> {
    let found = store::lock(write, (at.association, at.id)).await?;
    let own = write.actor().map(crate::access::Actor::department);
    let found = found.filter(|notice| Some(notice.department) == own);
    Ok(write.step(found, seen, act).await?)
}

/// Signs for a notice (签收).
pub async fn sign_notice(mut write: Write, at: At, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::NoticeSign).await?;
    store::sign(&mut write, at.id).await?;
    let Notice {
        department_name,
        number,
        ..
    } = &step.case;
    let say = Say::new(format!("{department_name}签收通报（{number}）"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Answers a notice: agrees to ending the tie, or objects.
pub async fn answer_notice(
    mut write: Write,
    at: At,
    seen: Seen,
    answer: &NoticeAnswer,
) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::NoticeAnswer).await?;
    if !answer.agrees && answer.answer.is_none() {
        return Err(Refusal::NoWords.into());
    }
    store::answer(&mut write, at.id, answer).await?;
    let to = if answer.agrees {
        NoticeState::Agreed
    } else {
        NoticeState::Objected
    };
    let sentence = format!(
        "{}回复通报（{}）：{}",
        step.case.department_name,
        step.case.number,
        to.label()
    );
    let say = Say::new(sentence).because(answer.answer.as_deref().unwrap_or_default());
    let told = write.apply(step.to(to), say).await?;
    write.finish(told).await
}
