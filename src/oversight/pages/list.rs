//! The lists of dockets: a page for each group, a tab for each of its processes, in the columns
//! that the scheme gives it. Each leaves as a file as it is drawn.

mod cells;

use std::marker::PhantomData;

use askama::Template;

use crate::access::facts::dockets::{Reach, begins, reads_all};
use crate::database::Db;
use crate::documents::leaving::Tabled;
use crate::oversight::store::found::{ROWS, Wanted, coverage, found};
use crate::paths;
use crate::scheme::Scheme;
use crate::scheme::processes::{Group, Process};
use crate::web::list::{Query, Tab};
use crate::web::page::Page;
use crate::web::table::{Cell, Kind, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use self::cells::rows;

/// A page with lists of processes.
pub trait Grouped: Send + Sync + 'static {
    /// The group's code.
    const CODE: &'static str;
    /// What the file is called.
    const NAME: &'static str;
}

macro_rules! groups {
    ($( #[doc = $about:literal] $group:ident = $code:literal, $name:literal; )*) => { $(
        #[doc = $about]
        pub struct $group;
        impl Grouped for $group {
            const CODE: &'static str = $code;
            const NAME: &'static str = $name;
        }
    )* };
}

groups! {
    #[doc = "Problems (EX-14)."]
    Problems = "problems", "问题台账";
    #[doc = "Supporting documents, readings, news (EX-16)."]
    Policies = "policies", "配套文件和口径台账";
    #[doc = "Reports."]
    Reports = "reports", "报告台账";
    #[doc = "Visits."]
    Visits = "visits", "督导台账";
    #[doc = "Audit samples and checks."]
    Audits = "audit-checks", "审计抽查台账";
}

/// A list.
#[derive(Template)]
#[template(path = "oversight/list.html")]
pub struct Listed<G: Grouped> {
    page: Page,
    form: Form,
    title: String,
    lead: String,
    code: String,
    tabs: Vec<Tab>,
    begin: Option<(String, String)>,
    rows: Table,
    more: Option<String>,
    above: Vec<Table>,
    links: Vec<(&'static str, String)>,
    notice: String,
    of: PhantomData<G>,
}

impl<G: Grouped> Tabled for Listed<G> {
    const NAME: &'static str = G::NAME;

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }

    fn filters(&self) -> Vec<String> {
        let named = ["q", "state", "level"].map(|name| self.form.value(name));
        named
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect()
    }

    fn next(&self) -> Option<String> {
        self.more.clone()
    }
}

/// The processes of a group that somebody reads or begins.
fn mine<'a>(scheme: &'a Scheme, group: &str, allowed: &Allowed) -> Vec<&'a Process> {
    let actor = allowed.actor();
    let values = scheme.campaign.values();
    let on = |process: &&Process| {
        let option = process.option.as_str();
        option.is_empty() || values.get(option).and_then(serde_json::Value::as_bool) == Some(true)
    };
    let own = |process: &&Process| {
        let role = actor.role();
        let whole = reads_all(actor, process) || begins(actor, process);
        let of_unit = role.is_unit() || role == crate::access::Role::Association;
        whole || of_unit
    };
    let all = scheme.processes.processes.iter();
    all.filter(|process| process.group == group)
        .filter(on)
        .filter(own)
        .collect()
}

fn group<'a>(scheme: &'a Scheme, code: &str) -> Option<&'a Group> {
    scheme
        .processes
        .groups
        .iter()
        .find(|group| group.code == code)
}

impl<G: Grouped> View for Listed<G> {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let mine = mine(&app.scheme, G::CODE, allowed);
        let group = group(&app.scheme, G::CODE);
        let title = group.map_or_else(|| G::NAME.to_owned(), |group| group.title.clone());
        let asked = query.get("process");
        let process = match asked {
            Some(code) => mine.iter().find(|process| process.code() == code),
            None => default(&mine),
        };
        let Some(process) = process.copied() else {
            if asked.is_some() {
                return Err(Error::Missing);
            }
            return Ok(Self::empty(allowed, title));
        };
        let (wanted, form) = wanted(query, process, form)?;
        let reach = Reach::of(allowed.actor(), &app.scheme);
        let dockets = found(db, &reach, &wanted).await?;
        let full = i64::try_from(dockets.len()).unwrap_or(0) == ROWS;
        let last = dockets
            .last()
            .filter(|_| full)
            .map(|docket| docket.id.to_string());
        Ok(Self {
            page: allowed.page(&title),
            title,
            lead: process.lead.clone(),
            code: process.code().to_owned(),
            tabs: tabs(query, &mine, process),
            begin: begins(allowed.actor(), process).then(|| {
                let href = paths::oversight::NEW.at(process.code());
                (href, format!("登记{}", process.title))
            }),
            more: last.map(|id| query.with("after", Some(&id))),
            above: above(db, app, allowed, process).await?,
            links: links(allowed, G::CODE),
            notice: opens(app, process),
            rows: rows(db, (app, allowed), (process, &dockets)).await?,
            form,
            of: PhantomData,
        })
    }
}

