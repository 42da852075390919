//! Session → person → facts → decision, from the request's head alone (F7).
//! A handler gets `Allowed`, which only this file can make.

use axum::extract::{FromRequestParts, OriginalUri, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::facts::{self, Address};
use crate::access::session::{self, Token};
use crate::access::{Act, Actor, Decision, Facts, Request as Circumstances, Who, decide};
use crate::audit::Record;
use crate::database::Write;
use crate::ids::{AssociationId, DepartmentId};

use super::form::Form;
use super::page::{Page, PageSeed};
use super::{App, Error, Program, gate};

/// What a route demands.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// The act.
    pub act: Act,
    /// Runs in a task of its own, so that a closed browser tears nothing (F1).
    pub detached: bool,
}

/// Proof that the person in it may do the route's act on the address's subject.
#[derive(Debug, Clone)]
pub struct Allowed {
    actor: Actor,
    facts: Facts,
    address: Address,
    params: Vec<(String, String)>,
    circumstances: Circumstances,
    seed: PageSeed,
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

/// The signed-in person, if the cookie names a living session.
pub async fn actor(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Error> {
    let Some(token) = token(app, headers) else {
        return Ok(None);
    };
    let now = app.clock.wall().to_utc();
    let today = app.clock.today();
    Ok(session::actor(app.database.pool(), &token, now, today).await?)
}

/// The session's token in the cookie; two cookies of the name are none.
#[must_use]
pub fn token(app: &App, headers: &HeaderMap) -> Option<Token> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == app.cookie_name())
        .map(|(_, value)| value);
    let first = found.next()?;
    found
        .next()
        .is_none()
        .then(|| Token::parse(first))
        .flatten()
}

/// The circumstances of a request, read from its head.
#[must_use]
pub fn circumstances(app: &App, parts: &Parts) -> Circumstances {
    let arrival = parts.extensions.get::<Arrival>();
    Circumstances {
        id: arrival.map_or_else(String::new, |arrival| arrival.id.clone()),
        address: arrival.map_or_else(String::new, |arrival| arrival.address.clone()),
        now: app.clock.now(),
        wall: app.clock.wall(),
        once: None,
        landing: "/".to_owned(),
        remark: None,
    }
}

async fn address(parts: &mut Parts) -> Result<(Vec<(String, String)>, Address), Error> {
    let raw = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| Error::Malformed("地址含有无法识别的字符。"))?;
    let mut params = Vec::new();
    let mut address = Address::default();
    for (name, value) in &raw {
        let slot = match name {
            "association" => Some(&mut address.association),
            "department" => Some(&mut address.department),
            "item" => Some(&mut address.item),
            "approval" => Some(&mut address.approval),
            "reminder" => Some(&mut address.reminder),
            "order" => Some(&mut address.order),
            _ => None,
        };
        if let Some(slot) = slot {
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse().ok().filter(|_| digits);
            *slot = Some(number.ok_or(Error::Missing)?);
        }
        params.push((name.to_owned(), value.to_owned()));
    }
    Ok((params, address))
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

impl Allowed {
    /// The person.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What the policy knew of the subject.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Whether the person could also do `act` here: pages draw buttons by it.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        decide(&self.actor, act, &self.facts) == Decision::Allow
    }

    /// The person with this form's once-only key, ready to act; afterwards the
    /// browser goes to `landing`.
    #[must_use]
    pub fn who(&self, form: &Form, landing: impl Into<String>) -> Who {
        let mut request = self.circumstances.clone();
        request.once = form.once();
        request.landing = landing.into();
        Who {
            actor: self.actor.clone(),
            request,
        }
    }

    /// The association in the address.
    pub fn association(&self) -> Result<AssociationId, Error> {
        self.address
            .association
            .map(AssociationId)
            .ok_or(Error::Missing)
    }

    /// The department in the address.
    pub fn department(&self) -> Result<DepartmentId, Error> {
        self.address
            .department
            .map(DepartmentId)
            .ok_or(Error::Missing)
    }

    /// The item in the address.
    pub fn item(&self) -> Result<i64, Error> {
        self.address.item.ok_or(Error::Missing)
    }

    /// The prior approval in the address.
    pub fn approval(&self) -> Result<i64, Error> {
        self.address.approval.ok_or(Error::Missing)
    }

    /// Any other part of the address.
    pub fn param(&self, name: &str) -> Result<&str, Error> {
        self.params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .ok_or(Error::Missing)
    }

    /// Any other number in the address.
    pub fn number(&self, name: &str) -> Result<i64, Error> {
        self.param(name)?.parse().map_err(|_| Error::Missing)
    }

    /// What the layout needs, under this title.
    #[must_use]
    pub fn page(&self, title: impl Into<String>) -> Page {
        self.seed.page(title)
    }
}

impl FromRequestParts<App> for Allowed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::internal("a handler without its guard"))
    }
}

/// The path as the browser sent it.
#[must_use]
pub fn original_path(parts: &Parts) -> String {
    parts
        .extensions
        .get::<OriginalUri>()
        .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned())
}
