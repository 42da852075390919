//! Whom a changed parameter concerns (TC-51): the rules on posts under the old and
//! under the new value. After a change a list to act on; before it a look ahead.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use serde_json::Value;

use crate::access::Scope;
use crate::database::Db;
use crate::database::parameters::changes_on;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Difference, Holder, Limits, differences, lacks};
use crate::posts::store::affected::Surveyed;
use crate::posts::store::{self, Home, affected};
use crate::scheme::parameters::{self, OF_POSTS, Parameter, Values};
use crate::scheme::persons::PEOPLE;
use crate::scheme::{Answers, Choice};
use crate::settings::pages::typed::{choices, input, read};
use crate::web::list::{Pager, Query, ROWS};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

const COUNTS: &[Column<CountView>] = &[
    table::words("协会", |count: &CountView| {
        let address = paths::registry::ASSOCIATION.at(count.association);
        Cell::link(address, &count.name)
    })
    .head(),
    table::words("业务主管单位", |count: &CountView| {
        Cell::plain(&count.unit)
    }),
    table::figures("结论不同", |count: &CountView| {
        format!("{}人", count.people).into()
    }),
    table::figures("日期未填，无法比对", |count: &CountView| {
        format!("{}人", count.unknown).into()
    }),
];

const UNKNOWN: &[Column<RowView>] = &[
    table::words("人员", |row: &RowView| {
        let name = &row.difference.holder.name;
        match &row.href {
            Some(href) => Cell::link(href, name),
            None => Cell::plain(name),
        }
    })
    .head(),
    table::words("协会", |row: &RowView| {
        Cell::link(paths::registry::ASSOCIATION.at(row.association), &row.name)
    }),
    table::words("业务主管单位", |row: &RowView| Cell::plain(&row.unit)),
];

/// The list after the last change, or what a change would bring: `value` and
/// `effective_on` in the address.
#[derive(Template)]
#[template(path = "posts/affected.html")]
pub struct AffectedPage {
    page: Page,
    form: Form,
    title: String,
    parameter: &'static Parameter,
    input: &'static str,
    choices: Vec<Choice>,
    asked: bool,
    change: Option<String>,
    total: usize,
    rows: Vec<RowView>,
    counts: Table,
    unknown: Table,
    pager: Pager,
}

/// A person, for those who may read them.
struct RowView {
    association: AssociationId,
    name: String,
    unit: String,
    href: Option<String>,
    difference: Difference,
}

/// An association, for the others.
struct CountView {
    association: AssociationId,
    name: String,
    unit: String,
    people: usize,
    unknown: usize,
}

/// A change: made already, or only thought of.
struct Change {
    day: NaiveDate,
    old: Values,
    new: Values,
}

/// The people in the associations within a person's reach.
struct People {
    homes: BTreeMap<AssociationId, Home>,
    holders: Vec<Holder>,
    namesakes: Vec<Holder>,
}

impl View for AffectedPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let name = allowed.param("parameter")?;
        let parameter = parameters::named(name)
            .filter(|parameter| OF_POSTS.contains(&parameter.name))
            .ok_or(Error::Missing)?;
        let asked = query.get("value").is_some() || query.get("effective_on").is_some();
        let mut form = Form::default();
        let change = if asked {
            for field in ["value", "effective_on"] {
                form.set(field, query.get(field).unwrap_or_default());
            }
            thought_of(db, app, parameter, &mut form).await?
        } else {
            made(db, app, parameter).await?
        };
        let label = parameter.label;
        let title = if asked {
            format!("修改“{label}”的影响（预览）")
        } else {
            format!("“{label}”修改后受影响的人员")
        };
        let mut view = Self {
            page: allowed.page(title.clone()),
            form,
            title,
            input: input(parameter.kind),
            choices: choices(parameter),
            asked,
            change: change.as_ref().map(|change| sentence(parameter, change)),
            total: 0,
            rows: Vec::new(),
            counts: Table::default(),
            unknown: Table::default(),
            pager: Pager::default(),
            parameter,
        };
        if let Some(change) = change {
            let people = people(db, allowed).await?;
            fill(&mut view, (app, allowed), &change, &people);
        }
        Ok(view)
    }
}

/// Shows names only to those who may read them, numbers to the others.
fn fill(
    view: &mut AffectedPage,
    (app, allowed): (&App, &Allowed),
    change: &Change,
    people: &People,
) {
    let found = compare(app, change, people);
    view.total = found.len();
    let unknown = untold(view.parameter, people);
    let found = found.into_iter().map(|each| (each, true));
    let all = found.chain(unknown.into_iter().map(|each| (each, false)));
    let mut counts: BTreeMap<AssociationId, CountView> = BTreeMap::new();
    let mut incomparable = Vec::new();
    for (difference, concerned) in all {
        let Some(home) = people.homes.get(&difference.holder.association) else {
            continue;
        };
        if allowed.actor().reads_persons_of(home.department_id) {
            let rows = if concerned {
                &mut view.rows
            } else {
                &mut incomparable
            };
            rows.push(row(home, difference));
        } else {
            let count = counts.entry(home.id).or_insert_with(|| CountView {
                association: home.id,
                name: home.name.clone(),
                unit: home.department.clone(),
                people: 0,
                unknown: 0,
            });
            count.people += usize::from(concerned);
            count.unknown += usize::from(!concerned);
        }
    }
    let actor = allowed.actor();
    view.counts = Table::of("各协会受影响的人数", actor, COUNTS, counts.values()).scrolled();
    view.unknown = Table::of("日期未填的人员", actor, UNKNOWN, &incomparable).scrolled();
    page_of(view, allowed.query());
}

