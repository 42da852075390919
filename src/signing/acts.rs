//! One signature on several matters: the round first, then each matter by the act of its own
//! room, in a write of its own which says of the round's line that it is signed. So a line
//! says so where, and only where, that was done.

use crate::access::Act;
use crate::audit::Record;
use crate::crossings::replying::Words;
use crate::crossings::{beginning, replying, standstill};
use crate::database::{Done, Explain, Failure, Never, Stopped, Write, WriteError};
use crate::ids::AssociationId;
use crate::progress::acts::{self as progress, At};
use crate::progress::rules::Deed;
use crate::roster::acts::requesting;
use crate::survey::acts as survey;
use crate::timeline::acts::orders;

use super::rules::{Standing, Tick};
use super::store::{self, NewLine};

/// The kind of a round in records.
const ROUND: &str = "signing_round";

/// Why a matter is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// In words.
    Why(String),
    /// The database gave it up for another: it may be tried once more.
    OnceMore,
}

const STALE: &str = "您打开页面之后，内容已被他人修改。请核对现在的内容后重新签发。";
const GONE: &str = "已不在您手里，或者已由他人办理。";
const FAILED: &str = "系统没有办成这一件，请返回待签发重新签发。";

/// Why a ticked matter is not even tried: it is not there any more, not as it was seen, or
/// not to be ticked as it stands.
#[must_use]
pub fn barred(tick: &Tick, found: Option<&super::rules::Matter>) -> Option<String> {
    let Some(matter) = found else {
        return Some(GONE.to_owned());
    };
    if matter.seen != tick.seen {
        return Some(STALE.to_owned());
    }
    match matter.standing() {
        Standing::Ready => None,
        Standing::Unread(why) => Some(format!("{why}，再勾选签发。")),
        Standing::Blocked(why) => Some(why),
    }
}

/// Begins a round; its number.
pub async fn open(mut write: Write, lines: &[NewLine]) -> Done<Never, i64> {
    let round = store::open(&mut write, lines).await?;
    let sentence = format!("一次签发{}件", lines.len());
    let told = write.tell(Record::new(Act::SigningRound, ROUND, round, sentence));
    write.finish::<Never>(told).await?;
    Ok(round)
}

/// Says which matters of a round were not signed, and why.
pub async fn close(mut write: Write, round: i64, why: &[(i32, String)]) -> Done<Never> {
    store::mark_refused(&mut write, round, why).await?;
    let sentence = format!("一次签发中有{}件没有签发", why.len());
    let told = write.tell(Record::new(Act::SigningRound, ROUND, round, sentence));
    write.finish(told).await
}

/// Signs a matter as it was seen, and says so of its line.
pub async fn sign(
    mut write: Write,
    line: (i64, i32),
    association: Option<AssociationId>,
    tick: &Tick,
) -> Result<(), Undone> {
    if let Err(error) = store::mark_signed(&mut write, line).await {
        return Err(stopped(&Stopped::from(error)));
    }
    let seen = tick.seen.clone();
    match (tick.act, association) {
        (Act::OrderSign, _) => told(orders::sign(write, tick.case, seen).await),
        (Act::SurveySubmit, Some(id)) => told(survey::submit(write, id, seen).await),
        (Act::SurveyConfirm, Some(id)) => told(survey::confirm(write, id, seen).await),
        (Act::PlanBegin, Some(id)) => told(beginning::begin(write, id, seen).await),
        (Act::PlanApprove, Some(id)) => {
            // Dates that lie before the reply become those that the reply's page proposes.
            told(replying::approve(write, id, seen, &Words::default()).await)
        }
        (Act::AmendmentPropose, Some(id)) => told(requesting::propose(write, id, seen).await),
        (Act::ExitPropose, Some(id)) => told(standstill::propose_exit(write, id, seen).await),
        (Act::ItemReport, Some(id)) => of_item(write, (id, tick), Deed::Report).await,
        (Act::ItemAccept, Some(id)) => of_item(write, (id, tick), Deed::Accept).await,
        (Act::ItemExempt, Some(id)) => of_item(write, (id, tick), Deed::Exempt).await,
        _ => Err(Undone::Why(GONE.to_owned())),
    }
}

async fn of_item(
    write: Write,
    (association, tick): (AssociationId, &Tick),
    deed: Deed,
) -> Result<(), Undone> {
    let at = At {
        association,
        item: tick.case,
    };
    told(progress::perform(write, at, tick.seen.clone(), &deed).await)
}

fn told<R: Explain, T>(done: Done<R, T>) -> Result<(), Undone> {
    match done {
        Ok(_) => Ok(()),
        Err(Failure::Room(why)) => Err(Undone::Why(why.explain())),
        Err(Failure::Stopped(why)) => Err(stopped(&why)),
    }
}

/// What stopped the write, in words.
#[must_use]
pub fn stopped(why: &Stopped) -> Undone {
    if let Some(sentence) = why.explain() {
        return Undone::Why(sentence);
    }
    match why {
        Stopped::Write(WriteError::Refused(why)) => Undone::Why((*why).to_owned()),
        Stopped::Write(WriteError::Database(error)) if is_given_up(error) => Undone::OnceMore,
        _ => failed(why),
    }
}

/// What is no matter of the leader's stands in the log.
pub fn failed(why: &impl std::fmt::Debug) -> Undone {
    tracing::error!(?why, "a matter of a round could not be signed");
    Undone::Why(FAILED.to_owned())
}

/// What is said where it was given up twice.
#[must_use]
pub fn in_words(why: Undone) -> String {
    match why {
        Undone::Why(why) => why,
        Undone::OnceMore => FAILED.to_owned(),
    }
}

fn is_given_up(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| matches!(&*code, "40P01" | "40001"))
}
