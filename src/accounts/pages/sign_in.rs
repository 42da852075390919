//! Signing in and out (S5–S7).

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{RequestExt as _, body::Body};

use crate::access::session::Token;
use crate::access::{Act, Request as Circumstances};
use crate::accounts::acts::Entering;
use crate::accounts::passwords::HashPlace;
use crate::accounts::tries::{self, NoTry, Try};
use crate::accounts::{acts, passwords, rules, store};
use crate::database::{Done, Failure, Never, Stopped, Write};
use crate::ids::CapacityId;
use crate::paths;
use crate::web::gate::{Parked, SignInPage, safe_next};
use crate::web::page::{Page, PageSeed, html_with};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, guard, html};

/// One sentence for every reason, so that nothing can be learnt from it (S7).
const REFUSED: &str = "用户名或密码错误，请核对后重新输入。";
/// Besides, where an input method was left on (security.md 49).
const FULL_WIDTH: &str = "您输入的密码中有全角字符，请检查输入法。";
/// When to come again where too many wait for their turn.
const BUSY_SECONDS: i64 = 5;

/// The sign-in page.
pub async fn show(State(app): State<App>, request: Request) -> Answer {
    let next = request
        .uri()
        .query()
        .and_then(|query| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == "next")
                .map(|(_, next)| next.into_owned())
        })
        .unwrap_or_else(|| paths::dashboard::WORKBENCH.to_string());
    let form = Form::filled(vec![("next".to_owned(), safe_next(&next).to_owned())]);
    let page = PageSeed::new(&app, None, request.uri()).page("登录");
    html(&SignInPage {
        page,
        form,
        parked: None,
    })
}

/// What the form has.
const FIELDS: [&str; 5] = ["username", "password", "next", "parked_path", "parked_body"];

