//! One association's exit: proposal, decision, what it ended.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::exits::acts;
use crate::exits::rules::{self, Decision, Refusal, State};
use crate::exits::store::{self, Case, Proposal};
use crate::paths;
use crate::registry::names;
use crate::registry::rules::ExitKind;
use crate::registry::store::{self as registry, Association};
use crate::scheme::Choice;
use crate::survey::store as survey;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "exits/show.html")]
struct ShowPage {
    page: Page,
    form: Form,
    association: Association,
    case: Option<Case>,
    version: i32,
    kinds: Vec<Choice>,
    suggestions: Vec<&'static str>,
    taken_over: Vec<(i64, String, i32, i32)>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    propose: bool,
    decide: bool,
}

async fn view(db: &mut Db, allowed: &Allowed, form: Option<Form>) -> Result<ShowPage, Error> {
    let id = allowed.association()?;
    let association = registry::association(db, id).await?.ok_or(Error::Missing)?;
    let case = store::case(db, id).await?;
    let confirmed = survey::confirmed(db, id).await?;
    let state = case.as_ref().map_or(State::Draft, |case| case.state);
    let living = association.exited_on.is_none();
    let open = |act| living && allowed.may(act) && rules::next(state, act).is_some();
    let form = form.unwrap_or_else(|| filled(case.as_ref()));
    Ok(ShowPage {
        page: allowed.page("协会退出"),
        form,
        version: case.as_ref().map_or(0, |case| case.version),
        may: May {
            save: open(Act::ExitSave),
            propose: case.is_some() && open(Act::ExitPropose),
            decide: open(Act::ExitDecide),
        },
        kinds: ExitKind::ALL
            .into_iter()
            .map(|kind| Choice {
                value: kind.key().to_owned(),
                label: kind.label().to_owned(),
            })
            .collect(),
        suggestions: confirmed
            .map(|survey| rules::suggestions(&survey.answers))
            .unwrap_or_default(),
        taken_over: store::taken_over(db, id).await?,
        association,
        case,
    })
}

fn filled(case: Option<&Case>) -> Form {
    let Some(case) = case else {
        return Form::default();
    };
    Form::filled(vec![
        ("kind".to_owned(), case.kind.key().to_owned()),
        ("reason".to_owned(), case.reason.clone()),
        ("document".to_owned(), case.document.clone()),
        (
            "survivor".to_owned(),
            case.survivor_name.clone().unwrap_or_default(),
        ),
    ])
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &allowed, None).await?)
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let view = view(db, allowed, Some(form)).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn path(allowed: &Allowed) -> Result<String, Error> {
    Ok(paths::exits::EXIT.at(allowed.association()?))
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Saves the unit's draft.
pub async fn save(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let version = form.version()?;
    let kind = form
        .choice("kind", "退出方式", &ExitKind::ALL.map(ExitKind::key))
        .required("请选择退出方式。");
    let reason = form
        .text("reason", "理由", 1000)
        .required("请写明退出的理由。");
    let document = form
        .text("document", "单位文件", 100)
        .required("请填写单位报告或会议决议的名称和文号。");
    let survivor = form.text("survivor", "合并后存续的协会", 100).optional();
    let merged = form.value("kind") == ExitKind::Merged.key();
    let typed = form.value("survivor");
    let found = match (merged, typed.trim()) {
        (true, "") => {
            form.fail(
                "survivor",
                "合并后存续的协会",
                "合并的，请填写合并后存续的协会。",
            );
            None
        }
        (true, name) => registry::named(&mut app.read().await?, &names::key(name)).await?,
        (false, _) => None,
    };
    let itself = found == Some(allowed.association()?);
    if merged && !typed.trim().is_empty() && (found.is_none() || itself) {
        let message = Refusal::NoSurvivor.explain();
        form.fail("survivor", "合并后存续的协会", message);
    }
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let _ = survivor.take(&clean);
    let proposal = Proposal {
        kind: ExitKind::from_key(&kind.take(&clean)).ok_or(Error::Missing)?,
        reason: reason.take(&clean),
        document: document.take(&clean),
        survivor: found,
    };
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let seen = (allowed.association()?, version);
    let outcome = acts::save(&app.database, &who, seen, &proposal).await?;
    finish(outcome, &path, Act::ExitSave)
}

/// Sends it in the unit's name.
pub async fn propose(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let path = path(&allowed)?;
    let seen = (allowed.association()?, form.version()?);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::propose(&app.database, &who, seen).await?;
    finish(outcome, &path, Act::ExitPropose)
}

/// Sends it back.
pub async fn refuse(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let opinion = form
        .text("refusal", "理由", 500)
        .required("请写明不予退出的理由。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let outcome = acts::refuse(&app.database, &who, seen, &opinion.take(&clean)).await?;
    finish(outcome, &path, Act::ExitRefuse)
}

/// Puts the decision of civil affairs on record.
pub async fn decide(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let today = app.clock.today();
    let number = form
        .text("number", "决定文书文号", 60)
        .required("请填写决定文书的文号。");
    let date = form
        .date("date", "决定日期")
        .check(|day| *day <= today, "决定日期不能晚于今天。")
        .required("请填写决定日期。");
    let opinion = form.text("opinion", "说明", 500).optional();
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let decision = Decision {
        number: number.take(&clean),
        date: date.take(&clean),
        opinion: opinion.take(&clean).unwrap_or_default(),
    };
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    match acts::decide(&app.database, &who, seen, &decision).await? {
        Err(refusal @ Refusal::ImpossibleDay(_)) => {
            form.fail("date", "决定日期", refusal.explain());
            again(&app, &allowed, form).await
        }
        outcome => finish(outcome, &path, Act::ExitDecide),
    }
}
