//! A request's way past the door, in its order: a place, the head, the body, a
//! place again, the page. No place is held while a body is on its way, and nothing
//! that was typed is lost when the database, or a place, is not to be had.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use tokio::time::Instant;

use super::body::{self, Reads, Sender, Undelivered};
use super::busy::{self, Typed};
use super::error::{Failure, OnceMore};
use super::gate::Parked;
use super::guard::{self, Arrival, Gate, Head};
use super::page::PageSeed;
use super::{Allowed, App, Error, Program, gate};

/// What a route demands.
#[derive(Clone)]
pub struct Door {
    /// The program.
    pub program: Program,
    /// The act and how it runs; none for what is open to anybody.
    pub gate: Option<Gate>,
    /// What it reads.
    pub reads: Reads,
}

/// The layer that `Routes` puts before every handler.
pub async fn pass(State(door): State<Door>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let program = &door.program;
    let until = Instant::now() + door.time();
    let stranger = guard::token(program, &parts.headers).is_none();
    let Some(place) = program.places.enter(stranger).await else {
        return busy::full(program);
    };
    let looked = in_time(
        program,
        until,
        Box::pin(guard::look(program, door.gate, &mut parts)),
    )
    .await;
    let head = match looked.map_err(guard::refuse).flatten() {
        Ok(head) => head,
        Err(response) => {
            drop(place);
            return door.keep(*response, parts, body).await;
        }
    };
    if door.reads.no_body() {
        return match head {
            Head::Known => {
                door.enter(until, Request::from_parts(parts, body), next)
                    .await
            }
            Head::Stranger(app) => gate::turn_away(&app, &parts, None),
        };
    }
    drop(place);
    match head {
        Head::Known => door.with_body(parts, body, next).await,
        Head::Stranger(app) => {
            let parked = door.of_a_stranger(&parts, body).await;
            gate::turn_away(&app, &parts, parked)
        }
    }
}

impl Door {
    fn time(&self) -> Duration {
        match self.reads {
            Reads::File => self.program.places.limits.file_time,
            Reads::Made => self.program.places.limits.export_time,
            Reads::Nothing | Reads::Form => self.program.places.limits.page_time,
        }
    }

    /// The head could not be asked about: whoever sent a form gets it back all the same.
    async fn keep(self, response: Response, parts: Parts, body: Body) -> Response {
        if self.reads.no_body() || response.status() != StatusCode::SERVICE_UNAVAILABLE {
            return response;
        }
        let address = address(&parts);
        let most = (self.reads, self.reads.most());
        let sender = Sender::Stranger(&address);
        match body::bring(&self.program.places, body, most, sender).await {
            Ok(body) => {
                self.with_what_was_typed(response, (None, &parts), &body)
                    .await
            }
            Err(_) => response,
        }
    }

    async fn with_what_was_typed(
        &self,
        response: Response,
        (seed, parts): (Option<PageSeed>, &Parts),
        body: &Bytes,
    ) -> Response {
        let Some(failure) = response.extensions().get::<Failure>().cloned() else {
            return response;
        };
        let typed = Typed::of(parts, body).await;
        busy::kept(&self.program, (seed, parts), failure.sentence, typed)
    }

    /// What a stranger typed into a form that asks for a session travels with the
    /// sign-in page, if it is a form and comes in time (TC-57). Of a form with a file
    /// only the text does: the file is let go as it comes.
    async fn of_a_stranger(&self, parts: &Parts, body: Body) -> Option<Parked> {
        let address = address(parts);
        let places = &self.program.places;
        let typed = if gate::is_form(parts) {
            let most = (Reads::Form, gate::PARKED_BYTES);
            let sender = Sender::Stranger(&address);
            let body = body::bring(places, body, most, sender).await.ok()?;
            Typed::of(parts, &body).await
        } else if self.reads == Reads::File {
            let _place = places.strangers_bodies.take(&address)?;
            let body = Body::new(Limited::new(body, Reads::File.most()));
            let request = Request::from_parts(parts.clone(), body);
            let coming = Typed::of_coming(request, gate::PARKED_BYTES);
            let time = places.limits.upload_time;
            tokio::time::timeout(time, coming).await.ok()?
        } else {
            return None;
        };
        typed.parked(guard::original_path(parts))
    }

