//! Rows for tests: by hand, and of the workbooks that offices have.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use chrono::NaiveDate;

use super::cells::{Cell, Merge, Row, Value};
use super::heads::Vocabulary;
use crate::scheme::Scheme;
use crate::scheme::tables::Table;

/// Where the workbooks are.
pub(crate) const BOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/workbooks");

/// The register's headings.
pub(crate) fn register() -> Vocabulary {
    let scheme = Scheme::lvyuan_2018().unwrap();
    Vocabulary::of(scheme.tables.of("register").unwrap())
}

/// Some of the survey's.
pub(crate) fn survey() -> Vocabulary {
    let field = |key: &str, label: &str, kind: &str, synonyms: &[&str]| {
        serde_json::json!({
            "key": key, "label": label, "kind": kind, "synonyms": synonyms, "must": key == "SV-01",
        })
    };
    let table: Table = serde_json::from_value(serde_json::json!({
        "kind": "survey",
        "version": 1,
        "field": [
            field("SV-01", "协会名称", "name", &["名称"]),
            field("SV-10", "单位会员数", "count", &[]),
            field("SV-11", "个人会员数", "count", &[]),
            field("SV-46", "财政拨款", "money", &["2018年财政拨款"]),
            field("SV-50-0", "资产总额", "money", &[]),
            field("SV-50-1", "负债总额", "money", &["负债"]),
            field("SV-42", "是否合署办公", "yes_no", &[]),
            field("SV-44", "是否有独立账号", "yes_no", &[]),
            field("SV-52", "办公用房面积", "area", &[]),
            field("SV-66", "劳动合同签订率", "percent", &[]),
            field("SV-28", "会长", "person", &["负责人姓名"]),
            field("SV-28-1", "会长职务", "text", &["负责人职务"]),
        ],
        "ignored": ["序号", "备注"],
    }))
    .unwrap();
    Vocabulary::of(&table)
}

/// A cell of text.
pub(crate) fn text(column: u32, text: &str) -> Cell {
    cell(column, Value::Text(text.to_owned()))
}

/// A cell of a value.
pub(crate) fn cell(column: u32, value: Value) -> Cell {
    Cell {
        column,
        value,
        formula: false,
    }
}

/// A row of texts from the first column on; "" is no cell. Rows count from 1, as a sheet
/// shows them.
pub(crate) fn row(shown: u32, texts: &[&str]) -> Row {
    let cells = texts.iter().zip(0..).filter(|(text, _)| !text.is_empty());
    Row {
        row: shown - 1,
        hidden: false,
        cells: cells.map(|(words, column)| text(column, words)).collect(),
    }
}

/// A merged range, given as a sheet shows it: rows from 1, columns from 0.
pub(crate) fn merge(rows: (u32, u32), columns: (u32, u32)) -> Merge {
    Merge {
        top: rows.0 - 1,
        bottom: rows.1 - 1,
        left: columns.0,
        right: columns.1,
    }
}

/// A sheet of a workbook.
pub(crate) fn sheet(book: &str, name: &str) -> (Vec<Row>, Vec<Merge>) {
    let mut book: Xlsx<_> = open_workbook(format!("{BOOKS}/{book}.xlsx")).unwrap();
    let mut cells: BTreeMap<(u32, u32), Cell> = BTreeMap::new();
    let range = book.worksheet_range(name).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let place = (
            top + u32::try_from(row).unwrap(),
            left + u32::try_from(column).unwrap(),
        );
        if let Some(value) = value(data) {
            cells.insert(place, cell(place.1, value));
        }
    }
    let formulas = book.worksheet_formula(name).unwrap();
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, _) in formulas
        .used_cells()
        .filter(|(_, _, formula)| !formula.is_empty())
    {
        let place = (
            top + u32::try_from(row).unwrap(),
            left + u32::try_from(column).unwrap(),
        );
        let found = cells
            .entry(place)
            .or_insert_with(|| cell(place.1, Value::Uncomputed));
        found.formula = true;
    }
    let merges = book.merge_cells_by_sheet_name(name).unwrap();
    let merges = merges.iter().map(|range| Merge {
        top: range.start.0,
        left: range.start.1,
        bottom: range.end.0,
        right: range.end.1,
    });
    (rows(cells), merges.collect())
}

fn value(data: &Data) -> Option<Value> {
    Some(match data {
        Data::Int(number) => Value::Number(number.to_string(), false),
        Data::Float(number) => Value::Number(number.to_string(), false),
        Data::String(text) => Value::Text(text.clone()),
        Data::Bool(truth) => Value::Truth(*truth),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            Value::Day(day.unwrap())
        }
        Data::Error(error) => Value::Error(error.to_string()),
        _ => return None,
    })
}

fn rows(cells: BTreeMap<(u32, u32), Cell>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for ((place, _), cell) in cells {
        match rows.last_mut() {
            Some(last) if last.row == place => last.cells.push(cell),
            _ => rows.push(Row {
                row: place,
                hidden: false,
                cells: vec![cell],
            }),
        }
    }
    rows
}

/// The rows of a text file in GB 18030.
pub(crate) fn text_file(name: &str) -> Vec<Row> {
    let bytes = std::fs::read(format!("{BOOKS}/{name}.csv")).unwrap();
    let (text, ..) = encoding_rs::GB18030.decode(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let records = reader.records().map(Result::unwrap).zip(1..);
    records
        .map(|(record, shown)| row(shown, &record.iter().collect::<Vec<_>>()))
        .collect()
}

/// The cell of a sheet by its address, such as "D3".
pub(crate) fn at<'a>(rows: &'a [Row], address: &str) -> Option<&'a Cell> {
    let column = u32::from(address.bytes().next().unwrap() - b'A');
    let place: u32 = address[1..].parse().unwrap();
    let row = rows.iter().find(|row| row.row + 1 == place)?;
    row.cells.iter().find(|cell| cell.column == column)
}
