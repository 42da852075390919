//! The page with both versions, as its template draws it.

use askama::Template;

use crate::web::page::Page;
use crate::web::seal::Seal;

use super::choosing::{self, MINE, THEIRS};
use super::merge::{Change, Merged, Open, Settled, Version};

/// The page.
#[derive(Template)]
#[template(path = "conflict.html")]
pub struct ConflictPage {
    /// The layout's needs.
    pub page: Page,
    /// Where the form goes.
    pub action: String,
    /// Who saved meanwhile, and when.
    pub who: String,
    /// What the form carries besides.
    pub seal: Seal,
    /// Taken over from the other person.
    pub taken: Vec<Told>,
    /// What this person changed.
    pub kept: Vec<Told>,
    /// What both changed.
    pub choices: Vec<Choice>,
    /// All fields that need no choice.
    pub fields: Vec<(String, String)>,
    /// A file was sent, which no browser keeps.
    pub file: bool,
}

/// A difference that is settled.
pub struct Told {
    /// The field or table.
    pub label: String,
    /// What became of a row; empty for a field.
    pub what: &'static str,
    /// A field's words.
    pub text: String,
    /// A row's cells: heading and words.
    pub cells: Vec<(String, String)>,
    /// What it stands in the place of.
    pub before: String,
}

/// A difference to settle.
pub struct Choice {
    /// The field or table.
    pub label: String,
    /// Heads of a table.
    pub heads: Vec<String>,
    /// Both versions.
    pub sides: [Shown; 2],
    /// The fields of both, marked.
    pub fields: Vec<(String, String)>,
}

/// A version to choose.
pub struct Shown {
    /// The choice.
    pub name: String,
    /// Which version.
    pub value: &'static str,
    /// Whose it is.
    pub label: &'static str,
    /// It is proposed.
    pub checked: bool,
    /// A field's words.
    pub text: String,
    /// Rows of cells: heading, words, whether the versions differ in it.
    pub rows: Vec<Vec<(String, String, bool)>>,
}

impl ConflictPage {
    /// Of a merged form.
    #[must_use]
    pub fn new((page, seal): (Page, Seal), action: &str, who: String, merged: Merged) -> Self {
        let choices = merged.open.iter().zip(1..);
        Self {
            page,
            action: action.to_owned(),
            who,
            seal,
            choices: choices.map(|(open, number)| choice(open, number)).collect(),
            taken: merged.taken.iter().map(told).collect(),
            kept: merged.kept.iter().map(told).collect(),
            fields: merged.fields,
            file: false,
        }
    }
}

fn said(text: &str) -> String {
    if text.is_empty() { "（空）" } else { text }.to_owned()
}

/// The cells of a row that say anything, in one line.
fn in_a_line(cells: &[(String, String)]) -> String {
    let cells = cells.iter().map(|(head, text)| format!("{head}{text}"));
    cells.collect::<Vec<_>>().join("，")
}

fn cells(heads: &[String], version: &Version) -> Vec<(String, String)> {
    let row = version.rows.first().map_or(&[][..], Vec::as_slice);
    let cells = heads.iter().cloned().zip(row.iter().cloned());
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

fn told(settled: &Settled) -> Told {
    let of_rows = !settled.heads.is_empty();
    let what = match settled.change {
        _ if !of_rows => "",
        Change::Added => "新增一行",
        Change::Changed => "修改一行",
        Change::Removed => "删除一行",
    };
    let (stays, before) = (&settled.stays, &settled.instead_of);
    let (shown, before) = match settled.change {
        Change::Removed if of_rows => (before, String::new()),
        Change::Added if of_rows => (stays, String::new()),
        _ if of_rows => (stays, in_a_line(&cells(&settled.heads, before))),
        _ => (stays, said(&before.text)),
    };
    Told {
        label: settled.label.clone(),
        what,
        text: if of_rows {
            String::new()
        } else {
            said(&shown.text)
        },
        cells: cells(&settled.heads, shown),
        before,
    }
}

fn choice(open: &Open, number: usize) -> Choice {
    let side = |value, label, (version, other): (&Version, &Version), checked| Shown {
        name: choosing::name(number),
        value,
        label,
        checked,
        text: match (open.heads.is_empty(), version.text.is_empty()) {
            (false, true) => "删除此行".to_owned(),
            _ => said(&version.text),
        },
        rows: version
            .rows
            .iter()
            .map(|row| marked(&open.heads, row, other))
            .collect(),
    };
    let (mine, theirs) = (&open.mine, &open.theirs);
    let mut fields = choosing::marked(number, MINE, mine);
    fields.extend(choosing::marked(number, THEIRS, theirs));
    Choice {
        label: open.label.clone(),
        heads: open.heads.clone(),
        sides: [
            side(MINE, "我填写的", (mine, theirs), open.propose_mine),
            side(THEIRS, "对方保存的", (theirs, mine), !open.propose_mine),
        ],
        fields,
    }
}

/// A row's cells, with whether the other version's says something else.
fn marked(heads: &[String], row: &[String], other: &Version) -> Vec<(String, String, bool)> {
    let others = other.rows.first();
    let cell = |(column, (head, text)): (usize, (&String, &String))| {
        let same = others.and_then(|row| row.get(column)) == Some(text);
        (head.clone(), text.clone(), others.is_some() && !same)
    };
    heads.iter().zip(row).enumerate().map(cell).collect()
}