    async fn with_body(self, parts: Parts, body: Body, next: Next) -> Response {
        let address = address(&parts);
        let account = parts.extensions.get::<Allowed>();
        let account = account.map(|allowed| allowed.actor().username.clone());
        let sender = account
            .as_deref()
            .map_or(Sender::Stranger(&address), Sender::Account);
        let (program, most) = (&self.program, (self.reads, self.reads.most()));
        let body = match body::bring(&program.places, body, most, sender).await {
            Ok(body) => body,
            Err(Undelivered::NoPlace) => return busy::full(program),
            Err(Undelivered::TooLarge) => return Error::TooLarge.into_response(),
            Err(Undelivered::Late) => return Error::Undelivered.into_response(),
            Err(Undelivered::Broken) => {
                return Error::Malformed("提交的内容不完整，请重新提交。").into_response();
            }
        };
        self.twice_at_most(parts, body, next).await
    }

    /// Works on a form; once more where the database gave it up for another (40P01,
    /// 40001); and where it cannot be done now, the answer keeps what was typed.
    async fn twice_at_most(self, parts: Parts, body: Bytes, next: Next) -> Response {
        let program = &self.program;
        let seed = parts.extensions.get::<Allowed>().map(Allowed::seed);
        let Some(_place) = program.places.enter(seed.is_none()).await else {
            let typed = Typed::of(&parts, &body).await;
            let sentence = "现在办理的人较多，系统没有受理这次提交。请稍候几秒，再次提交。";
            return busy::kept(program, (seed, &parts), sentence.to_owned(), typed);
        };
        let until = Instant::now() + self.time();
        let request = || Request::from_parts(parts.clone(), Body::from(body.clone()));
        let mut response = self.clone().enter(until, request(), next.clone()).await;
        if response.extensions().get::<OnceMore>().is_some() {
            response = self.clone().enter(until, request(), next).await;
        }
        if response.status() != StatusCode::SERVICE_UNAVAILABLE {
            return response;
        }
        self.with_what_was_typed(response, (seed, &parts), &body)
            .await
    }

    /// The handler, in time; a write in a task of its own, so that a browser that
    /// leaves tears nothing (F1).
    async fn enter(self, until: Instant, request: Request, next: Next) -> Response {
        let seed: Option<PageSeed> = request.extensions().get::<Allowed>().map(Allowed::seed);
        let detached = self.gate.is_some_and(|gate| gate.detached);
        let answer = async move {
            if !detached {
                return next.run(request).await;
            }
            match tokio::spawn(next.run(request)).await {
                Ok(response) => response,
                Err(panic) => Error::internal(panic).into_response(),
            }
        };
        let mut response = match in_time(&self.program, until, answer).await {
            Ok(response) => response,
            Err(error) => error.into_response(),
        };
        if let Some(seed) = seed {
            response.extensions_mut().insert(seed);
        }
        response
    }
}

/// The answer, or [`Error::Busy`]: when the time is over (F6), and at once where the
/// database refuses connections. Only safe because writes run in tasks of their own:
/// a request that is given up tears no transaction.
async fn in_time<T>(
    program: &Program,
    until: Instant,
    answer: impl Future<Output = T>,
) -> Result<T, Error> {
    tokio::select! {
        answered = tokio::time::timeout_at(until, answer) => answered.map_err(|_| Error::Busy),
        () = program.database.refused() => Err(Error::Busy),
    }
}

fn address(parts: &Parts) -> String {
    let arrival = parts.extensions.get::<Arrival>();
    arrival
        .map(|arrival| arrival.address.clone())
        .unwrap_or_default()
}

/// The program under today's parameters, as a handler's state; the head's reading
/// has left it in the request.
pub(super) fn in_force(request: &mut Request) -> Option<App> {
    request.extensions_mut().remove::<App>()
}
