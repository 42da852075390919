//! The district's picture (DB-7, ST-7): people by category and what has become of
//! them; every number opens its rows for those who may read them.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::access::{Act, Scope};
use crate::accounts::pages::narrowed;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Judged, Limits, POST, Severity, Standing, judge};
use crate::posts::store::{self, Home};
use crate::registry::names;
use crate::scheme::Choice;
use crate::scheme::persons::PersonCategory;
use crate::web::hands::{self, Asked, Hand};
use crate::web::list::{Chip, Pager, Query, ROWS, Tab};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::{Row, TallyView, choices, key, next};

/// The picture and the rows chosen.
#[derive(Template)]
#[template(path = "posts/overview.html")]
pub struct OverviewPage {
    page: Page,
    form: Form,
    tally: TallyView,
    registers: usize,
    people: usize,
    names: bool,
    rows: Table,
    chips: Vec<Chip>,
    pager: Pager,
    categories: Vec<Choice>,
    tabs: Vec<Tab>,
    units: Vec<Choice>,
}

const COLUMNS: &[Column<Row>] = &[
    table::words("姓名、职务", |row: &Row| {
        let holder = row.holder();
        let at = paths::posts::POST.at(holder.association, holder.id);
        Cell::link(at, &holder.name).under(format!("{}（{}）", row.post, row.kind))
    })
    .head(),
    table::words("协会", |row: &Row| {
        Cell::link(paths::posts::POSTS.at(row.holder().association), &row.home).under(&row.unit)
    }),
    table::words("判定与依据", verdict),
    table::short("处置", |row: &Row| {
        let standing = Cell::plain(row.judged.standing.label());
        match row.holder().done_on() {
            Some(day) => standing.under(day.to_string()),
            None => standing,
        }
    }),
    table::words("下次变化", |row: &Row| next(row.next())),
];

/// What the rules say, the category, and why; the rule's own number last.
fn verdict(row: &Row) -> Cell {
    let category = Cell::plain(row.judged.category.label());
    let Some(first) = row.judged.findings.first() else {
        return category;
    };
    let why = Cell::Sub(format!("{}（{}）", first.reason, first.rule));
    match first.severity {
        Severity::Info => [category, why].into(),
        severity => [Cell::mark(severity), Cell::plain(" "), category, why].into(),
    }
}

/// A view of the list: its key, what it is called, who is in it.
pub(super) type Shown = (&'static str, &'static str, fn(&Judged) -> bool);

/// What the list is opened on, with the number of each: those to act on first.
pub(super) const VIEWS: [Shown; 6] = [
    ("must", "须处理", Judged::is_pressing),
    ("warn", "提醒", |each| {
        each.severity == Some(Severity::Warn)
    }),
    ("open", "待清理", |each| each.standing == Standing::Open),
    ("cleared", "已清理", |each| each.standing.is_cleared()),
    ("free", Standing::Free.label(), |each| {
        each.standing == Standing::Free
    }),
    ("all", "全部", |_| true),
];

/// The view that is asked for; else the first that has somebody in it, unless the address
/// narrows the list in another way.
fn view(query: &Query, judged: &[Judged]) -> usize {
    let all = VIEWS.len() - 1;
    let named = |wanted: &str| VIEWS.iter().position(|view| view.0 == wanted);
    if let Some(asked) = query.get("view").and_then(named) {
        return asked;
    }
    if NARROW.iter().any(|name| query.get(name).is_some()) {
        return all;
    }
    let first = VIEWS.iter().position(|view| judged.iter().any(view.2));
    first.filter(|place| *place < 3).unwrap_or(all)
}

const FILTERS: [&str; 4] = ["category", "standing", "light", "unit"];
/// What shows the rows behind a number of the table of categories.
const NARROW: [&str; 3] = ["category", "standing", "light"];

fn category_label(value: &str) -> &'static str {
    let mut all = PersonCategory::ALL.into_iter();
    let found = all.find(|category| key(*category) == value);
    found.map_or("", PersonCategory::label)
}

fn light_label(value: &str) -> &'static str {
    match value {
        "must" => "须处理",
        _ => "提醒",
    }
}

fn light(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Must) => "must",
        Some(Severity::Warn) => "warn",
        _ => "none",
    }
}

pub(super) fn fits(query: &Query, judged: &Judged, home: Option<&Home>) -> bool {
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted == value);
    is("category", key(judged.category))
        && is("standing", judged.standing.key())
        && is("light", light(judged.severity))
        && is("unit", home.map_or("", |home| home.department.as_str()))
}

