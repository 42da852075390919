//! Conditions on one row of a table: values of a column, and named choices of rows.

use serde_json::Value;

use crate::scheme::answers::Row;

/// Name, table, and the function of a named choice of rows.
pub type RowRule = (&'static str, &'static str, fn(&Row<'_>) -> bool);

/// The named choices of rows: rows that a column's value alone does not tell apart.
pub const ROW_RULES: &[RowRule] = &[
    ("kept_by_law", "SV-32", kept_by_law),
    // TC-20: what is not kept by law is stripped, whatever the opinion says.
    ("not_kept_by_law", "SV-32", |row| !kept_by_law(row)),
];

/// Whether a named choice of rows takes the row.
#[must_use]
pub fn row_rule(name: &str, row: &Row<'_>) -> bool {
    ROW_RULES
        .iter()
        .find(|(known, _, _)| *known == name)
        .is_some_and(|(_, _, function)| function(row))
}

/// SV-32: 依法保留 only by authority of a law or regulation, with its article.
#[must_use]
pub fn kept_by_law(row: &Row<'_>) -> bool {
    row.text("opinion") == Some("keep_by_law")
        && row.text("source") == Some("law")
        && row.filled("article")
}

/// Whether a row's column has one of the values.
#[must_use]
pub fn row_is(row: &Row<'_>, column: &str, values: &[String]) -> bool {
    values.iter().any(|value| is_value(row.get(column), value))
}

pub(super) fn is_value(answer: Option<&Value>, value: &str) -> bool {
    match answer {
        Some(Value::String(text)) => text == value,
        Some(Value::Bool(yes)) => value == if *yes { "yes" } else { "no" },
        _ => false,
    }
}
