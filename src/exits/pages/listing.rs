//! Whether one association stays on the list: what it is now, what would end,
//! the request and its answer, earlier ones.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Role};
use crate::database::Db;
use crate::documents::files::Attached;
use crate::exits::amending;
use crate::exits::store::stakes::{Stakes, stakes};
use crate::paths;
use crate::registry::store::{self as registry, Association};
use crate::roster::acts::Amendment;
use crate::roster::acts::requesting::{self as acts};
use crate::roster::rules::Refusal;
use crate::roster::rules::requests::{Change, State, next};
use crate::roster::store::amendments;
use crate::roster::store::requests::{self as store, Asking, Request};
use crate::web::page::{Page, html_with};
use crate::web::upload::Upload;
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "exits/listing.html")]
struct ListingPage {
    page: Page,
    form: Form,
    association: Association,
    published: bool,
    /// What may be asked for, or why nothing may.
    askable: Result<Change, &'static str>,
    stakes: Option<Stakes>,
    open: Option<Request>,
    past: Vec<Request>,
    version: i32,
    files: Vec<Attached>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    propose: bool,
    decide: bool,
}

impl ListingPage {
    /// What is asked for, or may be.
    fn change(&self) -> Option<Change> {
        let asked = self.open.as_ref().map(|request| request.change);
        asked.or(self.askable.ok())
    }

    /// What is attached to a request.
    fn attached(&self, request: &i64) -> Vec<&Attached> {
        let files = self.files.iter();
        files.filter(|file| file.to == *request).collect()
    }
}

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Option<Form>,
) -> Result<ListingPage, Error> {
    let id = allowed.association()?;
    let association = registry::association(db, id).await?.ok_or(Error::Missing)?;
    let parameters = &app.scheme.campaign.parameters;
    let standings = amendments::standings(db, parameters, Some(id)).await?;
    let askable = standings
        .first()
        .map_or(Err("该协会不在脱钩范围内。"), |standing| {
            standing.askable()
        });
    let (open, past): (Vec<Request>, Vec<Request>) = store::of_association(db, id)
        .await?
        .into_iter()
        .partition(|request| matches!(request.state, State::Draft | State::Proposed));
    let open = open.into_iter().next();
    let published = amendments::first_publication(db).await?.is_some();
    Ok(ListingPage {
        page: allowed.page("名单调整"),
        form: form.unwrap_or_else(|| filled(open.as_ref())),
        may: may(allowed, open.as_ref(), published && askable.is_ok()),
        published,
        askable,
        stakes: stakes(db, &[id.0]).await?.into_iter().next(),
        version: open.as_ref().map_or(0, |request| request.version),
        open,
        past,
        files: store::files(db, id).await?,
        association,
    })
}

/// What of the office's own is the office's to write and send, and so for the unit.
fn may(allowed: &Allowed, open: Option<&Request>, askable: bool) -> May {
    let office = allowed.actor().role() == Role::OfficeClerk;
    let ours = open.is_none_or(|request| request.from_office == office);
    let state = open.map_or(State::Draft, |request| request.state);
    let may = |act| askable && allowed.may(act) && next(state, act).is_some();
    May {
        save: ours && may(Act::AmendmentSave),
        propose: ours && open.is_some() && may(Act::AmendmentPropose),
        decide: allowed.may(Act::RosterAmend) && next(state, Act::RosterAmend).is_some(),
    }
}

fn filled(open: Option<&Request>) -> Form {
    let Some(request) = open else {
        return Form::default();
    };
    let fields = [
        ("reason", &request.reason),
        ("document", &request.document),
        ("grounds", &request.reason),
    ];
    Form::filled(
        fields
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .into(),
    )
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, None).await?)
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let view = view(db, app, allowed, Some(form)).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn path(allowed: &Allowed) -> Result<String, Error> {
    Ok(paths::exits::LISTING.at(allowed.association()?))
}

fn finish<T>(outcome: Result<T, Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(redirect(path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Saves the draft.
pub async fn save(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let version = form.version()?;
    let changes = [Change::Added, Change::Withdrawn].map(Change::key);
    let change = form
        .choice("change", "申请事项", &changes)
        .required("请刷新页面，核对协会是否仍在名单内。");
    let reason = form
        .text("reason", "理由", 500)
        .check(|reason| reason.chars().count() >= 5, "理由至少5个字。")
        .required("请写明理由。");
    let document = form
        .text("document", "单位文件", 100)
        .required("请填写报告的名称和文号；没有文号的填“无”。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let withdrawn = change.take(&clean) == Change::Withdrawn.key();
    let asking = Asking {
        change: if withdrawn {
            Change::Withdrawn
        } else {
            Change::Added
        },
        reason: reason.take(&clean),
        document: document.take(&clean),
    };
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let seen = (allowed.association()?, version);
    let outcome = acts::save(&app.database, &app.scheme, &who, seen, &asking).await?;
    finish(outcome, &path, Act::AmendmentSave)
}

/// Attaches a file to the draft.
pub async fn attach(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut upload: Upload,
) -> Result<Response, Error> {
    if upload.file.is_none() && upload.form.errors().is_empty() {
        upload.form.fail("file", "文件", "请选择文件。");
    }
    let (Ok(_), Some(file)) = (upload.form.done(), &upload.file) else {
        return again(&app, &allowed, upload.form).await;
    };
    let path = path(&allowed)?;
    let who = allowed.who(&upload.form, path.clone());
    let outcome = acts::attach(&app.database, &who, allowed.association()?, file).await?;
    finish(outcome, &path, Act::AmendmentAttach)
}

/// Takes a file away from the draft.
pub async fn detach(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let file = allowed.number("file")?;
    let outcome = acts::detach(&app.database, &who, allowed.association()?, file).await?;
    finish(outcome, &path, Act::AmendmentDetach)
}

/// Sends it to the office.
pub async fn propose(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let path = path(&allowed)?;
    let seen = (allowed.association()?, form.version()?);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::propose(&app.database, &app.scheme, &who, seen).await?;
    finish(outcome, &path, Act::AmendmentPropose)
}

/// The office's head does not agree.
pub async fn refuse(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let opinion = form
        .text("refusal", "理由", 500)
        .required("请写明不同意的理由。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let outcome = acts::refuse(&app.database, &who, seen, &opinion.take(&clean)).await?;
    finish(outcome, &path, Act::AmendmentRefuse)
}

/// The office's head agrees: a numbered amendment with this association alone.
pub async fn decide(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let seen = (id, form.version()?);
    let grounds = form
        .text("grounds", "向社会公布的理由", 500)
        .check(|reason| reason.chars().count() >= 5, "理由至少5个字。")
        .required("请写明理由。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let open = view(&mut app.read().await?, &app, &allowed, None)
        .await?
        .open;
    let change = open.ok_or_else(|| Error::Conflict(Refusal::NotAsked.explain()))?;
    let mut amendment = Amendment {
        reason: grounds.take(&clean),
        ..Amendment::default()
    };
    match change.change {
        Change::Added => amendment.added.push(id.0),
        Change::Withdrawn => amendment.withdrawn.push(id.0),
    }
    let path = path(&allowed)?;
    let who = allowed.who(&form, path.clone());
    let outcome = amending::amend(&app.database, &app.scheme, &who, &amendment, Some(seen)).await?;
    finish(outcome, &path, Act::RosterAmend)
}