/// Tries a user name and a password, in a task of its own: who leaves meanwhile has
/// been counted, and tears no write (F1). A form that is not the page's is not tried.
pub async fn sign_in(State(app): State<App>, request: Request<Body>) -> Answer {
    let (parts, body) = request.into_parts();
    let circumstances = guard::circumstances(&app, &parts);
    let page = PageSeed::new(&app, None, &parts.uri).page("登录");
    let mut form: Form = Request::from_parts(parts, body)
        .extract_with_state(&app)
        .await?;
    for name in FIELDS {
        form.knows(name);
    }
    let parked = parked(&form);
    // A NUL is refused like any wrong name or password.
    if form.done().is_err() && form.error("form").is_some() {
        let view = SignInPage { page, form, parked };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let entry = Entry {
        // No name has a NUL; PostgreSQL takes none.
        username: form
            .value("username")
            .trim()
            .to_lowercase()
            .replace('\0', "\u{fffd}"),
        parked,
        page,
        form,
        circumstances,
    };
    tokio::spawn(async move { entry.answer(&app).await })
        .await
        .map_err(Error::internal)?
}

/// Somebody at the door.
struct Entry {
    username: String,
    page: Page,
    form: Form,
    parked: Option<Parked>,
    circumstances: Circumstances,
}

/// How it goes on.
enum Outcome {
    /// They are in.
    In(Response),
    /// The page again: status, message, seconds to wait.
    Again(StatusCode, String, Option<i64>),
}

impl Entry {
    async fn answer(self, app: &App) -> Answer {
        let outcome = match self.outcome(app).await {
            Err(Error::Busy) => Outcome::Again(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("系统繁忙，请在{BUSY_SECONDS}秒后重试。"),
                Some(BUSY_SECONDS),
            ),
            outcome => outcome?,
        };
        match outcome {
            Outcome::In(response) => Ok(response),
            Outcome::Again(status, message, wait) => self.again(status, &message, wait),
        }
    }

    /// The try is counted before the password is looked at, and comes back where it
    /// was right or nobody looked.
    async fn outcome(&self, app: &App) -> Result<Outcome, Error> {
        let place = app.hashing.place().ok_or(Error::Busy)?;
        let now = self.circumstances.wall.to_utc();
        let address = rules::tries::network(&self.circumstances.address);
        let since = now - rules::tries::KNOWN_FOR;
        let known =
            store::tries::is_known(&mut app.read().await?, &self.username, &address, since).await?;
        let counters = rules::tries::of_sign_in(&self.username, &address, known);
        let counted = match tries::take(&app.database, counters, now).await {
            Ok(counted) => counted,
            Err(NoTry::Wait(wait)) => {
                let seconds = rules::tries::seconds(wait);
                let message = rules::tries::please_wait(seconds);
                let status = StatusCode::TOO_MANY_REQUESTS;
                return Ok(Outcome::Again(status, message, Some(seconds)));
            }
            Err(NoTry::Database(error)) => return Err(error.into()),
        };
        let credentials = store::credentials(&mut app.read().await?, &self.username).await?;
        let hash = credentials.as_ref().map(|found| found.hash.clone());
        let fits = match self.fits(app, (&counted, place), hash).await {
            Err(Error::Busy) => {
                counted.give_back(&app.database).await?;
                return Err(Error::Busy);
            }
            fits => fits?,
        };
        if let Some(credentials) = credentials.filter(|found| fits && !found.disabled)
            && let Some(capacity) = credentials.capacity
        {
            let response = self.begin(app, (&credentials, capacity, counted)).await?;
            return Ok(Outcome::In(response));
        }
        acts::refuse_sign_in(&app.database, &self.circumstances).await?;
        let message = refusal(&self.form.value("password"));
        Ok(Outcome::Again(StatusCode::UNAUTHORIZED, message, None))
    }

    /// Whether the password is that of the hash. Takes the same time for names that do
    /// not exist; what no account can have as its password is not hashed at all.
    async fn fits(
        &self,
        app: &App,
        counted: (&Try, HashPlace),
        hash: Option<String>,
    ) -> Result<bool, Error> {
        let password = self.form.value("password");
        if password.is_empty()
            || password.chars().count() > rules::LONGEST
            || password.contains('\0')
        {
            return Ok(false);
        }
        passwords::verify(app, counted, password, hash).await
    }

    async fn begin(
        &self,
        app: &App,
        (credentials, capacity, counted): (&store::Credentials, CapacityId, Try),
    ) -> Answer {
        let token = Token::draw().map_err(Error::internal)?;
        let parked = self.parked.as_ref();
        let parked = parked.filter(|parked| parked.is_of(credentials.account, app));
        let entering = Entering {
            credentials,
            capacity,
            counted,
            parked: parked.map(|parked| (parked.path.as_str(), parked.body.as_str())),
        };
        let write = Write::begin_as(&app.database, None, &self.circumstances).await?;
        match acts::sign_in(write, &token, entering).await {
            Ok(()) => {}
            Err(Failure::Stopped(Stopped::Write(error))) => return Err(error.into()),
            Err(failure) => return Err(Error::internal(failure)),
        }
        let next = if parked.is_some() {
            paths::accounts::RESUMPTION.to_string()
        } else {
            safe_next(&self.form.value("next")).to_owned()
        };
        let mut response = Redirect::to(&next).into_response();
        set_cookie(app, &mut response, token.secret(), "")?;
        Ok(response)
    }

    /// The page with what was typed but the password: the name, where to go on, and
    /// the form that waits to be sent.
    fn again(
        mut self,
        status: StatusCode,
        message: &str,
        wait: Option<i64>,
    ) -> Result<Response, Error> {
        self.form.fail("username", "用户名", message);
        let view = SignInPage {
            page: self.page,
            form: self.form,
            parked: self.parked,
        };
        let mut response = html_with(status, &view)?;
        if let Some(seconds) = wait {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        Ok(response)
    }
}

/// What is said goes by what was typed alone, never by the account.
fn refusal(password: &str) -> String {
    if rules::has_full_width(password) {
        format!("{REFUSED}{FULL_WIDTH}")
    } else {
        REFUSED.to_owned()
    }
}

fn parked(form: &Form) -> Option<Parked> {
    let (path, body) = (form.value("parked_path"), form.value("parked_body"));
    (!path.is_empty() && !body.is_empty()).then(|| Parked {
        path: safe_next(&path).to_owned(),
        body,
    })
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

/// Signing out, where its button on every page did not do.
#[derive(Template)]
#[template(path = "accounts/sign_out.html")]
pub struct SignOutPage {
    page: Page,
    form: Form,
}

impl View for SignOutPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page(Act::SignOut.label()),
            form: form.unwrap_or_default(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::accounts::SIGN_IN.to_string())
    }
}

/// Ends the session.
pub async fn sign_out(
    State(app): State<App>,
    allowed: Allowed,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let token = guard::token(&app, &headers).ok_or(Error::Missing)?;
    let mut ended = false;
    let run = async |write, _, _| {
        acts::sign_out(write, &token).await?;
        ended = true;
        Done::<Never>::Ok(())
    };
    let answer = allowed.act::<SignOutPage, _, _>(&app, form, run).await?;
    if !ended {
        return Ok(answer);
    }
    let mut response = Redirect::to(paths::accounts::SIGN_IN.at()).into_response();
    set_cookie(&app, &mut response, "", "; Max-Age=0")?;
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}
