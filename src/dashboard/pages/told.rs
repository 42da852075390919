//! Figures as the dashboards and the statistics tell them: a number with its set, and the list
//! that shows it for whoever may open it (TC-71).

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Act, Actor, Role, Scope as Reach};
use crate::figures::Set;
use crate::figures::store::Counts;
use crate::paths;
use crate::web::figure::Figure;
use crate::web::list::{Pager, Query};
use crate::web::{Allowed, App};

/// Units on a page: a district has fewer.
const UNITS: i64 = 20;
/// What the counters of tracks count.
pub const OF_TRACKS: &str = "现行名单，不含已退出";

/// Whose figures a person is told: superiors see those of the whole campaign (TC-71).
pub(super) fn reach(actor: &Actor) -> Reach {
    if actor.role() == Role::Superior {
        Reach::whole_campaign_figures()
    } else {
        Reach::of(actor)
    }
}

/// Today, and the last day that counts as near.
pub(super) fn days(app: &App) -> (NaiveDate, NaiveDate) {
    let today = app.clock.today();
    let warn = app.scheme.campaign.parameters.warn_days;
    (today, today + TimeDelta::days(warn))
}

/// The figures that a person is told.
pub(super) struct Told {
    counts: Counts,
    /// The unit whose they all are; 0: the district's.
    unit: i64,
    /// Whether the lists behind them are theirs to open.
    pub(super) links: bool,
}

impl Told {
    pub(super) fn new(allowed: &Allowed, counts: Counts) -> Self {
        let reach = reach(allowed.actor());
        Self {
            counts,
            unit: reach.department().map_or(0, |unit| unit.0),
            links: allowed.may(Act::RegistryList),
        }
    }

    /// How many.
    pub(super) fn number(&self, unit: i64, set: Set) -> i64 {
        self.counts.of(unit, set)
    }

    /// How many altogether.
    pub(super) fn total(&self, set: Set) -> i64 {
        self.counts.total(set)
    }

    fn list(&self, query: &str) -> Option<String> {
        let list = || format!("{}?{query}", paths::registry::ASSOCIATIONS);
        self.links.then(list)
    }

    /// The list of a set; a unit has none of those that it answered for on another day.
    fn listed(&self, set: Set, unit: i64) -> Option<String> {
        let shown = self.unit == 0 || !set.by_unit_then();
        self.list(&set.query(unit)).filter(|_| shown)
    }

    /// Of a unit, in a column that says the set.
    pub(super) fn of(&self, (unit, name): (i64, &str), (set, column): (Set, &str)) -> Figure {
        Figure::count(self.number(unit, set))
            .opens(self.listed(set, unit))
            .said(format!("{name}{column}"))
    }

    /// Altogether, in a column that says the set.
    pub(super) fn sum(&self, (set, column): (Set, &str)) -> Figure {
        Figure::count(self.total(set))
            .opens(self.listed(set, self.unit))
            .said(format!("合计{column}"))
    }

    /// Altogether, standing alone.
    pub(super) fn alone(&self, set: Set) -> Figure {
        Figure::count(self.total(set))
            .opens(self.listed(set, self.unit))
            .of(set.words(), set.basis())
    }

    /// How many have something overdue, and how many nearly so.
    pub(super) fn lights(&self) -> [Figure; 2] {
        let (late, soon) = self.counts.lights();
        [self.light(late, "late"), self.light(soon, "soon")]
    }

    /// How many of a unit have something overdue, in a column that says so.
    pub(super) fn late(&self, (unit, name): (i64, &str)) -> Figure {
        let query = format!("department={unit}&light=late");
        Figure::count(self.counts.late(unit))
            .opens(self.list(&query))
            .said(format!("{name}有逾期事项的协会"))
    }

    /// How many, by the filter that lists them.
    fn light(&self, count: i64, filter: &str) -> Figure {
        let query = match self.unit {
            0 => format!("light={filter}"),
            unit => format!("department={unit}&light={filter}"),
        };
        Figure::count(count)
            .opens(self.list(&query))
            .of("未退出、未暂停", "lights")
    }

    /// Resolved and applicable items of a unit (0: of all) in a track (empty: in all).
    pub(super) fn items(
        &self,
        (unit, track): (i64, &str),
        (resolved, applicable): (i64, i64),
    ) -> Figure {
        let unit = if unit == 0 { self.unit } else { unit };
        let mut filters = Vec::new();
        if unit != 0 {
            filters.push(format!("department={unit}"));
        }
        if !track.is_empty() {
            filters.push(format!("track={track}"));
        }
        let address = paths::dashboard::TRACKS.at();
        let href = if filters.is_empty() {
            address.to_owned()
        } else {
            format!("{address}?{}", filters.join("&"))
        };
        Figure::share(resolved, applicable).opens((self.links && applicable > 0).then_some(href))
    }
}

/// The units of a page, and the way to the others; none where all stand on one.
pub(super) fn paged<T>(query: &Query, mut units: Vec<T>) -> (Vec<T>, Option<Pager>) {
    let total = i64::try_from(units.len()).unwrap_or(i64::MAX);
    if total <= UNITS {
        return (units, None);
    }
    let skipped = Pager::skipped(query, total, UNITS);
    let page = usize::try_from(UNITS).unwrap_or(usize::MAX);
    let rest = units.split_off(usize::try_from(skipped).unwrap_or(0).min(units.len()));
    let units = rest.into_iter().take(page).collect();
    (units, Some(Pager::sized(query, total, UNITS)))
}

/// Code and name of the tracks that count in the five.
pub(super) fn five(app: &App) -> Vec<(String, String)> {
    let tracks = app.scheme.measures.tracks.iter();
    let five = tracks.filter(|track| track.counts_in_five);
    five.map(|track| (track.code.clone(), track.name.clone()))
        .collect()
}
