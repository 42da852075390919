//! No route without an act: the only way to register a handler (security.md 4).

use std::convert::Infallible;
use std::pin::Pin;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};

use crate::access::Act;

use super::body::Reads;
use super::guard::Gate;
use super::leaving::{APART, Leaf};
use super::pass::{Door, in_force, pass};
use super::{App, Error, Program};

/// Largest body of a form, in bytes.
pub const FORM_BYTES: usize = 1024 * 1024;
/// Largest uploaded file, in bytes.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;

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
    pub fn get<H, T>(self, path: impl Into<&'static str>, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.read(path.into(), act, Reads::Nothing, handler)
    }

    /// A file that is made for the answer, which may take longer than a page does.
    #[must_use]
    pub fn file<H, T>(self, path: impl Into<&'static str>, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.read(path.into(), act, Reads::Made, handler)
    }

    /// A list as a file, at the list's address with its ending; the frame of the list's page
    /// offers it.
    #[must_use]
    pub fn leaving<H, T>(self, leaf: Leaf, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.program.leaving.add(leaf);
        self.file(ended(leaf.list, leaf.ending), leaf.act, handler)
    }

    /// A form that changes something.
    #[must_use]
    pub fn post<H, T>(self, path: impl Into<&'static str>, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.written(path.into(), act, Reads::Form, handler)
    }

    /// A form with a file.
    #[must_use]
    pub fn upload<H, T>(self, path: impl Into<&'static str>, act: Act, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.written(path.into(), act, Reads::File, handler)
    }

    fn read<H, T>(self, path: &'static str, act: Act, reads: Reads, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let detached = false;
        let gate = Gate { act, detached };
        self.guarded(("GET", path), gate, reads, get(InForce(handler)))
    }

    fn written<H, T>(self, path: &'static str, act: Act, reads: Reads, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let detached = true;
        let gate = Gate { act, detached };
        self.guarded(("POST", path), gate, reads, post(InForce(handler)))
    }

    /// A page for anybody: sign-in, the published list.
    #[must_use]
    pub fn public_get<H, T>(self, path: impl Into<&'static str>, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.open(("GET", path.into()), Reads::Nothing, get(InForce(handler)))
    }

    /// What needs neither person nor campaign nor a place among what is under way:
    /// health, style sheet. It never waits.
    #[must_use]
    pub fn bare_get<H, T>(self, path: impl Into<&'static str>, handler: H) -> Self
    where
        H: Handler<T, Program>,
        T: 'static,
    {
        self.add(("GET", path.into()), Access::Public, get(handler))
    }

    /// A form for anybody: sign-in only.
    #[must_use]
    pub fn public_post<H, T>(self, path: impl Into<&'static str>, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.open(("POST", path.into()), Reads::Form, post(InForce(handler)))
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
        at: (&'static str, &'static str),
        gate: Gate,
        reads: Reads,
        route: MethodRouter<Program>,
    ) -> Self {
        let door = self.door(Some(gate), reads);
        self.add(at, Access::Act(gate.act), passing(route, door))
    }

    fn open(
        self,
        at: (&'static str, &'static str),
        reads: Reads,
        route: MethodRouter<Program>,
    ) -> Self {
        let door = self.door(None, reads);
        self.add(at, Access::Public, passing(route, door))
    }

    fn door(&self, gate: Option<Gate>, reads: Reads) -> Door {
        Door {
            program: self.program.clone(),
            gate,
            reads,
        }
    }

    fn add(
        mut self,
        (method, path): (&'static str, &'static str),
        access: Access,
        route: MethodRouter<Program>,
    ) -> Self {
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

/// Bodies are brought in by the door, which knows their limit; the extractor of
/// forms with files has one of its own, which must not be smaller.
fn passing(route: MethodRouter<Program>, door: Door) -> MethodRouter<Program> {
    let most = DefaultBodyLimit::max(door.reads.most());
    route
        .layer::<_, Infallible>(from_fn_with_state(door, pass))
        .layer(most)
}

/// A handler that is given the program under the parameters in force today (TC-51).
/// The door has read them already.
#[derive(Clone)]
struct InForce<H>(H);

impl<H, T> Handler<T, Program> for InForce<H>
where
    H: Handler<T, App>,
    T: 'static,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, mut request: Request, _: Program) -> Self::Future {
        Box::pin(async move {
            match in_force(&mut request) {
                Some(app) => self.0.call(request, app).await,
                None => Error::internal("a handler without its door").into_response(),
            }
        })
    }
}

/// A list's address with an ending; told once for each route, when the routes are made. A part
/// of an address cannot be a number and an ending at once: `leaving::Leaving::apart` takes them apart
/// before a route is chosen.
#[must_use]
pub fn ended(list: &'static str, ending: &str) -> &'static str {
    if list.ends_with('}') {
        format!("{list}{APART}.{ending}").leak()
    } else {
        format!("{list}.{ending}").leak()
    }
}
