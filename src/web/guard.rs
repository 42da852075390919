//! Session → person → facts → decision, from the request's head alone (F7).
//! A handler gets `Allowed`, which only this module can make.

mod allowed;
mod head;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::facts::{self, Address};
use crate::access::{Act, Actor, Decision, Request as Circumstances, decide};
use crate::audit::Record;
use crate::database::Write;

use super::page::PageSeed;
use super::{App, Error, Program, gate};
use head::address;

pub use allowed::Allowed;
pub use head::{actor, circumstances, original_path, token};

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

/// The layer that `Routes` puts before every handler with an act.
pub async fn guard(
    State((program, gate)): State<(Program, Gate)>,
    request: Request,
    next: Next,
) -> Response {
    let app = match program.in_force().await {
        Ok(app) => app,
        Err(error) => return Error::from(error).into_response(),
    };
    match admit(&app, gate, request).await {
        Ok(mut request) => {
            let seed = request
                .extensions()
                .get::<Allowed>()
                .map(|allowed| allowed.seed.clone());
            request.extensions_mut().insert(app);
            let mut response = if gate.detached {
                match tokio::spawn(next.run(request)).await {
                    Ok(response) => response,
                    Err(panic) => Error::internal(panic).into_response(),
                }
            } else {
                next.run(request).await
            };
            if let Some(seed) = seed {
                response.extensions_mut().insert(seed);
            }
            response
        }
        Err(response) => *response,
    }
}

async fn admit(app: &App, gate: Gate, request: Request) -> Result<Request, Box<Response>> {
    let refuse = |error: Error| Box::new(error.into_response());
    let (mut parts, body) = request.into_parts();
    let actor = actor(app, &parts.headers).await.map_err(refuse)?;
    let Some(actor) = actor else {
        let request = Request::from_parts(parts, body);
        return Err(Box::new(gate::turn_away(app, request).await));
    };
    let seed = PageSeed::new(app, Some(&actor), &parts.uri);
    if actor.must_change_password && !matches!(gate.act, Act::PasswordChange | Act::SignOut) {
        return Err(Box::new(Redirect::to("/password").into_response()));
    }
    let (params, address) = address(&mut parts).await.map_err(refuse)?;
    let mut circumstances = circumstances(app, &parts);
    let facts = facts::load(
        app.database.pool(),
        app.database.campaign(),
        &app.scheme,
        (&actor, gate.act),
        address,
    )
    .await
    .map_err(|error| refuse(error.into()))?;
    let decision = facts
        .as_ref()
        .map_or(Decision::Hide, |facts| decide(&actor, gate.act, facts));
    let refusal = match decision {
        Decision::Allow => None,
        Decision::Hide => Some(Error::Missing),
        Decision::Deny(why) => Some(Error::Refused(why)),
    };
    if let Some(refusal) = refusal {
        note_refusal(
            app,
            &actor,
            &circumstances,
            (gate.act, &parts.method, address),
        )
        .await;
        let mut response = refusal.into_response();
        response.extensions_mut().insert(seed);
        return Err(Box::new(response));
    }
    // TC-64: what the scheme's setting lets somebody sign alone is recorded as such.
    circumstances.remark = facts.as_ref().and_then(|facts| facts.remark(gate.act));
    parts.extensions.insert(Allowed {
        actor,
        facts: facts.unwrap_or_default(),
        address,
        params,
        circumstances,
        seed,
    });
    Ok(Request::from_parts(parts, body))
}

/// A refused attempt is evidence (TC-65). If it cannot be recorded, the refusal
/// stands all the same.
async fn note_refusal(
    app: &App,
    actor: &Actor,
    circumstances: &Circumstances,
    (act, method, address): (Act, &Method, Address),
) {
    let sentence = format!("越权访问被拒绝：{}（{method}）", act.label());
    let subject = address
        .association
        .or(address.department)
        .unwrap_or_default();
    let record = Record::new(Act::AccessRefused, "access", subject, sentence).refused();
    let noted = match Write::begin_as(&app.database, Some(actor), circumstances).await {
        Ok(write) => write.record(record).await,
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        tracing::error!(error = %error, "refused access could not be recorded");
    }
}
