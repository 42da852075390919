//! A row of the desk as its holder reads it, and the rows of an association together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Actor;
use crate::dashboard::store::bench::Standing;
use crate::desk::store::reading::{Hands, Lying};
use crate::figures::arithmetic::percent;
use crate::paths;
use crate::registry::names::short;
use crate::web::App;
use crate::words::Mark;

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
        }
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
    let mut groups: Vec<(Option<i64>, Group)> = Vec::new();
    for row in rows {
        let key = row.association;
        let todo = Todo::of(known.app, row, known.hands);
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