impl OverviewPage {
    /// What goes on narrowing the list when it is filtered.
    const fn kept() -> [&'static str; 3] {
        ["view", "standing", "light"]
    }
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let scope = Scope::of(allowed.actor());
        let reads = allowed
            .actor()
            .reads_persons_of(allowed.actor().department());
        let limits = Limits::of(&app.scheme.campaign.parameters);
        let homes: BTreeMap<AssociationId, Home> = store::homes(db, scope)
            .await?
            .into_iter()
            .map(|home| (home.id, home))
            .collect();
        let holders = store::all(db, scope).await?;
        let people: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
        let namesakes = store::namesakes(db, &people).await?;
        let cleared = homes
            .values()
            .filter_map(|home| Some((home.id, home.cleared_on?)))
            .collect();
        let judged = judge(&holders, namesakes, (&limits, app.clock.today()), &cleared);
        let (tally, people) = (TallyView::new(&judged, reads), judged.len());
        let chips = chips(query);
        let mut chosen = judged;
        chosen.retain(|each| reads && fits(query, each, homes.get(&each.holder.association)));
        let shown = view(query, &chosen);
        let tabs = tabs(query, &chosen, shown);
        let (_, _, meant) = VIEWS.get(shown).copied().unwrap_or(("", "", |_| true));
        chosen.retain(meant);
        chosen.sort_by_key(|each| std::cmp::Reverse(each.severity));
        let total = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        let (skip, take) = (Pager::offset(query, total), ROWS);
        let size = |number: i64| usize::try_from(number).unwrap_or(0);
        let region = &app.scheme.campaign.region_name;
        let rows: Vec<Row> = (chosen.into_iter().skip(size(skip)).take(size(take)))
            .map(|each| {
                let home = homes.get(&each.holder.association);
                let home = home.map(|home| called(home, region));
                Row::new(each, home.unwrap_or_default(), &limits)
            })
            .collect();
        let held = held(db, (app, allowed), &rows).await?;
        Ok(Self {
            page: page(allowed),
            form: filled(query),
            pager: Pager::new(query, total),
            registers: homes.len(),
            categories: choices(&PersonCategory::ALL.map(key), category_label),
            tabs,
            units: units(&homes),
            tally,
            people,
            names: reads,
            rows: Table::of("人员名册", allowed.actor(), COLUMNS, &rows).held(held),
            chips,
        })
    }
}

/// The frame: the file is offered to whom it is given.
fn page(allowed: &Allowed) -> Page {
    let mut page = allowed.page("任职清理");
    if !allowed.may(Act::PostsTake) {
        page.files.clear();
    }
    page
}

/// An association and its unit as the list has them.
fn called(home: &Home, region: &str) -> (String, String) {
    let name = names::short(&home.name, region).to_owned();
    (name, home.department.clone())
}

/// Who has what is to be done about each of these people.
async fn held(
    db: &mut Db,
    look: (&App, &Allowed),
    rows: &[Row],
) -> Result<Vec<Option<Hand>>, sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.holder().id).collect();
    let hands = hands::listed(db, look, Asked::Cases(&[POST], &ids)).await?;
    Ok(ids.iter().map(|id| hands.of(POST, *id)).collect())
}

fn tabs(query: &Query, judged: &[Judged], shown: usize) -> Vec<Tab> {
    let tab = |(place, (key, label, meant)): (usize, &Shown)| Tab {
        label: (*label).to_owned(),
        count: Some(judged.iter().filter(|each| meant(each)).count()),
        href: query.with("view", Some(key)),
        current: place == shown,
    };
    VIEWS.iter().enumerate().map(tab).collect()
}

fn units(homes: &BTreeMap<AssociationId, Home>) -> Vec<Choice> {
    let names = homes.values().map(|home| home.department.as_str());
    let names: Vec<&str> = names.collect::<BTreeSet<&str>>().into_iter().collect();
    choices(&names, |name| name)
}

fn filled(query: &Query) -> Form {
    let mut form = Form::default();
    for name in FILTERS.into_iter().chain(["view"]) {
        form.set(name, query.get(name).unwrap_or_default());
    }
    form
}

pub(super) fn chips(query: &Query) -> Vec<Chip> {
    let label = |name: &str, value: &str| match name {
        "category" => format!("类别：{}", category_label(value)),
        "standing" => {
            let standing = Standing::from_key(value).map_or("", Standing::label);
            format!("处置：{standing}")
        }
        "light" => format!("预警：{}", light_label(value)),
        _ => narrowed::said(value),
    };
    let chip = |name: &str| {
        Some(Chip {
            label: label(name, query.get(name)?),
            href: query.without(name),
        })
    };
    FILTERS.into_iter().filter_map(chip).collect()
}
