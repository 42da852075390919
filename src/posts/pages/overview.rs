//! The district's picture (DB-7, ST-7): people by category and what has become of
//! them; every number opens its rows for those who may read them.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Judged, Limits, POST, Severity, Standing, judge};
use crate::posts::store::{self, Home};
use crate::scheme::Choice;
use crate::scheme::persons::PersonCategory;
use crate::web::hands::{self, Asked, Hand};
use crate::web::list::{Chip, Pager, Query, ROWS};
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
    standings: Vec<Choice>,
    lights: Vec<Choice>,
    units: Vec<Choice>,
}

const COLUMNS: &[Column<Row>] = &[
    table::words("姓名", |row: &Row| {
        let holder = row.holder();
        Cell::link(
            paths::posts::POST.at(holder.association, holder.id),
            &holder.name,
        )
    })
    .head(),
    table::words("协会", |row: &Row| {
        Cell::link(paths::posts::POSTS.at(row.holder().association), &row.home).under(&row.unit)
    }),
    table::words("类别", |row: &Row| row.judged.category.label().into()),
    table::words("协会职务", |row: &Row| {
        Cell::plain(row.post).under(row.kind)
    }),
    table::words("预警", |row: &Row| match row.judged.findings.first() {
        Some(first) if first.severity != Severity::Info => {
            Cell::tag(first.severity).under(first.rule)
        }
        _ => Cell::Empty,
    }),
    table::words("本人情况", |row: &Row| {
        let first = row.judged.findings.first();
        first.map(|first| &first.reason).cloned().into()
    }),
    table::words("下次变化", |row: &Row| next(row.next())),
    table::words("处置", |row: &Row| {
        let standing = Cell::plain(row.judged.standing.label());
        match row.holder().done_on() {
            Some(day) => standing.under(day.to_string()),
            None => standing,
        }
    }),
];

const FILTERS: [&str; 4] = ["category", "standing", "light", "unit"];

fn category_label(value: &str) -> &'static str {
    let mut all = PersonCategory::ALL.into_iter();
    let found = all.find(|category| key(*category) == value);
    found.map_or("", PersonCategory::label)
}

fn light_label(value: &str) -> &'static str {
    match value {
        "red" => "须处理",
        _ => "提醒",
    }
}

fn light(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Red) => "red",
        Some(Severity::Yellow) => "yellow",
        _ => "none",
    }
}

fn fits(query: &Query, judged: &Judged, home: Option<&Home>) -> bool {
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted == value);
    is("category", key(judged.category))
        && is("standing", judged.standing.key())
        && is("light", light(judged.severity))
        && is("unit", home.map_or("", |home| home.department.as_str()))
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let scope = Scope::of(allowed.actor());
        let names = allowed
            .actor()
            .reads_persons_of(allowed.actor().department());
        let limits = Limits::of(&app.scheme.campaign.parameters);
        let homes: BTreeMap<AssociationId, Home> = store::homes(db, scope)
            .await?
            .into_iter()
            .map(|home| (home.id, home))
            .collect();
        let holders = store::all(db, scope).await?;
        let called: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
        let namesakes = store::namesakes(db, &called).await?;
        let cleared = homes
            .values()
            .filter_map(|home| Some((home.id, home.cleared_on?)))
            .collect();
        let judged = judge(&holders, namesakes, (&limits, app.clock.today()), &cleared);
        let (tally, people) = (TallyView::new(&judged, names), judged.len());
        let chips = chips(query);
        let mut chosen: Vec<Judged> = judged
            .into_iter()
            .filter(|each| names && fits(query, each, homes.get(&each.holder.association)))
            .collect();
        chosen.sort_by_key(|each| std::cmp::Reverse(each.severity));
        let total = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        let (skip, take) = (Pager::offset(query, total), ROWS);
        let size = |number: i64| usize::try_from(number).unwrap_or(0);
        let rows: Vec<Row> = chosen
            .into_iter()
            .skip(size(skip))
            .take(size(take))
            .map(|each| {
                let home = homes.get(&each.holder.association);
                let home = home.map(|home| (home.name.clone(), home.department.clone()));
                Row::new(each, home.unwrap_or_default(), &limits)
            })
            .collect();
        let held = held(db, (app, allowed), &rows).await?;
        Ok(Self {
            page: allowed.page("任职清理"),
            form: filled(query),
            pager: Pager::new(query, total),
            registers: homes.len(),
            categories: choices(&PersonCategory::ALL.map(key), category_label),
            standings: Choice::of::<Standing>(),
            lights: choices(&["red", "yellow"], light_label),
            units: units(&homes),
            tally,
            people,
            names,
            rows: Table::of("人员名册", allowed.actor(), COLUMNS, &rows)
                .held(held)
                .scrolled(),
            chips,
        })
    }
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

fn units(homes: &BTreeMap<AssociationId, Home>) -> Vec<Choice> {
    let names = homes.values().map(|home| home.department.as_str());
    let names: Vec<&str> = names.collect::<BTreeSet<&str>>().into_iter().collect();
    choices(&names, |name| name)
}

fn filled(query: &Query) -> Form {
    let mut form = Form::default();
    for name in FILTERS {
        form.set(name, query.get(name).unwrap_or_default());
    }
    form
}

fn chips(query: &Query) -> Vec<Chip> {
    let label = |name: &str, value: &str| match name {
        "category" => format!("类别：{}", category_label(value)),
        "standing" => {
            let standing = Standing::from_key(value).map_or("", Standing::label);
            format!("处置：{standing}")
        }
        "light" => format!("预警：{}", light_label(value)),
        _ => format!("业务主管单位：{value}"),
    };
    let chip = |name: &str| {
        Some(Chip {
            label: label(name, query.get(name)?),
            href: query.without(name),
        })
    };
    FILTERS.into_iter().filter_map(chip).collect()
}
