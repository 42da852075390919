//! 503 in its two kinds: before a body was read, a page drawn once and for all;
//! after it, a page that keeps what was typed. Neither asks the database, which may
//! be just what does not answer.

use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::Program;
use super::error::AGAIN;
use super::form::{FILE_LOST, Form, is_sealed};
use super::gate::{Parked, SignInPage};
use super::guard::original_path;
use super::page::{Page, PageSeed};

/// Fields that are never sent back: they would stand in the page's source.
const SECRET: [&str; 4] = ["password", "old", "new", "again"];

#[derive(Template)]
#[template(path = "busy.html")]
struct FullPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage {
    page: Page,
    sentence: String,
    action: String,
    fields: Vec<(String, String)>,
    file: bool,
    secret: bool,
}

impl KeptPage {
    /// What people wrote: neither keys nor the values of choices, which are codes.
    fn written(&self) -> impl Iterator<Item = &str> {
        let code = |value: &str| value.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
        let fields = self
            .fields
            .iter()
            .filter(|(name, _)| !is_sealed(name) && !name.starts_with('_'));
        fields
            .map(|(_, value)| value.trim())
            .filter(move |value| !code(value))
    }
}

/// What somebody had sent when it could not be worked on.
#[derive(Debug, Default)]
pub struct Typed {
    fields: Vec<(String, String)>,
    file: bool,
    secret: bool,
}

impl Typed {
    /// The fields of a body, whichever way a page sends it.
    pub async fn of(parts: &Parts, body: &Bytes) -> Self {
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let multipart =
            kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        let mut typed = if multipart {
            let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
            Self::of_parts(request).await
        } else {
            Self {
                fields: Form::parse(body).fields().to_vec(),
                ..Self::default()
            }
        };
        let all = typed.fields.len();
        let secret = |name: &String| SECRET.contains(&name.as_str());
        typed.fields.retain(|(name, _)| !secret(name));
        typed.secret = typed.fields.len() < all;
        typed
    }

    async fn of_parts(request: Request) -> Self {
        Self::of_coming(request, usize::MAX).await
    }

    /// The same while it comes: a file's bytes are let go as they arrive, and at most
    /// `most` bytes of text are kept.
    pub async fn of_coming(request: Request, most: usize) -> Self {
        let (mut typed, mut held) = (Self::default(), 0);
        let Ok(mut parts) = Multipart::from_request(request, &()).await else {
            return typed;
        };
        while let Ok(Some(mut field)) = parts.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            if let Some(file) = field.file_name() {
                typed.file |= !file.is_empty();
                continue;
            }
            let mut value = Vec::new();
            while let Ok(Some(chunk)) = field.chunk().await {
                held += chunk.len();
                if held > most {
                    return typed;
                }
                value.extend_from_slice(&chunk);
            }
            if let Ok(value) = String::from_utf8(value)
                && !SECRET.contains(&name.as_str())
            {
                typed.fields.push((name, value));
            }
        }
        typed
    }

    /// As it travels with the sign-in page; none where nothing was typed.
    #[must_use]
    pub fn parked(mut self, path: String) -> Option<Parked> {
        if self.fields.is_empty() || self.secret {
            return None;
        }
        if self.file {
            self.fields.push((FILE_LOST.to_owned(), "yes".to_owned()));
        }
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(self.fields);
        let body = body.finish();
        Some(Parked { path, body })
    }

    fn take(&mut self, name: &str) -> String {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// No place was free in time: the same page for everybody, made once.
#[must_use]
pub fn full(program: &Program) -> Response {
    let drawn = program.places.full.get_or_init(|| {
        let page = PageSeed::nobodys(program, &Uri::from_static("/")).page("系统繁忙");
        let page = FullPage { page }.render();
        page.map_or_else(
            |_| Bytes::from_static("系统繁忙，请稍候再试。".as_bytes()),
            Bytes::from,
        )
    });
    unavailable(drawn.clone().into())
}

/// The database, or a place, was not to be had after somebody's form had arrived:
/// one click sends it again, under its own once-only key.
pub fn kept(
    program: &Program,
    (seed, parts): (Option<PageSeed>, &Parts),
    sentence: String,
    mut typed: Typed,
) -> Response {
    let seed = seed.unwrap_or_else(|| PageSeed::nobodys(program, &parts.uri));
    let path = original_path(parts);
    let drawn = if path == "/login" {
        sign_in(&seed, sentence, &mut typed)
    } else {
        let query = parts.uri.query();
        KeptPage {
            page: seed.page("系统繁忙"),
            sentence,
            action: query.map_or_else(|| path.clone(), |query| format!("{path}?{query}")),
            fields: typed.fields,
            file: typed.file,
            secret: typed.secret,
        }
        .render()
    };
    match drawn {
        Ok(page) => unavailable(page.into()),
        Err(error) => super::Error::from(error).into_response(),
    }
}

fn sign_in(seed: &PageSeed, sentence: String, typed: &mut Typed) -> askama::Result<String> {
    let parked = Parked {
        path: typed.take("parked_path"),
        body: typed.take("parked_body"),
    };
    let mut form = Form::filled(std::mem::take(&mut typed.fields));
    form.fail("username", "用户名", sentence);
    SignInPage {
        page: seed.page("登录"),
        form,
        parked: Some(parked).filter(|parked| !parked.path.is_empty()),
    }
    .render()
}

fn unavailable(body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::RETRY_AFTER, AGAIN.to_string()),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, body).into_response()
}