/// The people whom the change concerns.
fn compare(app: &App, change: &Change, people: &People) -> Vec<Difference> {
    let limits = |values: &Values| Limits::of(&app.scheme.campaign.under(values).parameters);
    let (old, new) = (limits(&change.old), limits(&change.new));
    // Who was concerned by a change of the past is told as of today.
    let day = change.day.max(app.clock.today());
    let homes = people.homes.values();
    let cleared = homes
        .filter_map(|home| Some((home.id, home.cleared_on?)))
        .collect();
    let limits = (&old, &new, day);
    differences(&people.holders, &people.namesakes, limits, &cleared)
}

/// The people of whom nobody can say: what the parameter judges by is not filled in.
fn untold(parameter: &Parameter, people: &People) -> Vec<Difference> {
    let holders = people.holders.iter();
    holders
        .filter(|holder| lacks(holder, parameter.name))
        .map(|holder| Difference {
            holder: holder.clone(),
            before: Vec::new(),
            after: Vec::new(),
        })
        .collect()
}

/// One page of the rows.
fn page_of(view: &mut AffectedPage, query: &Query) {
    let key = |row: &RowView| {
        (
            row.unit.clone(),
            row.association,
            row.difference.holder.number,
        )
    };
    view.rows.sort_by_key(key);
    let total = i64::try_from(view.rows.len()).unwrap_or(i64::MAX);
    let size = |number: i64| usize::try_from(number).unwrap_or(0);
    let (skip, take) = (size(Pager::offset(query, total)), size(ROWS));
    view.pager = Pager::new(query, total);
    view.rows = std::mem::take(&mut view.rows)
        .into_iter()
        .skip(skip)
        .take(take)
        .collect();
}

fn row(home: &Home, difference: Difference) -> RowView {
    let holder = &difference.holder;
    RowView {
        association: home.id,
        name: home.name.clone(),
        unit: home.department.clone(),
        // People of a survey have no page of their own yet.
        href: (holder.id > 0).then(|| paths::posts::POST.at(home.id, holder.id)),
        difference,
    }
}

/// Everybody on a register; of associations that have none yet, by the confirmed survey.
async fn people(db: &mut Db, allowed: &Allowed) -> Result<People, Error> {
    let scope = Scope::of(allowed.actor());
    let mut homes = store::homes(db, scope).await?;
    let mut holders = store::all(db, scope).await?;
    for surveyed in affected::surveyed(db, scope).await? {
        let (home, people) = of_survey(surveyed);
        homes.push(home);
        holders.extend(people);
    }
    let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
    Ok(People {
        namesakes: store::namesakes(db, &names).await?,
        homes: homes.into_iter().map(|home| (home.id, home)).collect(),
        holders,
    })
}

fn of_survey(surveyed: Surveyed) -> (Home, Vec<Holder>) {
    let mut answers = Answers::default();
    answers.set(PEOPLE, Some(surveyed.people));
    let people = answers
        .rows(PEOPLE)
        .iter()
        .filter_map(Holder::of_survey)
        .map(|holder| Holder {
            association: surveyed.id,
            ..holder
        })
        .collect();
    let home = Home {
        id: surveyed.id,
        name: surveyed.name,
        department_id: surveyed.department_id,
        department: surveyed.department,
        cleared_on: None,
    };
    (home, people)
}

/// The last change of this parameter, all others as they are from that day on.
async fn made(db: &mut Db, app: &App, parameter: &Parameter) -> Result<Option<Change>, Error> {
    let last = affected::last_change(db, parameter.name).await?;
    Ok(last.map(|last| {
        let values =
            |changes: Value| -> Values { serde_json::from_value(changes).unwrap_or_default() };
        let (mut before, new) = (values(last.before), values(last.after));
        let mut old = new.clone();
        match before.remove(parameter.name) {
            Some(value) => old.insert(parameter.name.to_owned(), value),
            None => old.remove(parameter.name),
        };
        let all = |changes: &Values| app.scheme.campaign.under(changes).values();
        Change {
            day: last.day,
            old: all(&old),
            new: all(&new),
        }
    }))
}

/// Another value from a day on; none where it is not well said, with the messages.
async fn thought_of(
    db: &mut Db,
    app: &App,
    parameter: &'static Parameter,
    form: &mut Form,
) -> Result<Option<Change>, Error> {
    let values = read(form, parameter);
    let day = form
        .date("effective_on", "生效日期")
        .required("请填写生效日期。");
    let (Ok(clean), Some(values)) = (form.done(), values) else {
        return Ok(None);
    };
    let day = day.take(&clean);
    let changes = changes_on(db.connection(), app.database.campaign(), day).await?;
    let old = app.scheme.campaign.under(&changes).values();
    let mut new = old.clone();
    new.extend(
        values(&clean)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    if let Some(why) = app.scheme.campaign.under(&new).parameters.contradiction() {
        form.fail("value", parameter.label, why);
        return Ok(None);
    }
    Ok(Some(Change { day, old, new }))
}

fn sentence(parameter: &Parameter, change: &Change) -> String {
    format!(
        "{}由{}改为{}，自{}起执行。",
        parameter.label,
        parameter.show(&change.old),
        parameter.show(&change.new),
        change.day
    )
}
