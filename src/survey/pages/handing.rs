//! The survey goes from hand to hand: from the clerk to the leader and back, and back
//! from the office.

use axum::extract::State as Extract;

use crate::access::Act;
use crate::clock::stamp;
use crate::database::Db;
use crate::survey::acts;
use crate::survey::rules::State;
use crate::survey::store::{self, Survey};
use crate::web::ask::{self, Ask};
use crate::web::{Allowed, Answer, App, Form};

use super::overview::OverviewPage;

/// Why the leader gives it back.
pub(super) const BACK: Ask<String> = ask::longtext("back", "退回理由", 500)
    .hint("写明需要修改的内容，经办人在本页看到")
    .must("请写明退回理由和需要修改的内容。");

/// What was said to those who fill it in and sign it.
#[derive(Default)]
pub(super) struct Said {
    /// Why the leader gave it back, and who.
    pub back: Option<(String, String)>,
    /// Why the edition was begun, and who began it.
    pub reopened: Option<(String, String)>,
}

/// What was said about the edition. What passes between leader and clerk is the unit's own,
/// and is not said any more once the edition is in other hands.
pub(super) async fn said(
    db: &mut Db,
    allowed: &Allowed,
    survey: &Survey,
) -> Result<Said, sqlx::Error> {
    let mut said = Said::default();
    let own = allowed.may(Act::SurveySave) || allowed.may(Act::SurveyBack);
    for words in store::words(db, survey.id).await? {
        let who = format!("{}{}，{}", words.department, words.name, stamp(words.at));
        let told = Some((who, words.reason));
        if words.act == Act::SurveyReopen.name() {
            said.reopened = told;
        } else if own && survey.state == State::Draft {
            said.back = told;
        }
    }
    Ok(said)
}

/// Hands it to the leader.
pub async fn pass(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::pass(write, id, seen).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Gives it back to the clerk.
pub async fn back(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let reason = BACK.read(&mut form);
    let run = async |write, clean, seen| acts::back(write, id, seen, &reason.take(&clean)).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Takes the survey back from the office.
pub async fn take_back(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::take_back(write, id, seen).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}
