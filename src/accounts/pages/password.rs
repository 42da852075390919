//! The own password.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};

use crate::access::Act;
use crate::accounts::tries::{self, NoTry};
use crate::accounts::{acts, passwords, rules, store};
use crate::paths;
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, guard};

/// The form.
#[derive(Template)]
#[template(path = "accounts/password.html")]
pub struct PasswordPage {
    page: Page,
    form: Form,
    first: bool,
}

impl View for PasswordPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page(Act::PasswordChange.label()),
            form: form.unwrap_or_default(),
            first: look.allowed.actor().must_change_password,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::dashboard::WORKBENCH.to_string())
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
    headers: HeaderMap,
    mut form: Form,
) -> Answer {
    let token = guard::token(&app, &headers);
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
            let (form, status) = (Some(form), StatusCode::TOO_MANY_REQUESTS);
            let mut response = draw::<PasswordPage>(&app, &allowed, form, status).await?;
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
    let hash = passwords::hash_of(&app, &form, Some(new)).await?;
    let run = async |write, _, _| acts::change_password(write, token.as_ref(), &hash).await;
    allowed.act::<PasswordPage, _, _>(&app, form, run).await
}
