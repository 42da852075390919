//! The door: who is not signed in is shown the sign-in page. What they had
//! typed travels with it, so that an ended session loses nothing (TC-57).

use askama::Template;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::ids::AccountId;

use super::form::Form;
use super::guard::original_path;
use super::page::{Page, PageSeed, html_with};
use super::{App, Program, seal};

/// Largest form that is carried through signing in, in bytes.
pub(super) const PARKED_BYTES: usize = 256 * 1024;

/// The sign-in page.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The layout's needs.
    pub page: Page,
    /// User name, password, next; with messages.
    pub form: Form,
    /// Path and body of the form that could not be sent.
    pub parked: Option<Parked>,
}

/// A form on its way through signing in.
#[derive(Debug, Clone)]
pub struct Parked {
    /// Where it was to go.
    pub path: String,
    /// Its urlencoded body.
    pub body: String,
}

impl Parked {
    /// Whether the form was opened by this account: what one person typed is never
    /// offered to another, and what nobody knows whose it is to nobody.
    #[must_use]
    pub fn is_of(&self, account: AccountId, program: &Program) -> bool {
        let form = Form::parse(self.body.as_bytes());
        seal::is_of(&form, account, &program.marks())
    }
}

/// Whether a request carries what a form without a file sends.
#[must_use]
pub fn is_form(parts: &Parts) -> bool {
    let kind = parts.headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    })
}

/// Sends a stranger to sign in: pages by redirect, forms with what was typed.
pub fn turn_away(app: &App, parts: &Parts, parked: Option<Parked>) -> Response {
    if parts.method == Method::GET || parts.method == Method::HEAD {
        let path = original_path(parts);
        let full = parts
            .uri
            .path_and_query()
            .map_or(path.as_str(), |full| full.as_str());
        let next: String = form_urlencoded::byte_serialize(full.as_bytes()).collect();
        return Redirect::to(&format!("/login?next={next}")).into_response();
    }
    let mut form = Form::filled(vec![("next".to_owned(), "/".to_owned())]);
    form.fail(
        "username",
        "用户名",
        if parked.is_some() {
            "登录已过期。您刚才填写的内容已保留，由您本人重新登录后可以继续提交。"
        } else {
            "请先登录。"
        },
    );
    let view = SignInPage {
        page: PageSeed::new(app, None, &parts.uri).page("登录"),
        form,
        parked,
    };
    html_with(StatusCode::UNAUTHORIZED, &view).unwrap_or_else(IntoResponse::into_response)
}

/// Whether `next` is an address of ours: a path, not a host, not a way out, and
/// nothing that cannot stand in a header.
#[must_use]
pub fn safe_next(next: &str) -> &str {
    let safe = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.bytes().all(|byte| byte.is_ascii_graphic())
        && !next.starts_with("/logout")
        && !next.starts_with("/login");
    if safe { next } else { "/" }
}