/// The first process that has something to say for itself: what is there for each unit, or the
/// group's own.
fn default<'a, 'b>(mine: &'b [&'a Process]) -> Option<&'b &'a Process> {
    let named = ["problem", "policy", "visit", "audit_check"];
    let first = mine.iter().find(|process| named.contains(&process.code()));
    first.or_else(|| mine.first())
}

impl<G: Grouped> Listed<G> {
    fn empty(allowed: &Allowed, title: String) -> Self {
        Self {
            page: allowed.page(&title),
            form: Form::default(),
            title,
            lead: String::new(),
            code: String::new(),
            tabs: Vec::new(),
            begin: None,
            rows: Table::told("", &[], Vec::new()),
            more: None,
            above: Vec::new(),
            links: links(allowed, G::CODE),
            notice: "没有您可以查看的内容。".to_owned(),
            of: PhantomData,
        }
    }
}

fn wanted(query: &Query, process: &Process, form: Option<Form>) -> Result<(Wanted, Form), Error> {
    let number = |name: &str| match query.get(name) {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| Error::Malformed("查询条件无法识别。")),
    };
    let one_of = |name: &str, known: &[&str]| {
        let asked = query.get(name).unwrap_or_default();
        if known.contains(&asked) {
            asked.to_owned()
        } else {
            String::new()
        }
    };
    let wanted = Wanted {
        process: process.code().to_owned(),
        search: query.search()?.unwrap_or_default().to_owned(),
        state: one_of("state", &["open", "over"]),
        unit: None,
        association: number("association")?,
        level: one_of("level", &["normal", "major"]),
        before: number("after")?,
    };
    let mut form = form.unwrap_or_default();
    form.set("q", &wanted.search);
    form.set("state", &wanted.state);
    form.set("level", &wanted.level);
    Ok((wanted, form))
}

fn tabs(query: &Query, mine: &[&Process], current: &Process) -> Vec<Tab> {
    if mine.len() < 2 {
        return Vec::new();
    }
    let bare = |process: &Process| {
        let path = query.with("process", Some(process.code()));
        // A tab begins its list anew: what narrowed the other one does not fit here.
        let start = path.split('?').next().unwrap_or_default().to_owned();
        format!("{start}?process={}", process.code())
    };
    mine.iter()
        .map(|process| Tab {
            label: process.title.clone(),
            count: None,
            href: bare(process),
            current: process.code() == current.code(),
        })
        .collect()
}

/// What stands beside the list on pages of their own.
fn links(allowed: &Allowed, group: &str) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    if group == "reports" {
        all.push(("完成情况表", paths::closing::COMPLETION.to_string()));
    }
    if group == "audit-checks" {
        all.push(("财政资金使用情况", paths::oversight::FUNDS.to_string()));
    }
    all.retain(|(_, href)| allowed.opens(href));
    all
}

/// From which day on it is there, where that day is still to come.
fn opens(app: &App, process: &Process) -> String {
    let from = app.scheme.day(&process.from);
    let to_come = from.filter(|from| *from > app.clock.today());
    to_come.map_or_else(String::new, |from| {
        format!("{}自{from}起填报。", process.title)
    })
}

/// What is shown above the list.
async fn above(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    process: &Process,
) -> Result<Vec<Table>, Error> {
    let mut found = Vec::new();
    for name in &process.above {
        match name.as_str() {
            "basis" => {
                let rows = app.scheme.campaign.basis.iter();
                let rows = rows.map(|text| vec![Cell::plain(text)]).collect();
                found.push(Table::told("方案的依据", &[("文件", Kind::Words)], rows));
            }
            "coverage" => {
                let role = allowed.actor().role();
                let unit = role.is_unit().then(|| allowed.actor().department().0);
                let rows = coverage(db, unit).await?;
                let (all, visited) = (
                    rows.len(),
                    rows.iter().filter(|row| row.visited > 0).count(),
                );
                let caption = format!("督导覆盖（已走访{visited}个单位，共{all}个）");
                let rows = rows.into_iter().map(|row| {
                    vec![
                        row.unit.into(),
                        row.listed.into(),
                        row.visited.into(),
                        row.last.into(),
                    ]
                });
                let heads = [
                    ("业务主管单位", Kind::Words),
                    ("名单内协会", Kind::Figure),
                    ("已走访", Kind::Figure),
                    ("最近走访签批", Kind::Short),
                ];
                found.push(Table::told(caption, &heads, rows.collect()));
            }
            _ => {}
        }
    }
    Ok(found)
}
