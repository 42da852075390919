//! No route without an act: the only way to register a handler (security.md 4).

use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};

use crate::access::Act;

use super::deadline::within;
use super::guard::{Gate, guard};
use super::{App, Error, Program};

/// Largest body of a form, in bytes.
pub const FORM_BYTES: usize = 1024 * 1024;
/// Largest uploaded file, in bytes.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// A page answers within this time or with 503 (F6).
const PAGE_TIME: Duration = Duration::from_secs(5);
/// An upload or download.
const FILE_TIME: Duration = Duration::from_secs(30);

/// Who may come to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whom `decide` lets do this act.
    Act(Act),
    /// Anybody on the network.
    Public,
}

/// One line of the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path with its parameters.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
}

/// Routes of one or more rooms.
pub struct Routes {
    program: Program,
    router: Router<Program>,
    table: Vec<Route>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        Self {
            program: program.clone(),
            router: Router::new(),
            table: Vec::new(),
        }
    }

    /// A page.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let gate = Gate {
            act,
            detached: false,
        };
        self.guarded(
            "GET",
            path,
            gate,
            (get(InForce(handler)), FORM_BYTES, PAGE_TIME),
        )
    }

    /// A form that changes something.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let gate = Gate {
            act,
            detached: true,
        };
        self.guarded(
            "POST",
            path,
            gate,
            (post(InForce(handler)), FORM_BYTES, PAGE_TIME),
        )
    }

    /// A form with a file.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let gate = Gate {
            act,
            detached: true,
        };
        let bytes = FILE_BYTES + FORM_BYTES;
        self.guarded(
            "POST",
            path,
            gate,
            (post(InForce(handler)), bytes, FILE_TIME),
        )
    }

    /// A page for anybody: sign-in, the published list, health.
    #[must_use]
    pub fn public_get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(
            "GET",
            path,
            Access::Public,
            (get(InForce(handler)), FORM_BYTES, PAGE_TIME),
        )
    }

    /// What needs neither person nor campaign nor database: health, style sheet.
    #[must_use]
    pub fn bare_get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Program>,
        T: 'static,
    {
        self.add(
            "GET",
            path,
            Access::Public,
            (get(handler), FORM_BYTES, PAGE_TIME),
        )
    }

    /// A form for anybody: sign-in only.
    #[must_use]
    pub fn public_post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(
            "POST",
            path,
            Access::Public,
            (post(InForce(handler)), FORM_BYTES, PAGE_TIME),
        )
    }

    /// Adds another room's routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The table that `tuogou routes` prints and the walls walk.
    #[must_use]
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The finished router.
    pub fn into_router(self) -> Router {
        self.router.with_state(self.program)
    }

    fn guarded(
        self,
        method: &'static str,
        path: &'static str,
        gate: Gate,
        (route, bytes, time): (MethodRouter<Program>, usize, Duration),
    ) -> Self {
        let route = route.layer(from_fn_with_state((self.program.clone(), gate), guard));
        self.add(method, path, Access::Act(gate.act), (route, bytes, time))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        access: Access,
        (route, bytes, time): (MethodRouter<Program>, usize, Duration),
    ) -> Self {
        let route = route
            .layer(DefaultBodyLimit::max(bytes))
            .layer(from_fn(move |request, next| within(time, request, next)));
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where routes are made"
        )]
        let router = self.router.route(path, route);
        self.router = router;
        self.table.push(Route {
            method,
            path,
            access,
        });
        self
    }
}

/// A handler that is given the program under the parameters in force today (TC-51).
/// The guard has read them already; for public pages they are read here.
#[derive(Clone)]
struct InForce<H>(H);

impl<H, T> Handler<T, Program> for InForce<H>
where
    H: Handler<T, App>,
    T: 'static,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, mut request: Request, program: Program) -> Self::Future {
        Box::pin(async move {
            let app = match request.extensions_mut().remove::<App>() {
                Some(known) => known,
                None => match program.in_force().await {
                    Ok(app) => app,
                    Err(error) => return Error::from(error).into_response(),
                },
            };
            self.0.call(request, app).await
        })
    }
}
