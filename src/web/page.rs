//! What the layout needs, and how a view becomes an answer.

mod menu;
mod phases;

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::access::session::Token;
use crate::access::{Act, Actor, Seen};
use crate::clock::chinese_date;
use crate::scheme::Scheme;
use crate::scheme::words::Words;

use super::hands::{Hand, Hands, Here};
use super::marks::Marks;
use super::seal::Sealing;
use super::{App, Error, Program, static_files};

use menu::{may_open, menu};
use phases::phases;

pub use menu::MenuEntry;
pub use phases::PhaseMark;

/// Largest page that is sent, in bytes.
const PAGE_BYTES: usize = 2 * 1024 * 1024;

/// Who is signed in, for the head of the page.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The person.
    pub name: String,
    /// The department.
    pub department: String,
    /// The role.
    pub role: &'static str,
    /// There are other capacities to switch to.
    pub can_switch: bool,
    /// There are delegations to look at.
    pub delegations: bool,
}

/// What a request's head tells about the layout; pages add their title.
#[derive(Debug, Clone)]
pub struct PageSeed {
    page: Page,
}

/// Everything that `layout.html` asks for.
#[derive(Debug, Clone)]
pub struct Page {
    /// The title of the page.
    pub title: String,
    /// 2018年11月22日.
    pub today: String,
    /// The demonstration campaign is shown.
    pub demo: bool,
    /// The name of the campaign's platform.
    pub campaign: String,
    /// What was just done.
    pub flash: Option<String>,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// The phases with their dates.
    pub phases: Vec<PhaseMark>,
    /// The head offers a search.
    pub search: bool,
    /// What stopped an act, above everything else.
    pub alarm: Option<String>,
    scheme: Arc<Scheme>,
    identity: Option<Identity>,
    sealing: Option<Sealing>,
    kept: Option<Kept>,
    base: Arc<OnceLock<String>>,
    here: Option<Here>,
}

impl PageSeed {
    /// The layout's needs for a person at an address.
    #[must_use]
    pub fn new(app: &App, actor: Option<&Actor>, uri: &Uri) -> Self {
        let mut seed = Self::of(app, &app.scheme, uri);
        if let Some(actor) = actor {
            seed.page.menu = menu(actor, uri.path());
            seed.page.phases = phases(app, app.clock.today());
            seed.page.search = may_open(actor, Act::RegistryList);
            seed.page.identity = Some(identity(actor));
        }
        seed
    }

    /// The layout's needs where nobody is known and nothing may be asked: an error.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "a title, where perhaps no database answers"
    )]
    pub fn nobodys(program: &Program, uri: &Uri) -> Self {
        Self::of(program, program.as_written(), uri)
    }

    fn of(program: &Program, scheme: &Arc<Scheme>, uri: &Uri) -> Self {
        Self {
            page: Page {
                title: String::new(),
                today: chinese_date(program.clock.today()),
                demo: program.demonstration,
                campaign: format!("{}行业协会商会脱钩工作平台", scheme.campaign.region_name),
                flash: flash(uri),
                menu: Vec::new(),
                phases: Vec::new(),
                search: false,
                alarm: None,
                scheme: Arc::clone(scheme),
                identity: None,
                sealing: None,
                kept: None,
                base: Arc::default(),
                here: None,
            },
        }
    }

    /// Seals the page's forms for a person in a session.
    pub(super) fn seal(&mut self, token: &Token, actor: &Actor, marks: &Marks) {
        self.page.sealing = Some(Sealing::new(token, actor, marks));
    }

    /// What the page's edit forms carry of how they stood when first opened. A page is
    /// opened first and told afterwards: the view knows what stands in its form.
    pub(super) fn carry(&self, base: String) {
        self.page.base.get_or_init(|| base);
    }

    /// Says in whose hands the page's matter is.
    pub(super) fn lies(&mut self, here: Here) {
        self.page.here = Some(here);
    }

    /// In whose hands what is around the page's matter is: its lists say so of each row.
    pub(super) fn around(&self) -> Hands {
        let here = self.page.here.as_ref();
        here.map(|here| here.around.clone()).unwrap_or_default()
    }

    /// Keeps what was seen by the form that is shown again.
    pub(super) fn keep(&mut self, address: &str, act: Act, seen: Seen) {
        let address = address.to_owned();
        self.page.kept = Some(Kept { address, act, seen });
    }

    /// Forgets what a form had seen.
    pub(super) fn forget(&mut self) {
        self.page.kept = None;
    }

    /// Tells what stopped an act.
    pub(super) fn alarm(&mut self, sentence: String) {
        self.page.alarm = Some(sentence);
    }

    /// The page under a title.
    #[must_use]
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page {
            title: title.into(),
            ..self.page.clone()
        }
    }
}

