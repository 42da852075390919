//! The picture of the whole (DB-1): tiles, phases with today, the trend by week,
//! units by track, what is longest overdue. A number opens the rows behind it.

use askama::Template;
use chrono::TimeDelta;

use crate::access::Act;
use crate::dashboard::chart::{self, LEFT, PhasePicture, STEP, WIDTH, Week};
use crate::dashboard::store;
use crate::dashboard::store::figures::{items_of, resolved_days};
use crate::dashboard::store::units::{self, Unit};
use crate::figures::Set;
use crate::figures::store as figures;
use crate::registry::rules::Stage;
use crate::web::figure::Figure;
use crate::web::hands::{self, Asked, Hands};
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{self, Table};
use crate::web::{Error, Form, Look, View};

use super::grid::{Cell, GridRow, Tracks};
use super::items::{self, ITEMS, Late, late};
use super::told::{Told, days, five, paged, reach};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/overview.html")]
pub struct OverviewPage {
    page: Page,
    cards: Vec<Card>,
    units: Vec<UnitRow>,
    sums: Vec<Figure>,
    pager: Option<Pager>,
    phases: PhasePicture,
    weeks: Vec<Week>,
    line: String,
    applicable: i64,
    bars: Vec<Bar>,
    height: i64,
    links: bool,
    tracks: Vec<(String, String)>,
    track_sums: Vec<Cell>,
    grid: Vec<GridRow>,
    late: Table,
    owed: Hands,
}

/// What a unit without associations has not reported yet.
const NIL: &str = "nil_report";

/// How many of the items longest overdue are named.
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
    /// A note below it: words, where they lead, and a number at their end.
    pub(super) note: Option<(&'static str, &'static str)>,
}

/// A unit's survey.
struct UnitRow {
    id: i64,
    name: String,
    nil: bool,
    none: bool,
    cells: Vec<Figure>,
}

/// One unit's bar: name, top, and the three parts with x and width.
struct Bar {
    name: String,
    y: i64,
    parts: Vec<(i64, i64, &'static str)>,
    title: String,
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (actor, today) = (allowed.actor(), app.clock.today());
        let reach = reach(actor);
        let counts = figures::counts(db, reach, days(app)).await?;
        let all = units::units(db, reach, &counts).await?;
        let told = Told::new(allowed, counts);
        let counted = Tracks::new(figures::tracks(db, reach).await?);
        let tracks = five(app);
        let yesterday = (today - TimeDelta::days(1), LATEST);
        let latest = store::items_due(db, reach, yesterday).await?;
        let links = allowed.may(Act::RegistryList);
        let late: Vec<Late> = (latest.into_iter())
            .map(|item| late(app, item, links))
            .collect();
        let mut drawn = Table::of("逾期最久的事项", actor, ITEMS, &late);
        // Whoever may not open the items is not told who has them (TC-71).
        if links {
            drawn = drawn.held(items::held(db, (app, allowed), &late).await?);
        }
        let overall = counted.overall(&told, &tracks);
        let resolved = resolved_days(db).await?;
        let codes: Vec<String> = tracks.iter().map(|(code, _)| code.clone()).collect();
        let applicable = items_of(db, &codes).await?;
        let weeks = chart::weeks(&resolved, applicable, today);
        let cards = cards(&told, overall, reported(&told, &all));
        let (shown, pager) = paged(allowed.query(), all);
        let owing = shown.iter().filter(|unit| links && owes(&told, unit));
        let owing: Vec<i64> = owing.map(|unit| unit.id).collect();
        let owed = hands::listed(db, (app, allowed), Asked::Cases(&[NIL], &owing)).await?;
        let bars = bars(&told, &shown);
        let row = |unit: &Unit| counted.row(&told, (unit.id, &unit.name), &tracks);
        Ok(Self {
            page: allowed.page("进展看板"),
            height: STEP * i64::try_from(bars.len()).unwrap_or(0) + 10,
            links,
            phases: chart::phases(&app.scheme.phases(), today),
            line: chart::line(&weeks),
            weeks,
            applicable,
            track_sums: counted.sums(&told, &tracks),
            grid: shown.iter().filter_map(row).collect(),
            late: drawn.scrolled(),
            owed,
            cards,
            sums: SURVEY.into_iter().map(|each| told.sum(each)).collect(),
            units: shown
                .into_iter()
                .map(|unit| surveyed(&told, unit))
                .collect(),
            pager,
            tracks,
            bars,
        })
    }
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

fn cards(told: &Told, overall: Cell, units: (i64, i64)) -> Vec<Card> {
    let [red, yellow] = told.lights();
    let card = |label, figure| Card {
        label,
        figure,
        note: None,
    };
    let units = Figure::share(units.0, units.1).of("有主管协会或者应零报告的单位", "survey");
    let mut cards = vec![
        card("已完成摸底填报的单位", units),
        card("拟脱钩协会", told.alone(Set::InScope)),
        card("现行名单", told.alone(Set::Listed)),
        card(Stage::PlanDraft.label(), told.alone(Set::Writing)),
        card(Stage::PlanSubmitted.label(), told.alone(Set::Reviewing)),
        card("已批复待启动", told.alone(Set::Approved)),
        card("方案实施中", told.alone(Set::Implementing)),
        card(Stage::FiveDone.label(), told.alone(Set::Complete)),
        card("已退出的协会", told.alone(Set::Exited)),
        card("事项完成率", overall.figure),
        card("有逾期事项的协会", red),
        card("有临期事项的协会", yellow),
    ];
    let notes = [
        (0, ("各单位摸底进展", "#survey")),
        (2, ("公布的名单", crate::paths::roster::ROSTER.at())),
        (8, ("统计口径", crate::paths::dashboard::STATISTICS.at())),
    ];
    for (place, note) in notes {
        if let Some(card) = cards.get_mut(place) {
            card.note = Some(note);
        }
    }
    cards
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

fn bars(told: &Told, units: &[Unit]) -> Vec<Bar> {
    let parts = |unit: &Unit| {
        [
            (told.number(unit.id, Set::Confirmed), "t1"),
            (told.number(unit.id, Set::Surveyed), "t3"),
            (told.number(unit.id, Set::Surveying), "t5"),
        ]
    };
    let sum = |unit: &Unit| parts(unit).iter().map(|part| part.0).sum::<i64>();
    let most = units.iter().map(sum).max().unwrap_or(0).max(1);
    units
        .iter()
        .zip(0..)
        .map(|(unit, row): (&Unit, i64)| {
            let mut x = 0;
            let counts = parts(unit);
            let mut drawn = Vec::new();
            for (count, class) in counts {
                let width = count * WIDTH / most;
                if width > 0 {
                    drawn.push((LEFT + x, width, class));
                }
                x += width;
            }
            let [confirmed, submitted, surveying] = counts.map(|(count, _)| count);
            Bar {
                name: unit.name.clone(),
                y: row * STEP + 6,
                parts: drawn,
                title: format!(
                    "{}：已确认{confirmed}，待确认{submitted}，填报中{surveying}",
                    unit.name
                ),
            }
        })
        .collect()
}
