//! Files that hold personal data leave on a reason: whoever takes one says why, that stands in
//! the record, and the link that comes of it is that person's alone, for ten minutes
//! (contract.md, HTTP; domain 2.1).

use std::marker::PhantomData;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, guide};

use super::acts::{self, Whose};

/// Minutes that a link is good for.
pub const MINUTES: i64 = 10;
/// The part of an address that carries it.
const PASS: &str = "pass";
/// Fewest characters of a reason.
const FEWEST: usize = 5;

const REASON: Ask<String> = ask::wide("reason", "下载事由", 200)
    .hint("写明用途，与下载人、时间一并记录备查")
    .must("请写明下载事由。")
    .fits(
        |reason| reason.chars().count() >= FEWEST,
        "请写明用途，至少5个字。",
    );

/// The acts by which personal data is taken away or looked up: listed together for whoever
/// audits it.
pub const TAKES: [Act; 5] = [
    Act::PostsTake,
    Act::SurveyTake,
    Act::PeopleTake,
    Act::ArchiveTake,
    Act::RemovedFileOpen,
];

/// A file that holds personal data.
pub trait Personal: Send + Sync {
    /// The act that takes it away.
    const TAKE: Act;

    /// What it is called, where the help at its address speaks of its page.
    const CALLED: Option<&'static str> = None;
}

/// The page that asks for the reason, at the file's own address.
#[derive(Template)]
#[template(path = "documents/reason.html")]
pub struct ReasonPage<P: Personal> {
    page: Page,
    form: Form,
    action: String,
    name: &'static str,
    purpose: &'static str,
    file: PhantomData<P>,
}

impl<P: Personal> View for ReasonPage<P> {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let allowed = look.allowed;
        let told = guide::at(allowed.path()).ok_or(Error::Missing)?;
        Ok(Self {
            page: allowed.page(P::CALLED.unwrap_or(told.name)),
            form: form.unwrap_or_default(),
            action: allowed.query().without(PASS),
            name: P::CALLED.unwrap_or(told.name),
            purpose: told.purpose,
            file: PhantomData,
        })
    }
}

/// The page that asks for the reason, unless the address carries a link that the person was
/// given for it and that is still good.
pub async fn asked<P: Personal>(app: &App, allowed: &Allowed) -> Result<Option<Response>, Error> {
    if good(app, allowed) {
        return Ok(None);
    }
    draw::<ReasonPage<P>>(app, allowed, None, StatusCode::OK)
        .await
        .map(Some)
}

/// Puts the reason on record and gives the link.
pub async fn take<P: Personal>(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let reason = REASON.read(&mut form);
    let told = guide::at(allowed.path()).map_or("", |told| told.name);
    let name = P::CALLED.unwrap_or(told);
    let until = app.clock.wall().timestamp() + MINUTES * 60;
    let pass = format!("{until}.{}", mark(&app, &allowed, until));
    let landing = allowed.query().with(PASS, Some(&pass));
    let whose = match allowed.association() {
        Ok(association) => Whose::Association(association),
        Err(_) => Whose::Department(allowed.actor().department()),
    };
    let run = async |write, clean, _| {
        acts::take_personal(write, (P::TAKE, whose), name, &reason.take(&clean)).await
    };
    allowed
        .act_and_go::<ReasonPage<P>, _, ()>(&app, form, landing, run)
        .await
}

/// Whether the address carries the person's own link, in time.
fn good(app: &App, allowed: &Allowed) -> bool {
    let given = allowed
        .query()
        .get(PASS)
        .and_then(|pass| pass.split_once('.'));
    given.is_some_and(|(until, given)| {
        let now = app.clock.wall().timestamp();
        let until: i64 = until.parse().unwrap_or_default();
        (now..=now + MINUTES * 60).contains(&until) && given == mark(app, allowed, until)
    })
}

/// The keyed mark of a link: whose it is, in whose name, for which address, until when.
fn mark(app: &App, allowed: &Allowed, until: i64) -> String {
    let actor = allowed.actor();
    let of = [
        actor.account.to_string(),
        actor.department().to_string(),
        allowed.query().without(PASS),
        until.to_string(),
    ];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    app.marks().of("file that was asked for", &of)
}