/// What was seen by a form that is shown again with messages.
#[derive(Debug, Clone)]
struct Kept {
    address: String,
    act: Act,
    seen: Seen,
}

impl Page {
    /// What the form at an address had seen, if it is the one that is shown again.
    pub(super) fn kept(&self, address: &str, act: Act) -> Option<Seen> {
        let kept = self.kept.as_ref()?;
        (kept.address == address && kept.act == act).then(|| kept.seen.clone())
    }

    /// What the form that is shown again had seen, whichever of its buttons was pressed.
    pub(super) fn kept_by_any(&self) -> Option<Seen> {
        self.kept.as_ref().map(|kept| kept.seen.clone())
    }

    /// What edit forms carry of how they stood when first opened.
    pub(super) fn base(&self) -> Option<String> {
        self.base.get().cloned()
    }

    /// In whose hands the page's matter is; none: it is of no matter.
    #[must_use]
    pub fn hands(&self) -> Option<&[Hand]> {
        self.here.as_ref().map(|here| here.hands.as_slice())
    }

    pub(super) const fn sealing(&self) -> Option<&Sealing> {
        self.sealing.as_ref()
    }

    /// Who is signed in.
    #[must_use]
    pub const fn who(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// What the scheme calls things.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.scheme.campaign.words
    }

    /// Address of the style sheet.
    #[must_use]
    pub fn css(&self) -> String {
        static_files::address("app.css")
    }

    /// Address of the script.
    #[must_use]
    pub fn js(&self) -> String {
        static_files::address("app.js")
    }

    /// Address of the icon.
    #[must_use]
    pub fn favicon(&self) -> String {
        static_files::address("favicon.svg")
    }

    /// A fresh once-only key for a form.
    #[must_use]
    pub fn request_id(&self) -> String {
        let mut bytes = [0_u8; 16];
        // Without randomness the form goes out without a key and acts each time.
        match getrandom::fill(&mut bytes) {
            Ok(()) => hex::encode(bytes),
            Err(_) => String::new(),
        }
    }

    /// The program's version.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// A view as a page with status 200.
pub fn html(view: &impl Template) -> Result<Response, Error> {
    html_with(StatusCode::OK, view)
}

/// A view with another status: 422 for a form that must be mended, 401, 409 …
pub fn html_with(status: StatusCode, view: &impl Template) -> Result<Response, Error> {
    let body = view.render()?;
    if body.len() > PAGE_BYTES {
        // A form of 9,500 rows came back as 40 MB.
        return Err(Error::TooManyRows);
    }
    Ok((status, Html(body)).into_response())
}

/// 303 to a page that says what was done.
#[must_use]
pub fn redirect(path: &str, done: Act) -> Response {
    let separator = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{separator}done={}", done.name())).into_response()
}

fn flash(uri: &Uri) -> Option<String> {
    let query = uri.query()?;
    let (_, done) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
    Act::from_name(&done)?.done().map(str::to_owned)
}

fn identity(actor: &Actor) -> Identity {
    Identity {
        name: actor.name.clone(),
        department: actor.capacity.department_name.clone(),
        role: actor.role().label(),
        can_switch: actor.held.len() > 1,
        delegations: may_open(actor, Act::DelegationRead),
    }
}
