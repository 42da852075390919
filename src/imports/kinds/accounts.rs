//! Rows of units and accounts.

use std::collections::BTreeMap;

use crate::accounts::acts::importing;
use crate::accounts::rules::incoming::{self, Brought, Known, Unit};
use crate::accounts::store::people;
use crate::database::{Db, Done, Explain as _, Told, Write};
use crate::imports::rules::{Changed, Checked, Line, Problem, Refusal, Verdict};

use super::{Against, Change, Outcome, Seen};

/// Checks rows against what stands, and against the rows before.
pub async fn check(
    db: &mut Db,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let people = people(db).await?;
    let known = Known {
        departments: against.units.all(),
        people: &people,
        region: &against.scheme.campaign.region_name,
    };
    let lines = lines.iter();
    Ok(lines
        .map(|line| of_line(line, &known, seen.brought()))
        .collect())
}

fn of_line(line: &Line, known: &Known<'_>, brought: &mut Brought) -> Outcome {
    let said = |field: &str| line.typed.get(field).map_or("", String::as_str);
    let wrong = |found: Vec<Problem>| Outcome {
        checked: Checked::wrong(line.number, found),
        change: None,
    };
    let change = match incoming::check(&line.typed, known, brought) {
        Ok(change) => change,
        Err(faults) => {
            // What could not be read is told already.
            let read = |field: &str| line.problems.iter().all(|each| each.field != field);
            let faults = faults.into_iter().filter(|(field, _)| read(field));
            let faults = faults.map(|(field, what)| Problem::error(field, said(field), what));
            return wrong(faults.collect());
        }
    };
    if line.problems.iter().any(Problem::is_error) {
        return wrong(Vec::new());
    }
    let changes = change.as_ref().map_or_else(Vec::new, changes);
    let verdict = match &change {
        None => Verdict::Same,
        Some(change) if is_new(change) => Verdict::New,
        Some(_) => Verdict::Changed,
    };
    Outcome {
        checked: Checked {
            number: line.number,
            verdict,
            subject: None,
            changes,
            found: Vec::new(),
        },
        change: change.map(Change::Accounts),
    }
}

fn is_new(change: &incoming::Change) -> bool {
    let account = change.account.as_ref();
    matches!(change.unit, Unit::New(_)) || account.is_some_and(|account| account.known.is_none())
}

fn changes(change: &incoming::Change) -> Vec<Changed> {
    let mut changes = Vec::new();
    let mut say = |field: &str, label: &str, after: &str| {
        changes.push(Changed {
            field: field.to_owned(),
            label: label.to_owned(),
            before: String::new(),
            after: after.to_owned(),
            period: false,
        });
    };
    if let Unit::New(new) = &change.unit {
        let kind = incoming::KINDS.iter().find(|(key, _)| *key == new.kind);
        say("department", "新增单位", &new.name);
        say("short_name", "单位简称", &new.short_name);
        say("kind", "单位性质", kind.map_or("", |(_, label)| label));
    }
    if let Some(account) = &change.account {
        if account.known.is_none() {
            say("username", "新建账号", &account.username);
            say("person", "姓名", &account.name);
        } else {
            say("username", "账号", &account.username);
        }
        say("role", "角色", account.role.label());
    }
    changes
}

/// The user names of the accounts that rows bring.
#[must_use]
pub fn usernames(outcomes: &[Outcome]) -> Vec<String> {
    let accounts = outcomes.iter().filter_map(|outcome| match &outcome.change {
        Some(Change::Accounts(change)) => change.account.as_ref(),
        _ => None,
    });
    let new = accounts.filter(|account| account.known.is_none());
    new.map(|account| account.username.clone()).collect()
}

/// Enters rows.
pub async fn apply(
    write: &mut Write,
    changes: Vec<(Change, String)>,
    hashes: &BTreeMap<String, String>,
) -> Done<Refusal, Vec<Told>> {
    let rows = changes
        .into_iter()
        .filter_map(|(change, from)| match change {
            Change::Accounts(change) => Some((change, from)),
            Change::Register(_) | Change::Survey(..) => None,
        });
    let rows: Vec<(incoming::Change, String)> = rows.collect();
    let done = importing::apply(write, &rows, hashes).await;
    done.map_err(|failure| failure.told_by(|why| Refusal::Row(why.explain())))
}
