//! The items of a checklist as one table, whose columns stand under each other from the
//! first track to the last: a track is a heading within it. What is done stands there as
//! plain words, so that the eye finds what is not.

use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::paths;
use crate::progress::acts::together::{handed_over, workable};
use crate::progress::rules::{Item, ItemState, deadlines, lights};
use crate::scheme::Scheme;
use crate::scheme::measures::Track;
use crate::web::Allowed;
use crate::web::hands::{self, Hands};
use crate::web::table::{Cell, Kind, Table};

use super::filters::{self, Shown, Tab};
use super::label;
use super::overview::Measured;

/// The bar below the list: what this person does with several items at once.
pub(super) struct Bar {
    pub(super) buttons: &'static [(&'static str, &'static str)],
    pickable: fn(&Item) -> bool,
}

impl Bar {
    /// Of who looks; none where nothing is theirs to do, or the association stands still.
    pub(super) fn of(allowed: &Allowed, still: bool) -> Option<Self> {
        if still {
            None
        } else if allowed.may(Act::ItemSave) {
            Some(Self {
                buttons: &[
                    ("file", "共用一份材料"),
                    ("date", "填同一日期"),
                    ("pass", "送负责人审签"),
                ],
                pickable: workable,
            })
        } else if allowed.may(Act::ItemReport) {
            Some(Self {
                buttons: &[("report", "报告办结")],
                pickable: handed_over,
            })
        } else {
            None
        }
    }
}

/// With what the list is drawn.
pub(super) struct Sight<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) allowed: &'a Allowed,
    pub(super) hands: &'a Hands,
    pub(super) measured: Measured,
    pub(super) picks: Option<&'a Bar>,
    pub(super) persons: bool,
}

/// The list with its tabs.
pub(super) struct List {
    pub(super) tabs: Vec<Tab>,
    pub(super) groups: Vec<Group>,
    /// Some of the rows can be dealt with together.
    pub(super) picks: bool,
    pub(super) columns: usize,
    /// Nothing is open, and only what is open was asked for.
    pub(super) finished: bool,
}

/// A track with its items.
pub(super) struct Group {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) done: String,
    pub(super) rows: Vec<Row>,
}

/// An item of the association, as this person may read it.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) measure: String,
    pub(super) href: String,
    pub(super) text: String,
    pub(super) asides: Vec<&'static str>,
    pub(super) deadline: NaiveDate,
    pub(super) due_by: String,
    pub(super) basis: String,
    pub(super) state: Cell,
    pub(super) days: Cell,
    pub(super) held: Cell,
    pub(super) papers: Cell,
    pub(super) resolved: bool,
    pub(super) pickable: bool,
}

impl List {
    /// The rows as a table, each under its track.
    pub(super) fn table(self, caption: &str) -> Table {
        let heads = [
            ("事项", Kind::Words),
            ("分离", Kind::Words),
            ("说明", Kind::Words),
            ("时限", Kind::Short),
            ("时限由来", Kind::Words),
            ("方案依据", Kind::Words),
            ("状态", Kind::Short),
            ("天数", Kind::Short),
            (hands::LABEL, Kind::Words),
            ("证明材料", Kind::Short),
        ];
        let rows = self.groups.into_iter().flat_map(|group| {
            let track = group.name;
            let row = move |row: Row| {
                vec![
                    row.text.into(),
                    track.clone().into(),
                    row.asides.join("；").into(),
                    row.deadline.into(),
                    row.due_by.into(),
                    row.basis.into(),
                    row.state,
                    row.days,
                    row.held,
                    row.papers,
                ]
            };
            group.rows.into_iter().map(row)
        });
        Table::told(caption, &heads, rows.collect())
    }

    /// The items that pass the filters, by track.
    pub(super) fn of(items: &[Item], sight: &Sight<'_>) -> Self {
        let query = sight.allowed.query();
        let mine = |item: &&Item| sight.mine(item);
        let open = items.iter().filter(|item| filters::open(item)).count();
        let own = items.iter().filter(mine).count();
        let shown = Shown::of(query, (open, own));
        let tracks = sight.scheme.measures.tracks.iter();
        let tracks =
            tracks.filter(|track| query.get("track").is_none_or(|code| code == track.code));
        let groups = tracks.map(|track| sight.group(track, items, shown));
        let groups: Vec<Group> = groups.filter(|group| !group.rows.is_empty()).collect();
        let mut rows = groups.iter().flat_map(|group| &group.rows);
        let picks = rows.any(|row| row.pickable);
        let counts = [
            (Shown::Open, open),
            (Shown::Mine, own),
            (Shown::All, items.len()),
        ];
        Self {
            tabs: filters::tabs(query, shown, counts),
            finished: open == 0 && shown == Shown::Open,
            columns: if picks { 8 } else { 7 },
            groups,
            picks,
        }
    }
}

