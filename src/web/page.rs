//! What the layout needs, and how a view becomes an answer.

use std::sync::Arc;

use askama::Template;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{Datelike as _, NaiveDate};

use crate::access::{Act, Actor, Decision, Facts, Role, decide};
use crate::clock::chinese_date;
use crate::scheme::Scheme;
use crate::scheme::words::Words;

use super::{App, Error, Program, static_files};

/// An entry of the main menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The page is under it.
    pub current: bool,
    /// How many things wait there.
    pub count: Option<usize>,
}

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

/// A phase of the campaign in the bar on top.
#[derive(Debug, Clone)]
pub struct PhaseMark {
    /// 一 准备阶段.
    pub label: String,
    /// 8月9日—9月30日.
    pub dates: String,
    /// `past`, `now` or `coming`.
    pub state: &'static str,
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
    scheme: Arc<Scheme>,
    identity: Option<Identity>,
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
                scheme: Arc::clone(scheme),
                identity: None,
            },
        }
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

impl Page {
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
    Ok((status, Html(view.render()?)).into_response())
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

fn may_open(actor: &Actor, act: Act) -> bool {
    decide(actor, act, &Facts::default()) == Decision::Allow
}

/// The menu in the order of the campaign; only what the person may open.
fn menu(actor: &Actor, path: &str) -> Vec<MenuEntry> {
    let entries = [
        ("/", "工作台", Act::WorkbenchRead),
        ("/associations", "协会台账", Act::RegistryList),
        ("/roster", "脱钩名单", Act::RosterRead),
        ("/approvals", "方案审批", Act::ApprovalList),
        ("/posts", "任职清理", Act::PostsOverview),
        ("/dashboard", "进展看板", Act::DashboardRead),
        ("/statistics", "统计", Act::StatisticsRead),
        ("/exits", "协会退出", Act::ExitRead),
        ("/timeline", "工作进度", Act::TimelineRead),
        ("/reminders", "催办督办", Act::ReminderList),
        ("/assets", "资产财务", Act::AssetsSurvey),
        ("/workgroups", "工作组", Act::WorkgroupRead),
        ("/departments", "单位", Act::DepartmentList),
        ("/accounts", "账号", Act::AccountList),
        ("/settings", "参数设置", Act::SettingsRead),
        ("/audit", "审计记录", Act::AuditRead),
    ];
    entries
        .into_iter()
        .filter(|(_, _, act)| may_open(actor, *act))
        .map(|(href, label, act)| MenuEntry {
            href,
            label: if act == Act::RegistryList && actor.role() == Role::Association {
                "本协会"
            } else {
                label
            },
            current: if href == "/" {
                path == "/"
            } else {
                path == href || path.starts_with(&format!("{href}/"))
            },
            count: None,
        })
        .collect()
}

fn phases(app: &App, today: NaiveDate) -> Vec<PhaseMark> {
    let phases = app.scheme.phases();
    // Years are written where the campaign goes over more than one.
    let year = |day: NaiveDate| Some(day.year());
    let first = phases.first().and_then(|(_, from, _)| year(*from));
    let one_year = phases.iter().all(|(_, _, to)| year(*to) == first);
    let form = if one_year {
        "%-m月%-d日"
    } else {
        "%Y年%-m月%-d日"
    };
    phases
        .into_iter()
        .map(|(label, from, to)| PhaseMark {
            label,
            dates: format!("{}—{}", from.format(form), to.format(form)),
            state: if today > to {
                "past"
            } else if today < from {
                "coming"
            } else {
                "now"
            },
        })
        .collect()
}
