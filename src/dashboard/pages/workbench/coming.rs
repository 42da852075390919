//! What comes within a fortnight: the days of what lies in a person's hands, and the ends of the
//! scheme's tasks.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};

use crate::access::{Actor, Role};
use crate::desk::store::reading::Lying;
use crate::paths;
use crate::registry::names::short;
use crate::timeline::rules::in_force;
use crate::web::App;

/// How far it is looked ahead.
pub(super) const DAYS: i64 = 14;
/// How many are told.
const TOLD: usize = 8;

/// A day with what ends on it.
pub(super) struct Coming {
    pub(super) on: NaiveDate,
    pub(super) weekday: &'static str,
    pub(super) title: String,
    pub(super) href: String,
}

/// What ends within the days, the nearest first; what ends on one day for one association is
/// told once with how many others there are.
pub(super) fn coming(app: &App, actor: &Actor, lying: &[Lying], tasks: bool) -> Vec<Coming> {
    let today = app.clock.today();
    let last = today + TimeDelta::days(DAYS);
    let near = |day: NaiveDate| today < day && day <= last;
    let mut found: BTreeMap<(NaiveDate, Option<i64>), (String, String, usize)> = BTreeMap::new();
    for row in lying.iter().filter(|row| !row.suspended) {
        let Some(due) = row.due_on.filter(|due| near(*due)) else {
            continue;
        };
        let name = row.name.as_deref().unwrap_or_default();
        let name = short(name, &app.scheme.campaign.region_name);
        let title = format!("{name} {}", row.title(&app.scheme));
        let href = row.href(&app.scheme);
        let entry = found.entry((due, row.association));
        entry.or_insert((title, href, 0)).2 += 1;
    }
    let mut all: Vec<Coming> = found
        .into_iter()
        .map(|((on, _), (title, href, count))| Coming {
            on,
            weekday: weekday(on),
            title: match count {
                1 => title.trim().to_owned(),
                count => format!("{}等{count}项", title.trim()),
            },
            href,
        })
        .collect();
    if tasks {
        all.extend(of_scheme(app, actor, near));
    }
    all.sort_by_key(|each| each.on);
    all.truncate(TOLD);
    all
}

/// The scheme's tasks that end then and that this person takes part in.
fn of_scheme(app: &App, actor: &Actor, near: impl Fn(NaiveDate) -> bool) -> Vec<Coming> {
    let tasks = app.scheme.timeline.tasks.iter();
    let own = tasks.filter(|task| takes_part(actor.role(), &task.who));
    let ending = own.filter_map(|task| {
        let on = in_force(&app.scheme, task, None)
            .due
            .filter(|due| near(*due))?;
        Some(Coming {
            on,
            weekday: weekday(on),
            title: task.text.clone(),
            href: paths::timeline::TASK.at(task.code()),
        })
    });
    ending.collect()
}

fn takes_part(role: Role, who: &str) -> bool {
    match who {
        "unit" => role.is_unit(),
        "office" => role.is_office(),
        "department" => role.is_specialist(),
        _ => role == Role::Association,
    }
}

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

fn weekday(day: NaiveDate) -> &'static str {
    let index = |day: Weekday| day.num_days_from_monday() as usize;
    WEEKDAYS.get(index(day.weekday())).copied().unwrap_or("")
}
