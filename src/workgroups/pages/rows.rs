//! Tables of rows in a form without script: some blank rows are always there,
//! blank ones are left out, half-filled ones say what is missing.

use std::collections::BTreeSet;

use crate::web::Form;
use crate::web::conflict::base::{self, Base};
use crate::web::conflict::{self, Line, Part};

/// Most rows of a table.
const MOST: usize = 60;
/// Numbers of rows end before this.
const LAST: u32 = 10_000;
/// Blank rows below those that are filled.
const BLANK: usize = 3;

/// A column: name, head, longest text, kind of input.
pub struct Column {
    /// Its name within the row.
    pub name: &'static str,
    /// Its head.
    pub head: &'static str,
    /// Most characters.
    pub max: usize,
    /// `text` or `date`.
    pub kind: &'static str,
}

/// A table of rows as the page draws it.
pub struct Table {
    /// Its heading.
    pub label: &'static str,
    /// Heads of its columns.
    pub heads: Vec<&'static str>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: field name, label for readers.
pub struct Cell {
    /// The field's name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// A day is typed here.
    pub is_date: bool,
}

/// The table as two versions of it are compared.
pub fn part(prefix: &str, label: &str, columns: &[Column]) -> Part {
    let column = |column: &Column| match column.kind {
        "date" => Line::day(column.name, column.head),
        _ => Line::text(column.name, column.head),
    };
    Part::Table(conflict::Table {
        name: prefix.to_owned(),
        label: label.to_owned(),
        columns: columns.iter().map(column).collect(),
        nil: None,
    })
}

/// The table with `filled` rows and some blank ones.
pub fn table(
    prefix: &str,
    label: &'static str,
    columns: &[Column],
    (form, filled): (&Form, usize),
) -> Table {
    let mut shown = numbers(form, prefix);
    // A row that was taken away leaves its number to nobody.
    let stood = form.raw(base::BASE).and_then(Base::parse);
    let stood = stood.iter().flat_map(|base| base.numbers(prefix));
    let next = stood.chain(shown.last().copied()).max().unwrap_or(0) + 1;
    let blank = (filled + BLANK).min(MOST).saturating_sub(shown.len());
    shown.extend((next..LAST).take(blank));
    Table {
        label,
        heads: columns.iter().map(|column| column.head).collect(),
        rows: shown
            .into_iter()
            .zip(1..)
            .map(|(number, place)| {
                columns
                    .iter()
                    .map(|column| Cell {
                        name: format!("{prefix}.{number}.{}", column.name),
                        label: format!("{label}第{place}行{}", column.head),
                        is_date: column.kind == "date",
                    })
                    .collect()
            })
            .collect(),
    }
}

/// Numbers of the rows that a form carries.
fn numbers(form: &Form, prefix: &str) -> BTreeSet<u32> {
    form.fields()
        .iter()
        .filter_map(|(name, _)| {
            let rest = name.strip_prefix(prefix)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        })
        .filter(|number| (1..LAST).contains(number))
        .collect()
}

/// Reads the rows: number and cells of every row that is not blank, as typed and
/// trimmed. Every field of the table becomes known to the form.
pub fn read(form: &mut Form, prefix: &str, columns: &[Column]) -> Vec<(u32, Vec<String>)> {
    let mut rows = Vec::new();
    for number in numbers(form, prefix) {
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("{prefix}.{number}.{}", column.name))
            .collect();
        let typed: Vec<String> = names
            .iter()
            .map(|name| form.value(name).trim().to_owned())
            .collect();
        let blank = typed.iter().all(String::is_empty);
        for (column, name) in columns.iter().zip(&names) {
            let label = format!("第{number}行{}", column.head);
            let message = format!("请填写{}；不需要此行的，请清空整行。", column.head);
            if column.kind == "date" {
                let field = form.date(name, &label);
                if blank {
                    let _ = field.optional();
                } else {
                    let _ = field.required(&message);
                }
            } else {
                let field = form.text(name, &label, column.max);
                if blank {
                    let _ = field.optional();
                } else {
                    let _ = field.required(&message);
                }
            }
        }
        if !blank {
            rows.push((number, typed));
        }
    }
    if rows.len() > MOST {
        form.fail(prefix, "表格", format!("一张表最多{MOST}行。"));
    }
    rows
}
