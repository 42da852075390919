//! A row of the desk as its holder reads it, and the rows of an association together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Actor;
use crate::dashboard::store::bench::{OpenItem, Standing};
use crate::desk::rules::{Found, item_due};
use crate::desk::store::reading::{Hands, Lying};
use crate::figures::arithmetic::percent;
use crate::paths;
use crate::registry::names::short;
use crate::registry::rules::suspension::Standstill;
use crate::web::App;
use crate::words::Mark;

/// Items of a checklist that stand below one row.
pub(super) const PARTS: usize = 8;

/// Something to do.
#[derive(Clone)]
pub(super) struct Todo {
    /// What.
    pub(super) title: String,
    /// Whose: the association's, or the unit's own.
    pub(super) association: String,
    /// Where.
    pub(super) href: String,
    /// What leads there: 去补正.
    pub(super) go: &'static str,
    /// By when.
    pub(super) due: Option<NaiveDate>,
    /// What its day means.
    pub(super) mark: Mark,
    /// The same in words.
    pub(super) state: String,
    /// Since when it lies here.
    pub(super) since: NaiveDate,
    /// 第3个工作日，应5个.
    pub(super) day: String,
    /// Each of them, where it is several items of a checklist.
    pub(super) parts: Vec<Todo>,
    /// How many more there are.
    pub(super) more: usize,
}

impl Todo {
    /// Of a row of this person's desk.
    pub(super) fn of(app: &App, lying: &Lying, hands: Hands) -> Self {
        let campaign = &app.scheme.campaign;
        let (mark, state) = lying.state(hands.today, campaign.parameters.warn_days);
        let name = lying.name.as_deref().unwrap_or(&lying.unit_name);
        Self {
            title: lying.title(&app.scheme),
            association: short(name, &campaign.region_name).to_owned(),
            href: lying.href(&app.scheme),
            go: lying.go(),
            due: lying.due_on,
            mark,
            state,
            since: lying.since,
            day: lying.day(campaign, hands.today),
            parts: Vec::new(),
            more: 0,
        }
    }

    /// The same with each of the items that it is several of.
    fn with_parts(self, lying: &Lying, known: Known<'_>) -> Self {
        let Some(standing) = lying.association.and_then(|id| known.standing.get(&id)) else {
            return self;
        };
        let own = lying.several(&known.app.scheme);
        let items = standing.items.iter().filter(|item| own.contains(&item.id));
        let parts: Vec<Self> = items
            .take(PARTS)
            .map(|item| {
                Self::of(
                    known.app,
                    &part(lying, item, (standing, known)),
                    known.hands,
                )
            })
            .collect();
        if parts.is_empty() {
            return self;
        }
        let count = usize::try_from(lying.count).unwrap_or_default();
        Self {
            title: lying.together(),
            more: count.saturating_sub(parts.len()),
            parts,
            ..self
        }
    }

    /// What is done first of it.
    pub(super) fn first(&self) -> &Self {
        self.parts.first().unwrap_or(self)
    }
}

/// An item of a checklist in the hands that have the checklist, with its own day.
fn part(lying: &Lying, item: &OpenItem, (standing, known): (&Standing, Known<'_>)) -> Lying {
    let since = item.since.unwrap_or(lying.since);
    let found = Found {
        state: item.state.clone(),
        note: item.measure.clone(),
        suspended: lying.suspended,
        ..Found::of_item((item.id, standing.id, lying.unit), (since, item.deadline))
    };
    let stood = standing.stood.iter();
    let stood = stood.map(|(from, until)| Standstill {
        from: *from,
        until: *until,
    });
    let stood = BTreeMap::from([(standing.id, stood.collect())]);
    Lying {
        case: item.id,
        due_on: item_due(&known.app.scheme, &stood, &found),
        note: Some(format!("{}/{}", item.measure, item.id)),
        count: 1,
        since,
        ..lying.clone()
    }
}

/// The rows of an association, or of a unit's own matters, where its first one stands.
pub(super) struct Group {
    /// Whose.
    pub(super) name: String,
    /// Its page.
    pub(super) href: Option<String>,
    /// How far it is: 35/38（92.1%）, or 方案审查中; the responsible unit where it is another one.
    pub(super) notes: Vec<String>,
    /// What is to be done.
    pub(super) todos: Vec<Todo>,
}

/// What groups are told by.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) hands: Hands,
    pub(super) standing: &'a BTreeMap<i64, Standing>,
}

/// Rows in the order of their days as groups in the order of their first ones.
pub(super) fn groups<'l>(rows: impl Iterator<Item = &'l Lying>, known: Known<'_>) -> Vec<Group> {
    let mut groups: Vec<((Option<i64>, i64), Group)> = Vec::new();
    for row in rows {
        let key = (row.association, row.unit);
        let todo = Todo::of(known.app, row, known.hands).with_parts(row, known);
        match groups.iter_mut().find(|(of, _)| *of == key) {
            Some((_, group)) => group.todos.push(todo),
            None => groups.push((key, group(row, todo, known))),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn group(row: &Lying, todo: Todo, known: Known<'_>) -> Group {
    let foreign = row.unit != known.actor.department().0;
    let standing = row.association.and_then(|id| known.standing.get(&id));
    let mut notes = Vec::new();
    if foreign && row.name.is_some() {
        notes.push(row.unit_name.clone());
    }
    notes.extend(standing.map(how_far));
    Group {
        name: match row.name {
            Some(_) => todo.association.clone(),
            None if foreign => row.unit_name.clone(),
            None => "本单位".to_owned(),
        },
        href: row
            .association
            .map(|id| paths::registry::ASSOCIATION.at(id)),
        notes,
        todos: vec![todo],
    }
}

/// 35/38（92.1%）, or how far it has come where it has no checklist.
pub(super) fn how_far(standing: &Standing) -> String {
    let cells = standing.cells();
    let applicable: i64 = cells.iter().map(|cell| cell.applicable).sum();
    let resolved: i64 = cells.iter().map(|cell| cell.resolved).sum();
    let far = if applicable == 0 {
        standing.stage.label().to_owned()
    } else {
        let percent = percent(resolved, applicable);
        format!("{resolved}/{applicable}（{percent}）")
    };
    match standing.still {
        Some(since) => format!("{far}，{since}起暂停办理"),
        None => far,
    }
}
