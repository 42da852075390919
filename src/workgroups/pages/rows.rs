//! Tables of rows in a form without script: some blank rows are always there,
//! blank ones are left out, half-filled ones say what is missing.

use std::collections::BTreeSet;

use crate::web::Form;

/// Most rows of a table.
const MOST: usize = 60;
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

/// Names and labels of every cell that the form may have.
pub fn fields(prefix: &str, columns: &[Column]) -> impl Iterator<Item = (String, String)> {
    (1..=MOST).flat_map(move |number| {
        let cell = move |column: &Column| {
            let name = format!("{prefix}.{number}.{}", column.name);
            (name, format!("第{number}行{}", column.head))
        };
        columns.iter().map(cell)
    })
}

/// The table with `filled` rows and some blank ones.
pub fn table(
    prefix: &str,
    label: &'static str,
    columns: &[Column],
    (form, filled): (&Form, usize),
) -> Table {
    let typed = numbers(form, prefix).last().copied().unwrap_or(0);
    let last = (filled + BLANK).max(typed).min(MOST);
    Table {
        label,
        heads: columns.iter().map(|column| column.head).collect(),
        rows: (1..=last)
            .map(|number| {
                columns
                    .iter()
                    .map(|column| Cell {
                        name: format!("{prefix}.{number}.{}", column.name),
                        label: format!("{label}第{number}行{}", column.head),
                        is_date: column.kind == "date",
                    })
                    .collect()
            })
            .collect(),
    }
}

/// Numbers of the rows that a form carries.
fn numbers(form: &Form, prefix: &str) -> BTreeSet<usize> {
    form.fields()
        .iter()
        .filter_map(|(name, _)| {
            let rest = name.strip_prefix(prefix)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        })
        .filter(|number| (1..=MOST).contains(number))
        .collect()
}

/// Reads the rows: cells of every row that is not blank, as typed and trimmed.
/// Every field of the table becomes known to the form.
pub fn read(form: &mut Form, prefix: &str, columns: &[Column]) -> Vec<Vec<String>> {
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
            rows.push(typed);
        }
    }
    rows
}
