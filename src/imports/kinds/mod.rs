//! What each kind of upload is about: its fields, what its rows change, how they are entered.
//! The rooms check and enter by their own rules; here a row is brought to its room.

pub mod accounts;
mod cases;
pub mod ground;
pub mod hands;
pub mod people;
mod questions;
pub mod register;
pub mod survey;
mod tables;
pub mod template;
mod units;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::database::{Db, Done, Told, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::Scheme;

use super::rules::{Answers, Checked, Kind, Line, Problem, Refusal, Verdict};

pub use tables::{Sheets, fields, version, vocabulary};
pub use units::Units;

/// What rows are checked against, besides what stands.
pub struct Against {
    /// The scheme of the day.
    pub scheme: Arc<Scheme>,
    /// The day.
    pub today: NaiveDate,
    /// The unit whose own associations they are; none: all of the district's.
    pub own: Option<DepartmentId>,
    /// The units by their names.
    pub units: Units,
    /// What was said about the upload.
    pub answers: Answers,
    /// It is a workbook of ours that came back.
    pub returned: Option<ground::Returned>,
}

/// What a row changes, in its room's words.
pub enum Change {
    /// In the register.
    Register(crate::registry::rules::incoming::Change),
    /// Among units and accounts.
    Accounts(crate::accounts::rules::incoming::Change),
    /// In an association's survey: its answers, or one of its people.
    Survey(AssociationId, Vec<crate::survey::rules::incoming::Edit>),
}

/// A row as it was checked.
pub struct Outcome {
    /// What became of it.
    pub checked: Checked,
    /// What it changes; none where it is wrong, or says what stands.
    pub change: Option<Change>,
}

/// What other rows of the same upload say already: key → where, and what comes of it.
#[derive(Default)]
pub struct Seen {
    keys: HashMap<String, (i32, i32)>,
    brought: crate::accounts::rules::incoming::Brought,
    cases: HashMap<AssociationId, cases::Case>,
}

impl Seen {
    /// Units and accounts that the rows before bring.
    fn brought(&mut self) -> &mut crate::accounts::rules::incoming::Brought {
        &mut self.brought
    }

    /// Notes a key of a row; where another row has it, where that one stands.
    fn note(&mut self, key: String, line: &Line) -> Option<String> {
        if let Some((sheet, row)) = self.keys.get(&key) {
            let row = row + 1;
            return Some(if *sheet == line.sheet {
                format!("第{row}行")
            } else {
                format!("第{}个工作表第{row}行", sheet + 1)
            });
        }
        self.keys.insert(key, (line.sheet, line.row));
        None
    }
}

/// Checks rows of an upload against what stands now.
pub async fn check(
    db: &mut Db,
    kind: Kind,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let Some(returned) = &against.returned else {
        // Which row is which is said by a signed workbook alone.
        let bare = lines.iter().cloned().map(without_row);
        let bare: Vec<Line> = bare.collect();
        return by_kind(db, kind, against, &bare, seen).await;
    };
    let merged = lines.iter().map(|line| returned.merged(line, against));
    let (lines, conflicts): (Vec<Line>, Vec<Vec<Problem>>) = merged.unzip();
    let mut outcomes = by_kind(db, kind, against, &lines, seen).await?;
    for (outcome, conflicts) in outcomes.iter_mut().zip(conflicts) {
        if !conflicts.is_empty() {
            outcome.checked.verdict = Verdict::Wrong;
            outcome.checked.found.extend(conflicts);
            outcome.change = None;
        }
    }
    Ok(outcomes)
}

fn without_row(mut line: Line) -> Line {
    line.typed.remove(super::rules::merging::ROW);
    line
}

async fn by_kind(
    db: &mut Db,
    kind: Kind,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    match kind {
        Kind::Register => register::check(db, against, lines, seen).await,
        Kind::Units => accounts::check(db, against, lines, seen).await,
        Kind::Survey => survey::check(db, against, lines, seen).await,
        Kind::People => people::check(db, against, lines, seen).await,
    }
}

/// Locks what rows are about, in the order of their numbers.
pub async fn lock(write: &mut Write, kind: Kind, subjects: &[i64]) -> Result<(), sqlx::Error> {
    match kind {
        Kind::Register => crate::registry::store::importing::lock_all(write, subjects).await,
        Kind::Survey | Kind::People => {
            crate::survey::store::importing::lock_all(write, subjects).await?;
            crate::registry::store::importing::lock_all(write, subjects).await
        }
        Kind::Units => Ok(()),
    }
}

/// Enters what rows change: all of it, or the write is given up.
pub async fn apply(
    write: &mut Write,
    kind: Kind,
    changes: Vec<(Change, String)>,
    (answers, hashes): (&Answers, &BTreeMap<String, String>),
) -> Done<Refusal, Vec<Told>> {
    match kind {
        Kind::Register => register::apply(write, changes, answers).await,
        Kind::Units => accounts::apply(write, changes, hashes).await,
        Kind::Survey | Kind::People => survey::apply(write, changes).await,
    }
}
