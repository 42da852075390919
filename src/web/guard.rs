//! Session → person → facts → decision, from the request's head alone (F7).
//! A handler gets `Allowed`, which only this module can make.

mod allowed;
mod each;
mod head;

use axum::extract::MatchedPath;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::facts::{self, Address};
use crate::access::{Act, Actor, Decision, Facts, Request as Circumstances, decide};
use crate::audit::Record;
use crate::database::{Db, Write, refusals};

use super::list::Query;
use super::page::PageSeed;
use super::trail::Trail;
use super::{App, Error, Program};
use head::{Present, address, remember};

pub use allowed::Allowed;
pub use each::Admitted;
pub use head::{circumstances, original_path, present, token};

/// What a route demands.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// The act.
    pub act: Act,
    /// Runs in a task of its own, so that a closed browser tears nothing (F1).
    pub detached: bool,
}

/// Number of a request, client and time, set by the outermost layer.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The request's number.
    pub id: String,
    /// The client's address.
    pub address: String,
}

/// A form that was parked, sent again by the program itself: its page is drawn with
/// what was typed, and nothing is done.
#[derive(Debug, Clone, Copy)]
pub struct Replay;

/// The answer to a [`Replay`] that drew the form's own page.
#[derive(Debug, Clone, Copy)]
pub struct Replayed;

/// What a request's head tells.
pub enum Head {
    /// Somebody whom the policy lets in, or a route that is open to anybody: the
    /// program in force stands in the request's extensions, [`Allowed`] beside it.
    Known,
    /// Nobody who is signed in, before a route that asks for an act.
    Stranger(Box<App>),
}

/// Reads the head of a request. The body has not been touched (F7). All of it is asked
/// on one connection, which is given back before the body comes.
pub async fn look(
    program: &Program,
    gate: Option<Gate>,
    parts: &mut Parts,
) -> Result<Head, Box<Response>> {
    program.brought_up().await.map_err(refuse)?;
    let mut db = program.read().await.map_err(refuse)?;
    let Some(gate) = gate else {
        let app = program.on_by(&mut db, program.clock.today()).await;
        parts.extensions.insert(app.map_err(refuse)?);
        return Ok(Head::Known);
    };
    let found = present(program, &mut db, &parts.headers).await;
    let (app, present) = found.map_err(refuse)?;
    let Some(present) = present else {
        return Ok(Head::Stranger(Box::new(app)));
    };
    let allowed = admit(&app, db, (gate, present), parts).await?;
    // What is asked of an association goes by the dates of its batch.
    parts.extensions.insert(app.of_batch(allowed.batch()));
    parts.extensions.insert(allowed);
    Ok(Head::Known)
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "a response is large beside what the other way of a result carries"
)]
pub(super) fn refuse(error: impl Into<Error>) -> Box<Response> {
    Box::new(error.into().into_response())
}

async fn admit(
    app: &App,
    mut db: Db,
    (gate, present): (Gate, Present),
    parts: &mut Parts,
) -> Result<Allowed, Box<Response>> {
    let Present { actor, forgotten } = present;
    let mut seed = PageSeed::new(app, Some(&actor), &parts.uri);
    if let Some(token) = token(app, &parts.headers) {
        seed.seal(&token, &actor, &app.marks());
    }
    if actor.must_change_password && !matches!(gate.act, Act::PasswordChange | Act::SignOut) {
        return Err(Box::new(Redirect::to("/password").into_response()));
    }
    let (params, address) = address(parts).await.map_err(refuse)?;
    let mut circumstances = circumstances(app, parts);
    let (campaign, of) = (app.database.campaign(), (&actor, gate.act));
    let found = facts::load(db.connection(), campaign, &app.scheme, of, address).await;
    let facts = found.map_err(refuse)?;
    drop(db);
    remember(app, forgotten).await;
    circumstances.of = Some(address);
    let decision = facts
        .as_ref()
        .map_or(Decision::Hide, |facts| decide(&actor, gate.act, facts));
    // What is hidden is not named either: its page is that of an address which nothing has (TC-65).
    let known = facts.as_ref().filter(|_| decision != Decision::Hide);
    let trail = stand(app, parts, (&actor, known), &mut seed);
    let refusal = match decision {
        Decision::Allow => None,
        Decision::Hide => Some(Error::Missing),
        Decision::Deny(why) => Some(Error::Refused(why)),
    };
    if let Some(refusal) = refusal {
        let what = (gate.act, address);
        note_refusal(app, &actor, &circumstances, what).await;
        let mut response = refusal.into_response();
        response.extensions_mut().insert(seed);
        return Err(Box::new(response));
    }
    seed.raise(&actor, &parts.uri);
    // TC-64: what the scheme's setting lets somebody sign alone is recorded as such.
    circumstances.remark = facts.as_ref().and_then(|facts| facts.remark(gate.act));
    Ok(Allowed {
        act: gate.act,
        path: original_path(parts),
        query: Query::of(parts.uri.path(), parts.uri.query()),
        actor,
        facts: facts.unwrap_or_default(),
        address,
        params,
        circumstances,
        seed,
        trail,
        replayed: parts.extensions.get::<Replay>().is_some(),
    })
}

/// Tells the layout where the page stands; what the browser is to remember of it.
fn stand(
    app: &App,
    parts: &Parts,
    (actor, facts): (&Actor, Option<&Facts>),
    seed: &mut PageSeed,
) -> Option<HeaderValue> {
    let pattern = parts.extensions.get::<MatchedPath>()?.as_str();
    let trail = Trail::read(&parts.headers);
    let at = (pattern, parts.uri.path());
    let facts = facts?;
    seed.stand(at, (actor, facts), &trail);
    if parts.method == Method::GET {
        let may = |act| decide(actor, act, facts) == Decision::Allow;
        seed.leave(&app.leaving, (pattern, &parts.uri), may);
    }
    match parts.method {
        Method::GET => trail.after(app, pattern, &parts.uri),
        _ => None,
    }
}

/// A refused attempt is evidence (TC-65): the first of an account in a minute is a link
/// of the chain, the rest are counted. If it cannot be recorded, the refusal
/// stands all the same.
async fn note_refusal(
    app: &App,
    actor: &Actor,
    circumstances: &Circumstances,
    (act, address): (Act, Address),
) {
    let sentence = format!("越权访问被拒绝：{}", act.label());
    let subject = address
        .association
        .or(address.department)
        .unwrap_or_default();
    let record = Record::new(Act::AccessRefused, "access", subject, sentence).refused();
    let counted = refusals::count(&app.database, actor.account, circumstances.wall.to_utc()).await;
    if matches!(counted, Ok(false)) {
        return;
    }
    let noted = match Write::begin_as(&app.database, Some(actor), circumstances).await {
        Ok(write) => write.record(record).await,
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        tracing::error!(error = %error, "refused access could not be recorded");
    }
}
