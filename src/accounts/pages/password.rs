//! The own password.

use askama::Template;
use axum::RequestExt as _;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::access::Act;
use crate::accounts::tries::{self, NoTry};
use crate::accounts::{acts, passwords, rules, store};
use crate::paths;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, guard, html, redirect};

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    page: Page,
    form: Form,
    first: bool,
}

/// The form.
pub async fn show(allowed: Allowed) -> Result<Response, Error> {
    html(&view(&allowed, Form::default()))
}

fn view(allowed: &Allowed, form: Form) -> PasswordPage {
    PasswordPage {
        page: allowed.page(Act::PasswordChange.label()),
        form,
        first: allowed.actor().must_change_password,
    }
}

/// What became of the old password.
enum Old {
    Fits,
    Differs,
    /// Not looked at: seconds until it will be.
    Wait(i64),
}

/// Whether the old password is right. Who finds a browser signed in must not guess it
/// there: a try is counted first, and comes back where it was right (S6).
async fn old_fits(app: &App, allowed: &Allowed, old: &str) -> Result<Old, Error> {
    let actor = allowed.actor();
    let place = app.hashing.place().ok_or(Error::Busy)?;
    let counters = rules::tries::in_session(&actor.username);
    let counted = match tries::take(&app.database, counters, app.clock.wall().to_utc()).await {
        Ok(counted) => counted,
        Err(NoTry::Wait(wait)) => return Ok(Old::Wait(rules::tries::seconds(wait))),
        Err(NoTry::Database(error)) => return Err(error.into()),
    };
    if old.chars().count() > rules::LONGEST {
        return Ok(Old::Differs);
    }
    let hash = store::password_hash(&mut app.read().await?, actor.account).await?;
    let fits = passwords::verify(app, (&counted, place), old.to_owned(), Some(hash)).await;
    if matches!(fits, Ok(true) | Err(Error::Busy)) {
        counted.give_back(&app.database).await?;
    }
    Ok(if fits? { Old::Fits } else { Old::Differs })
}

/// Takes the new password; all other sessions end.
pub async fn change(
    State(app): State<App>,
    allowed: Allowed,
    request: Request<Body>,
) -> Result<Response, Error> {
    let token = guard::token(&app, request.headers());
    let mut form: Form = request.extract_with_state(&app).await?;
    // As typed: passwords are not trimmed or normalised (security.md 49).
    let (old, new, again) = (form.value("old"), form.value("new"), form.value("again"));
    for name in ["old", "new", "again"] {
        form.knows(name);
    }
    let actor = allowed.actor();
    match old_fits(&app, &allowed, &old).await? {
        Old::Fits => {}
        Old::Differs => form.fail("old", "原密码", "原密码不正确，请重新输入。"),
        Old::Wait(seconds) => {
            form.fail("old", "原密码", rules::tries::please_wait(seconds));
            let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, &view(&allowed, form))?;
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
            return Ok(response);
        }
    }
    let guessable = &app.scheme.campaign.words.guessable;
    if let Some(problem) = rules::password_problem(&new, &actor.username, Some(&old), guessable) {
        form.fail("new", "新密码", problem);
    } else if new != again {
        form.fail("again", "再次输入新密码", "两次输入的新密码不一致。");
    }
    if form.done().is_err() {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&allowed, form));
    }
    let hash = passwords::hash(&app, new).await?;
    let who = allowed.who(&form, paths::dashboard::WORKBENCH.at());
    acts::change_password(&app.database, &who, token.as_ref(), &hash).await?;
    Ok(redirect(
        paths::dashboard::WORKBENCH.at(),
        Act::PasswordChange,
    ))
}
