//! What was found in an upload, as its page shows it.

use crate::imports::rules::keys::NAME;
use crate::imports::rules::report::{Column, Sheet};
use crate::imports::rules::{Report, Verdict, column_name};
use crate::imports::store::Shown;
use crate::words::Mark;

/// A sheet and what became of its rows.
pub struct SheetView {
    pub name: String,
    pub words: String,
    pub columns: Vec<Column>,
    pub ignored: Vec<String>,
    pub more: i64,
    /// Columns that have content and no heading: `F、G`.
    pub strays: String,
}

impl SheetView {
    /// Of a sheet.
    #[must_use]
    pub fn of(sheet: &Sheet) -> Self {
        let hidden = if sheet.hidden {
            "隐藏的工作表，"
        } else {
            ""
        };
        let words = match (sheet.read, sheet.head) {
            (true, Some((first, last))) => {
                let head = if first == last {
                    format!("第{}行", first + 1)
                } else {
                    format!("第{}至{}行", first + 1, last + 1)
                };
                format!("{hidden}表头在{head}，读出{}行", sheet.records)
            }
            (_, None) => format!("{hidden}没有认识的表头，没有读取"),
            (false, _) => format!("{hidden}没有读取"),
        };
        let shown = i64::try_from(sheet.ignored.len()).unwrap_or_default();
        Self {
            name: sheet.name.clone(),
            words,
            columns: sheet.columns.clone(),
            ignored: sheet
                .ignored
                .iter()
                .map(|(row, why)| format!("第{}行（{why}）", row + 1))
                .collect(),
            more: sheet.ignored_rows - shown,
            strays: letters(&sheet.strays),
        }
    }
}

fn letters(columns: &[u32]) -> String {
    let letters = columns.iter().map(|column| column_name(*column));
    letters.collect::<Vec<_>>().join("、")
}

/// A row that is shown.
pub struct RowView {
    pub place: String,
    pub subject: String,
    pub mark: Mark,
    pub verdict: &'static str,
    pub lines: Vec<String>,
}

impl RowView {
    /// A row with what stands against it.
    #[must_use]
    pub fn wrong(report: &Report, row: &Shown) -> Self {
        let problems = row.problems.0.iter().chain(&row.found.0);
        let errors = problems.filter(|problem| problem.is_error());
        let lines = errors.map(|problem| {
            let place = report.place(row.sheet, row.row, &problem.field);
            let said = if problem.value.is_empty() {
                String::new()
            } else {
                format!("“{}”", problem.value)
            };
            format!("{place}{said}：{}", problem.sentence())
        });
        Self::of(report, row, lines.collect())
    }

    /// A row with what it changes.
    #[must_use]
    pub fn changing(report: &Report, row: &Shown) -> Self {
        let lines = row.changes.0.iter().map(|changed| {
            let or_none = |text: &str| {
                if text.is_empty() {
                    "（空）".to_owned()
                } else {
                    text.to_owned()
                }
            };
            let (before, after) = (or_none(&changed.before), or_none(&changed.after));
            if row.verdict == Verdict::New {
                format!("{}：{after}", changed.label)
            } else {
                format!("{}：{before} → {after}", changed.label)
            }
        });
        Self::of(report, row, lines.collect())
    }

    fn of(report: &Report, row: &Shown, lines: Vec<String>) -> Self {
        let named = ["name", NAME, "department", "person"];
        let subject = named.iter().find_map(|field| row.typed.get(*field));
        Self {
            place: report.place(row.sheet, row.row, ""),
            subject: subject.cloned().unwrap_or_default(),
            mark: row.verdict.mark(),
            verdict: row.verdict.label(),
            lines,
        }
    }
}