impl Sight<'_> {
    fn mine(&self, item: &Item) -> bool {
        let actor = self.allowed.actor();
        let held = self.hands.of(Item::KIND, item.id);
        held.is_some_and(|hand| {
            hand.department == actor.department().0 && hand.role == actor.role()
        })
    }

    fn group(&self, track: &Track, items: &[Item], shown: Shown) -> Group {
        let query = self.allowed.query();
        let own: Vec<&Item> = items
            .iter()
            .filter(|item| item.track == track.code)
            .collect();
        let fits = |item: &Item| {
            let light = self.measured.light(item);
            let seen = match shown {
                Shown::Open => filters::open(item),
                Shown::Mine => self.mine(item),
                Shown::All => true,
            };
            seen && query
                .get("light")
                .is_none_or(|mark| mark == light.mark().key())
        };
        let (done, of) = counted(&own);
        Group {
            code: track.code.clone(),
            name: track.name.clone(),
            done: format!("{done}/{of}"),
            rows: own
                .into_iter()
                .filter(|item| fits(item))
                .map(|item| self.row(item))
                .collect(),
        }
    }

    fn row(&self, item: &Item) -> Row {
        let measure = self.scheme.measure(&item.measure);
        let text = measure.map_or("", |measure| measure.text.as_str());
        let label = label(item, self.persons);
        let asides = [
            (!item.mandatory, "不计入进度"),
            (item.added_later, "后续增补"),
        ];
        let asides = asides.into_iter().filter(|(said, _)| *said);
        let hand = self.hands.of(Item::KIND, item.id);
        Row {
            id: item.id,
            measure: item.measure.clone(),
            href: paths::progress::ITEM.at(item.association, item.id),
            text: match label.as_str() {
                "" => text.to_owned(),
                label => format!("{text}：{label}"),
            },
            asides: asides.map(|(_, words)| words).collect(),
            deadline: item.deadline,
            due_by: deadlines::word(&item.due_by).to_owned(),
            basis: measure.map_or_else(String::new, |measure| measure.basis.clone()),
            state: state(item, self.measured.light(item)),
            days: days(item),
            held: hands::cell(hand.as_ref()),
            papers: match item.evidence {
                0 => Cell::Empty,
                pieces => pieces.into(),
            },
            resolved: item.state.resolved(),
            pickable: self.picks.is_some_and(|bar| (bar.pickable)(item)),
        }
    }
}

/// How many of a track's items are done, and of how many.
fn counted(items: &[&Item]) -> (usize, usize) {
    let counts = |item: &&&Item| item.mandatory && item.state != ItemState::NotApplicable;
    let counted = items.iter().filter(counts);
    let done = counted.clone().filter(|item| item.state.resolved());
    (done.count(), counted.count())
}

/// How it stands: a shape where something is to be done or was done late, words alone
/// where it was done in time.
fn state(item: &Item, light: lights::Light) -> Cell {
    let words = item.state.label();
    match light {
        lights::Light::OnTime | lights::Light::NotApplicable | lights::Light::Exempted => {
            Cell::plain(words)
        }
        lights::Light::Waiting | lights::Light::ReportedLate(_) => {
            Cell::Mark(light.mark(), light.word())
        }
        _ => Cell::Mark(light.mark(), light.word()).under(words),
    }
}

/// When it was reported, and when it was verified.
fn days(item: &Item) -> Cell {
    let reported = item.reported_on.map(|day| format!("{day}报告"));
    let seen = if item.state == ItemState::Exempted {
        "同意保留"
    } else {
        "核实"
    };
    let resolved = item.resolved_on.map(|day| format!("{day}{seen}"));
    match (resolved, reported) {
        (Some(resolved), Some(reported)) => Cell::plain(resolved).under(reported),
        (one, other) => one.or(other).into(),
    }
}
