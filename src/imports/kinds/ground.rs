//! How the rows of a unit stand, as the cells of its workbook say it: what a workbook is signed
//! over when it is taken away, and what it is merged with when it comes back.

use std::collections::BTreeMap;

use crate::database::Db;
use crate::imports::rules::keys::{NAME, PERSON};
use crate::imports::rules::merging::{Conflict, Ground, ROW, merge};
use crate::imports::rules::{Kind, Line, Problem, Typed};
use crate::registry::store::importing::of_unit;
use crate::scheme::tables::{CellKind, Field};
use crate::sheets::cells::{Cell, Value};
use crate::sheets::forms::Content;
use crate::sheets::values::{self, Outcome};
use crate::web::answer::unit::Unit;
use crate::web::marks::Marks;

use super::template::rows;
use super::{Against, Sheets, questions};

/// A cell that was changed in the workbook and in the system.
pub const CONFLICT: &str = "conflict";

/// The association's name, as the register calls it and as the survey does: it says whose row
/// it is, touched or not.
const NAMES: [&str; 2] = ["name", NAME];
const GONE: &str = "工作簿下载之后，这个协会已不在本单位的台账中，请删去本行";

/// Row → field → what is read from its cell.
pub type Standing = BTreeMap<String, Typed>;

/// What the cells of rows say: read by the one reader of cells, so that a cell that nobody
/// touched reads as it was written.
#[must_use]
pub fn standing(fields: &[&Field], sheets: &Sheets, rows: &[Vec<Content>]) -> Standing {
    let mut standing = Standing::new();
    for row in rows {
        let mut typed = Typed::new();
        for (field, content) in fields.iter().zip(row) {
            typed.insert(field.key.clone(), said(field, content, sheets));
        }
        let name = typed.remove(ROW).unwrap_or_default();
        if !name.is_empty() {
            standing.insert(name, typed);
        }
    }
    standing
}

fn said(field: &Field, content: &Content, sheets: &Sheets) -> String {
    let value = match content {
        Content::Blank => return String::new(),
        Content::Text(text) => Value::Text(text.clone()),
        Content::Number(number) => Value::Number(number.clone(), false),
        Content::Day(day) => Value::Day(*day),
    };
    let cell = Cell {
        column: 0,
        value,
        formula: false,
    };
    let unit = (field.kind == CellKind::Money).then_some(Unit::Wan);
    let known = sheets.context(&field.key, unit);
    match values::read(Some(&cell), field.kind, &known) {
        Outcome::Is(read) => read.text,
        Outcome::Blank(_) | Outcome::Clear | Outcome::Wrong(_) => String::new(),
    }
}

/// The ground of a workbook.
#[must_use]
pub fn of(standing: &Standing, of: (Kind, u32, i64), marks: &Marks) -> Ground {
    let (kind, version, department) = of;
    let rows = standing.iter().map(|(row, typed)| {
        let cells = typed.iter();
        let cells = cells.map(|(field, value)| (field.clone(), marks.of(field, &[value])));
        (row.clone(), cells.collect())
    });
    Ground {
        kind: kind.key().to_owned(),
        version: version.to_string(),
        department,
        rows: rows.collect(),
    }
}

/// How the rows of the unit stand now.
pub async fn now(db: &mut Db, kind: Kind, against: &Against) -> Result<Standing, sqlx::Error> {
    let table = questions::table(&against.scheme, kind);
    let fields: Vec<&Field> = table
        .fields
        .iter()
        .filter(|field| !field.unlisted)
        .collect();
    let rows = rows(db, kind, &fields, against).await?;
    let mut standing = standing(&fields, &Sheets::of(kind, against), &rows);
    if kind == Kind::Survey {
        // A survey may still call it as the register did; it is found by today's name.
        for association in of_unit(db, against.own, i64::MAX).await? {
            if let Some(row) = standing.get_mut(&association.id.to_string()) {
                row.insert(NAME.to_owned(), association.name);
            }
        }
    }
    Ok(standing)
}

/// A workbook that came back, and what it is merged with.
pub struct Returned {
    /// How it stood.
    pub ground: Ground,
    /// How its rows stand now.
    pub standing: Standing,
    /// Of what the marks are made.
    pub marks: Marks,
}

impl Returned {
    /// A row merged with what stands: what nobody touched says nothing, and what both changed is
    /// asked about until it was settled for what stands now.
    #[must_use]
    pub fn merged(&self, line: &Line, against: &Against) -> (Line, Vec<Problem>) {
        let mut typed = line.typed.clone();
        let row = typed.remove(ROW).unwrap_or_default();
        let with = |typed: Typed| Line {
            typed,
            ..line.clone()
        };
        let Some(base) = self.ground.rows.get(&row) else {
            return (with(typed), Vec::new());
        };
        let mark = |field: &str, value: &str| self.marks.of(field, &[value]);
        let Some(theirs) = self.standing.get(&row) else {
            let touched = |field: &str, value: &str| base.get(field) != Some(&mark(field, value));
            typed.retain(|field, value| NAMES.contains(&&**field) || touched(field, value));
            let (row, problems) = self.gone(row, &typed);
            typed.extend(row);
            return (with(typed), problems);
        };
        let merged = merge(&typed, base, theirs, &mark);
        let mut typed = merged.typed;
        // What says whose row it is, goes with it.
        let says = theirs.contains_key("name") || theirs.contains_key(PERSON);
        if against.own.is_some() && says {
            typed.insert(ROW.to_owned(), row.clone());
        }
        for key in NAMES {
            if let (None, Some(name)) = (typed.get(key), theirs.get(key)) {
                typed.insert(key.to_owned(), name.clone());
            }
        }
        let mut problems = Vec::new();
        for conflict in merged.conflicts {
            let key = format!("{row} {}", conflict.field);
            match against.answers.conflicts.get(&key) {
                Some((said, stood)) if *stood == conflict.theirs => {
                    if said == "mine" {
                        typed.insert(conflict.field, conflict.mine);
                    }
                }
                _ => problems.push(problem(&row, conflict)),
            }
        }
        (with(typed), problems)
    }

    /// What is said of a row that stands no more: which person it was, and of an association
    /// that it is not the unit's any longer.
    fn gone(&self, row: String, typed: &Typed) -> (Option<(String, String)>, Vec<Problem>) {
        if self.ground.kind == Kind::People.key() {
            return (Some((ROW.to_owned(), row)), Vec::new());
        }
        let name = typed.get("name").map(String::as_str);
        let problem = name.map(|name| Problem::error("name", name, GONE));
        (None, problem.into_iter().collect())
    }
}

fn problem(row: &str, conflict: Conflict) -> Problem {
    Problem {
        field: conflict.field,
        value: conflict.mine,
        // Told apart again where the question is made.
        what: conflict.theirs,
        expected: row.to_owned(),
        warning: CONFLICT.to_owned(),
    }
}
