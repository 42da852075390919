//! Signing in and out (S5–S7), and going on with what was typed (TC-57).

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{RequestExt as _, body::Body};

use crate::access::{Act, Request as Circumstances};
use crate::accounts::{acts, passwords, rules, store};
use crate::web::gate::{Parked, SignInPage, safe_next};
use crate::web::page::{Page, PageSeed, html_with};
use crate::web::{Allowed, App, Error, Form, guard, html};

/// One sentence for every reason, so that nothing can be learnt from it (S7).
const REFUSED: &str = "用户名或密码错误，请核对后重新输入。";

/// The sign-in page.
pub async fn show(State(app): State<App>, request: Request) -> Result<Response, Error> {
    let next = request
        .uri()
        .query()
        .and_then(|query| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == "next")
                .map(|(_, next)| next.into_owned())
        })
        .unwrap_or_else(|| "/".to_owned());
    let form = Form::filled(vec![("next".to_owned(), safe_next(&next).to_owned())]);
    let page = PageSeed::new(&app, None, request.uri()).page("登录");
    html(&SignInPage {
        page,
        form,
        parked: None,
    })
}

/// Tries a user name and a password.
pub async fn sign_in(State(app): State<App>, request: Request<Body>) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    let circumstances = guard::circumstances(&app, &parts);
    let page = PageSeed::new(&app, None, &parts.uri).page("登录");
    let mut form: Form = Request::from_parts(parts, body)
        .extract_with_state(&app)
        .await?;
    let username = form.value("username").trim().to_lowercase();
    let password = form.value("password");
    let parked = parked(&form);
    slow_down(&app, &circumstances, &username).await?;
    let landing = match verified(&app, &username, password).await? {
        Some(credentials) => {
            begin(
                &app,
                &circumstances,
                (&credentials, &username),
                (&form, parked.as_ref()),
            )
            .await?
        }
        None => None,
    };
    if let Some(response) = landing {
        return Ok(response);
    }
    acts::refuse_sign_in(&app.database, &circumstances, &clipped(&username)).await?;
    form.fail("username", "用户名", REFUSED);
    html_with(StatusCode::UNAUTHORIZED, &SignInPage { page, form, parked })
}

fn parked(form: &Form) -> Option<Parked> {
    let (path, body) = (form.value("parked_path"), form.value("parked_body"));
    (!path.is_empty() && !body.is_empty()).then(|| Parked {
        path: safe_next(&path).to_owned(),
        body,
    })
}

/// Names are kept as typed up to a length that no account has.
fn clipped(username: &str) -> String {
    username.chars().filter(|c| *c != '\0').take(64).collect()
}

async fn slow_down(app: &App, circumstances: &Circumstances, username: &str) -> Result<(), Error> {
    let now = circumstances.wall.to_utc();
    let pool = app.database.pool();
    let (minute, hour) = store::tries_from(pool, &circumstances.address, now).await?;
    if minute >= rules::TRIES_A_MINUTE || hour >= rules::TRIES_AN_HOUR {
        return Err(Error::TooMany(60));
    }
    if let Some((failures, last)) = store::failures(pool, &clipped(username)).await?
        && let Some(seconds) = rules::on_hold(failures, last, now)
    {
        return Err(Error::TooMany(seconds));
    }
    Ok(())
}

/// The credentials, if the password fits and the account may sign in. Takes the
/// same time for names that do not exist.
async fn verified(
    app: &App,
    username: &str,
    password: String,
) -> Result<Option<store::Credentials>, Error> {
    if password.is_empty()
        || password.chars().count() > rules::LONGEST
        || username.contains('\0')
        || password.contains('\0')
    {
        return Ok(None);
    }
    let credentials =
        store::credentials(app.database.pool(), app.database.campaign().0, username).await?;
    let hash = credentials
        .as_ref()
        .map(|credentials| credentials.hash.clone());
    let fits = passwords::verify(app, password, hash).await?;
    Ok(credentials.filter(|credentials| fits && !credentials.disabled))
}

async fn begin(
    app: &App,
    circumstances: &Circumstances,
    (credentials, username): (&store::Credentials, &str),
    (form, parked): (&Form, Option<&Parked>),
) -> Result<Option<Response>, Error> {
    let Some(capacity) = credentials.capacity else {
        return Ok(None);
    };
    let kept = parked.map(|parked| (parked.path.as_str(), parked.body.as_str()));
    let token = acts::sign_in(
        &app.database,
        circumstances,
        (credentials, capacity, username),
        kept,
    )
    .await
    .map_err(|error| match error {
        acts::SignInError::Write(error) => error.into(),
        acts::SignInError::Database(error) => error.into(),
        acts::SignInError::Random(error) => Error::internal(error),
    })?;
    let next = if parked.is_some() {
        "/resume".to_owned()
    } else {
        safe_next(&form.value("next")).to_owned()
    };
    let mut response = Redirect::to(&next).into_response();
    set_cookie(app, &mut response, token.secret(), "")?;
    Ok(Some(response))
}

fn set_cookie(app: &App, response: &mut Response, value: &str, more: &str) -> Result<(), Error> {
    let secure = if app.https { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}",
        app.cookie_name()
    );
    let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(())
}

/// Ends the session.
pub async fn sign_out(
    State(app): State<App>,
    allowed: Allowed,
    request: Request<Body>,
) -> Result<Response, Error> {
    let token = guard::token(&app, request.headers());
    let form: Form = request.extract_with_state(&app).await?;
    let who = allowed.who(&form, "/login");
    if let Some(token) = token {
        acts::sign_out(&app.database, &who, &token).await?;
    }
    let mut response = Redirect::to("/login").into_response();
    set_cookie(&app, &mut response, "", "; Max-Age=0")?;
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

#[derive(Template)]
#[template(path = "accounts/resume.html")]
struct ResumePage {
    page: Page,
    action: String,
    fields: Vec<(String, String)>,
}

/// Offers to send what was typed when the session had ended.
pub async fn resume(
    State(app): State<App>,
    allowed: Allowed,
    request: Request<Body>,
) -> Result<Response, Error> {
    let token = guard::token(&app, request.headers()).ok_or(Error::Missing)?;
    let Some((action, body)) = store::parked(app.database.pool(), &token).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    let fields = form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let page = allowed.page(Act::FormResume.label());
    html(&ResumePage {
        page,
        action,
        fields,
    })
}
