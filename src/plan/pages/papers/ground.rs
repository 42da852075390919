//! What a request and its plan are written from: while the unit has the plan, what stands
//! there now; once it is signed and sent, what was signed, whatever changes later.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::clock::shanghai;
use crate::plan::pages::views::{self, Opened};
use crate::plan::review::acts::standing;
use crate::plan::review::rules::cover::Cover;
use crate::plan::review::store::{self, Sent};
use crate::plan::rules::State;
use crate::plan::store::Plan;
use crate::scheme::Answers;
use crate::web::{Error, Look};

/// Which writing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// What the unit has in hand; what it sent, where it has nothing in hand.
    Newest,
    /// What was sent last.
    LastSent,
    /// What was sent in a round.
    Round(i32),
}

/// What it is written from.
pub(super) struct Ground {
    /// The plan, as it was signed.
    pub(super) opened: Opened,
    /// What is carried out: the plan with its approved changes.
    pub(super) in_force: Json<Answers>,
    /// What stands around it.
    pub(super) cover: Cover,
    /// Its day: when it was signed, or today.
    pub(super) on: NaiveDate,
    /// What stands across its pages.
    pub(super) across: Option<String>,
}

/// Opens the plan in the address with what stands around it.
pub(super) async fn ground(look: &mut Look<'_>, which: Which) -> Result<Ground, Error> {
    let mut opened = views::open(look.db, look.allowed).await?;
    let plan = &opened.plan;
    let today = look.app.clock.today();
    let in_hand = plan.state.is_open() || !plan.was_sent();
    let round = match which {
        Which::Newest if in_hand => {
            let round = plan.round + i32::from(plan.was_sent());
            let cover = standing(look.db, plan, (&opened.approvals, today)).await?;
            // The number is given when it is signed.
            opened.plan.request_number = None;
            return Ok(Ground {
                across: Some(across("草稿", round)),
                on: today,
                in_force: opened.plan.content.clone(),
                opened,
                cover,
            });
        }
        Which::Newest | Which::LastSent => plan.round,
        Which::Round(round) => round,
    };
    let sent = store::sent(look.db, plan.id, round).await?;
    let sent = sent.ok_or(Error::Missing)?;
    let rounds = store::rounds(look.db, plan.id).await?;
    let returned = usize::try_from(round - 1)
        .ok()
        .and_then(|at| rounds.get(at));
    let returned = returned.is_some_and(|round| round.returned_on.is_some());
    let across = state(plan, round, returned);
    let in_force = plan.content.clone();
    let cover = sent.cover.0.clone();
    let on = sent.submitted_at.with_timezone(&shanghai()).date_naive();
    as_sent(&mut opened, sent);
    Ok(Ground {
        opened,
        in_force,
        cover,
        on,
        across,
    })
}

/// The plan reads as it was signed. What it says itself was changed by nobody but an
/// approved change after the reply.
fn as_sent(opened: &mut Opened, sent: Sent) {
    let plan = &mut opened.plan;
    plan.content = sent.content;
    plan.survey = sent.survey;
    plan.edition = sent.edition;
    plan.request_number = Some(sent.request_number);
    plan.submitted_at = Some(sent.submitted_at);
    plan.association_name.clone_from(&sent.cover.association);
    plan.unit_name.clone_from(&sent.cover.unit);
    plan.submitted_name = Some(sent.cover.signatory.clone());
    opened.departments = sent.cover.choices();
}

/// What stands across every page of what is not approved (TC-72): its state and its round.
fn state(plan: &Plan, round: i32, returned: bool) -> Option<String> {
    let last = round == plan.round;
    if last && plan.reply_number.is_some() {
        return None;
    }
    let word = match plan.state {
        State::Terminated => "已终止",
        State::Submitted | State::UnderReview if last => "送审稿",
        _ if returned => "已退回",
        // Taken back by the unit, or what was signed has changed since.
        _ => "已失效",
    };
    Some(across(word, round))
}

fn across(word: &str, round: i32) -> String {
    format!("{word}（第{round}轮）")
}
