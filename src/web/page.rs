//! What the layout needs, and how a view becomes an answer.

mod called;
mod files;
mod identity;
mod menu;
mod phases;
mod raise;
mod way;

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use crate::access::session::Token;
use crate::access::{Act, Actor, Decision, Facts, Seen, decide};
use crate::clock::chinese_date;
use crate::scheme::Scheme;
use crate::scheme::campaign::Sentence;
use crate::scheme::words::Words;

use super::guide::{self, Guide};
use super::hands::{Hands, Here};
use super::marks::Marks;
use super::now::Now;
use super::seal::Sealing;
use super::trail::Trail;
use super::{App, Error, Program, scripts, static_files};

use menu::{counted, may_open, menu};
use phases::phase;
use way::way;

pub use identity::Identity;
pub use menu::{MenuEntry, WAITING};
pub use phases::PhaseMark;
pub use way::Step;

/// Largest page that is sent, in bytes.
const PAGE_BYTES: usize = 2 * 1024 * 1024;

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
    /// 2018-11-22.
    pub day: NaiveDate,
    /// The demonstration campaign is shown.
    pub demo: bool,
    /// The name of the campaign's platform.
    pub campaign: String,
    /// What was just done.
    pub flash: Option<String>,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// The phase that the campaign is in.
    pub phase: Option<PhaseMark>,
    /// The head offers a search.
    pub search: bool,
    /// What stopped an act, above everything else.
    pub alarm: Option<String>,
    /// The page is shown again because something in it must be mended.
    failed: bool,
    /// The association that the address names.
    association: Option<String>,
    /// The way back above the title.
    pub way: Vec<Step>,
    /// The page's list as files: address, and what it is called.
    pub files: Vec<(String, &'static str)>,
    guide: Option<&'static Guide>,
    scheme: Arc<Scheme>,
    identity: Option<Identity>,
    sealing: Option<Sealing>,
    kept: Option<Kept>,
    base: Arc<OnceLock<String>>,
    around: Hands,
    /// Where a problem is raised from this page; none: it is about no association.
    pub raise: Option<String>,
    /// What is to be done with the page's matter.
    pub(super) now: Option<Now>,
}

impl PageSeed {
    /// The layout's needs for a person at an address.
    #[must_use]
    pub fn new(app: &App, actor: Option<&Actor>, uri: &Uri) -> Self {
        let mut seed = Self::of(app, &app.scheme, uri);
        if let Some(actor) = actor {
            seed.page.menu = menu(actor, uri.path());
            seed.page.phase = phase(&app.scheme, app.clock.today());
            seed.page.search = may_open(actor, Act::RegistryList);
            seed.page.identity = Some(Identity::of(actor));
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
                day: program.clock.today(),
                demo: program.demonstration,
                campaign: format!("{}行业协会商会脱钩工作平台", scheme.campaign.region_name),
                flash: flash(uri),
                menu: Vec::new(),
                phase: None,
                search: false,
                alarm: None,
                failed: false,
                raise: None,
                association: None,
                way: Vec::new(),
                files: Vec::new(),
                guide: None,
                scheme: Arc::clone(scheme),
                identity: None,
                sealing: None,
                kept: None,
                base: Arc::default(),
                around: Hands::default(),
                now: None,
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
    pub(super) fn lies(&mut self, here: Here, (actor, path): (&Actor, &str)) {
        self.page.now = Some(Now::of(&here.hands, actor, path));
        self.page.around = here.around;
    }

    /// In whose hands what is around the page's matter is: its lists say so of each row.
    pub(super) fn around(&self) -> Hands {
        self.page.around.clone()
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

    /// Says at which address the page is, of which association, and what leads back.
    pub(super) fn stand(
        &mut self,
        (pattern, path): (&str, &str),
        (actor, facts): (&Actor, &Facts),
        trail: &Trail,
    ) {
        self.page.association.clone_from(&facts.association_name);
        self.page.guide = guide::page(pattern);
        if let Some(page) = self.page.guide {
            let may = |act| decide(actor, act, facts) == Decision::Allow;
            let way = way(page, path, (self.page.short(), trail), may);
            self.page.way = way;
        }
    }

    /// Says that the page is shown again because something in it must be mended.
    pub(super) fn fail(&mut self) {
        self.page.failed = true;
    }

    /// Says how many matters of each kind wait for the person: the menu counts them.
    pub(super) fn wait(&mut self, waiting: &[(String, i64)]) {
        counted(&mut self.page.menu, waiting);
    }

    /// The page under a title of what it shows, and of whose it is.
    #[must_use]
    pub fn page_of(&self, title: &str, whose: &str) -> Page {
        self.page(format!("{title} · {whose}"))
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

    /// What stands in the browser's tab: the object first, then whose it is.
    #[must_use]
    pub fn head_title(&self) -> String {
        let failed = if self.failed || self.alarm.is_some() {
            "错误："
        } else {
            ""
        };
        let title = &self.title;
        match self.short() {
            Some(short) if !title.contains(short) => {
                format!("{failed}{title} · {short} · {}", self.campaign)
            }
            _ => format!("{failed}{title} · {}", self.campaign),
        }
    }

    /// The short name of the association in the address.
    #[must_use]
    pub fn short(&self) -> Option<&str> {
        let name = self.association.as_deref()?;
        Some(self.scheme.campaign.short(name))
    }

    /// Of whom a printed page is: the association, else the department that prints it.
    #[must_use]
    pub fn of_whom(&self) -> &str {
        let own = self.identity.as_ref().map(|who| who.department.as_str());
        self.association
            .as_deref()
            .or(own)
            .unwrap_or(&self.campaign)
    }

    /// What is told of the page in the help.
    #[must_use]
    pub const fn guide(&self) -> Option<&'static Guide> {
        self.guide
    }

    /// What the scheme says of what the page serves.
    #[must_use]
    pub fn sentence(&self) -> Option<&Sentence> {
        self.scheme.campaign.sentence(self.guide?.topic)
    }

    /// Whether the page ends with the line for signatures on paper.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.guide.is_some_and(|page| page.signed)
    }

    /// In whose hands everything around the page's matter is.
    pub(super) const fn around(&self) -> &Hands {
        &self.around
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

    /// Address of the script of every page.
    #[must_use]
    pub fn js(&self) -> String {
        static_files::address("base.js")
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
    Ok((status, Html(scripts::added(body))).into_response())
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
