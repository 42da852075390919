//! The picture of the whole (DB-1): how many associations are through, which is late longest,
//! units by track with those late longest first, the trend by week. A number opens its rows.

use askama::Template;

use crate::access::{Act, Case as _};
use crate::dashboard::chart::{self, Week};
use crate::dashboard::store::figures::{items_of, resolved_days};
use crate::dashboard::store::units::{self, Unit};
use crate::database::Db;
use crate::figures::Set;
use crate::figures::arithmetic::percent;
use crate::figures::store as figures;
use crate::figures::store::late::{self, Worst};
use crate::paths;
use crate::progress::rules::Item;
use crate::registry::names;
use crate::registry::rules::Stage;
use crate::web::figure::Figure;
use crate::web::hands::{self, Asked, Hand, Hands};
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{self, Cell as Shown, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;
use crate::words::mark::days as in_words;

use super::grid::{Cell, GridRow, Tracks};
use super::told::{Told, days, five, paged, reach};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/overview.html")]
pub struct OverviewPage {
    page: Page,
    cards: Vec<Card>,
    overall: Cell,
    stages: Vec<(&'static str, Figure)>,
    /// Of the list as it stands, without who has left, so many per cent are through.
    through: String,
    active: Figure,
    /// Who is late longest: association and days.
    first: Option<LateRow>,
    worst: Table,
    units: Vec<UnitRow>,
    sums: Vec<Figure>,
    pager: Option<Pager>,
    weeks: Vec<Week>,
    line: String,
    applicable: i64,
    links: bool,
    tracks: Vec<(String, String)>,
    track_sums: Vec<Cell>,
    grid: Vec<GridRow>,
    owed: Hands,
}

/// An association that is late, as the page names it.
#[derive(Clone)]
struct LateRow {
    id: i64,
    /// None: figures, not the rows behind them (TC-71).
    href: Option<String>,
    name: String,
    unit: String,
    items: i64,
    days: i64,
    since: String,
}

const WORST: &[Column<LateRow>] = &[
    table::words("协会", |row: &LateRow| match &row.href {
        Some(href) => Shown::link(href, &row.name),
        None => Shown::plain(&row.name),
    })
    .head(),
    table::short("单位", |row: &LateRow| Shown::plain(&row.unit)),
    table::figures("逾期项数", |row: &LateRow| row.items.into()),
    table::short("最早时限", |row: &LateRow| row.since.as_str().into()),
    table::short("状态", |row: &LateRow| {
        Shown::Mark(Mark::of_days(row.days, 0), in_words(row.days))
    }),
];

/// What a unit without associations has not reported yet.
const NIL: &str = "nil_report";

/// How many of the associations late longest are named.
const LATEST: i64 = 10;

/// Columns of the survey by unit.
const SURVEY: [(Set, &str); 5] = [
    (Set::Registered, "协会数"),
    (Set::InScope, "拟脱钩"),
    (Set::Surveying, "填报中"),
    (Set::Surveyed, "待确认"),
    (Set::Confirmed, "已确认"),
];

impl OverviewPage {
    /// Who has a unit's nil report.
    fn owed(&self, unit: &i64) -> table::Cell {
        hands::cell(self.owed.of(NIL, *unit).as_ref())
    }

    const fn survey() -> [(Set, &'static str); 5] {
        SURVEY
    }
}

/// A tile.
pub(super) struct Card {
    pub(super) label: &'static str,
    pub(super) figure: Figure,
}

impl Card {
    pub(super) const fn new(label: &'static str, figure: Figure) -> Self {
        Self { label, figure }
    }
}

/// A unit's survey.
struct UnitRow {
    id: i64,
    name: String,
    nil: bool,
    none: bool,
    cells: Vec<Figure>,
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (actor, today) = (allowed.actor(), app.clock.today());
        let reach = reach(actor);
        let counts = figures::counts(db, reach, days(app)).await?;
        let all = units::units(db, reach, &counts).await?;
        let told = Told::new(allowed, counts);
        let counted = Tracks::read(db, reach, today).await?;
        let tracks = five(app);
        let links = allowed.may(Act::RegistryList);
        let worst: Vec<LateRow> = (late::worst(db, today, LATEST).await?.into_iter())
            .map(|row| late_row(app, row, links))
            .collect();
        let mut drawn = Table::of("逾期最久的协会", actor, WORST, &worst);
        // Whoever may not open the items is not told who has them (TC-71).
        if links {
            drawn = drawn.held(held(db, (app, allowed), &worst).await?);
        }
        let codes: Vec<String> = tracks.iter().map(|(code, _)| code.clone()).collect();
        let applicable = items_of(db, &codes).await?;
        let weeks = chart::weeks(&resolved_days(db).await?, applicable, today);
        let units = reported(&told, &all);
        let (grid, _) = paged(allowed.query(), counted.rows(&told, &all, &tracks));
        let (shown, pager) = paged(allowed.query(), all);
        let owing = shown.iter().filter(|unit| links && owes(&told, unit));
        let owing: Vec<i64> = owing.map(|unit| unit.id).collect();
        let owed = hands::listed(db, (app, allowed), Asked::Cases(&[NIL], &owing)).await?;
        Ok(Self {
            page: allowed.page("进展看板"),
            through: percent(told.total(Set::Complete), told.total(Set::Active)),
            active: told.alone(Set::Active),
            overall: counted.overall(&told, &tracks),
            cards: cards(&told),
            stages: stages(&told, units),
            first: worst.first().cloned(),
            worst: drawn,
            links,
            line: chart::line(&weeks),
            weeks,
            applicable,
            track_sums: counted.sums(&told, &tracks),
            grid,
            owed,
            sums: SURVEY.into_iter().map(|each| told.sum(each)).collect(),
            units: shown
                .into_iter()
                .map(|unit| surveyed(&told, unit))
                .collect(),
            pager,
            tracks,
        })
    }
}

fn late_row(app: &App, row: Worst, links: bool) -> LateRow {
    LateRow {
        id: row.id,
        href: links.then(|| paths::registry::ASSOCIATION.at(row.id)),
        name: names::short(&row.name, &app.scheme.campaign.region_name).to_owned(),
        unit: row.unit,
        items: row.items,
        days: (app.clock.today() - row.since).num_days(),
        since: row.since.to_string(),
    }
}

/// Who has the items of each of these associations.
async fn held(
    db: &mut Db,
    look: (&App, &Allowed),
    rows: &[LateRow],
) -> Result<Vec<Option<Hand>>, sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let hands = hands::listed(db, look, Asked::Within(&[Item::KIND], &ids)).await?;
    Ok(ids.iter().map(|id| hands.of_association(*id)).collect())
}

/// A unit without associations that has not reported that it has none.
fn owes(told: &Told, unit: &Unit) -> bool {
    told.number(unit.id, Set::Registered) == 0 && !unit.nil
}

/// Units that have reported: nothing of theirs is still being filled in; and how many there are.
fn reported(told: &Told, units: &[Unit]) -> (i64, i64) {
    let done = |unit: &&Unit| {
        if told.number(unit.id, Set::Registered) == 0 {
            unit.nil
        } else {
            told.number(unit.id, Set::Surveying) == 0
        }
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (count(units.iter().filter(done).count()), count(units.len()))
}

fn cards(told: &Told) -> Vec<Card> {
    let [late, soon] = told.lights();
    vec![
        Card::new(Stage::FiveDone.label(), told.alone(Set::Complete)),
        Card::new("有逾期事项的协会", late),
        Card::new("有临期事项的协会", soon),
    ]
}

/// How many associations stand at each step of the way.
fn stages(told: &Told, units: (i64, i64)) -> Vec<(&'static str, Figure)> {
    let units = Figure::share(units.0, units.1).of("有主管协会或者应零报告的单位", "survey");
    vec![
        ("摸底填报完成的单位", units),
        ("拟脱钩", told.alone(Set::InScope)),
        ("现行名单", told.alone(Set::Listed)),
        (Stage::PlanDraft.label(), told.alone(Set::Writing)),
        (Stage::PlanSubmitted.label(), told.alone(Set::Reviewing)),
        ("已批复待启动", told.alone(Set::Approved)),
        ("实施中", told.alone(Set::Implementing)),
        ("已退出", told.alone(Set::Exited)),
    ]
}

fn surveyed(told: &Told, unit: Unit) -> UnitRow {
    let cells = SURVEY.map(|each| told.of((unit.id, &unit.name), each));
    UnitRow {
        id: unit.id,
        none: told.number(unit.id, Set::Registered) == 0,
        nil: unit.nil,
        name: unit.name,
        cells: cells.into(),
    }
}
