//! Workbooks as offices have them, by what `expected.json` says of them.

use std::{fs, path::Path};

use chrono::NaiveDate;

use super::made::{cell, first, looks, rows, text, told};
use crate::sheets::{
    cells::{Merge, Row, Told, Unreadable, Value},
    reading::Wanted,
};

const FOLDER: &str = crate::sheets::samples::BOOKS;

fn given(name: &str, wanted: &Wanted) -> Result<Vec<Told>, Unreadable> {
    let bytes = fs::read(Path::new(FOLDER).join(name)).unwrap();
    told(&bytes, name, wanted)
}

fn rows_of(name: &str) -> Vec<Row> {
    rows(given(name, &first()).unwrap())
}

fn value(rows: &[Row], row: u32, column: u32) -> Value {
    cell(rows, row, column).unwrap().value.clone()
}

fn day(year: i32, month: u32, day: u32) -> Value {
    Value::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn title_rows_and_totals() {
    let told = given("01-台账-标题行与合计.xlsx", &first()).unwrap();
    let title = Merge {
        top: 0,
        left: 0,
        bottom: 0,
        right: 6,
    };
    let merges = looks(&told)[0].merges.clone();
    assert_eq!(merges[0].top, title.top, "{merges:?}");
    let rows = rows(told);
    assert_eq!(value(&rows, 4, 1), text("中国企业国有产权交易机构协会"));
    assert_eq!(cell(&rows, 9, 1), None, "row 10 is blank");
    assert!(rows.iter().all(|row| row.row != 9 && !row.hidden));
    assert_eq!(value(&rows, 14, 0), text("合计"));
}

#[test]
fn dates() {
    let rows = rows_of("03-日期各式.xlsx");
    let told: Vec<Value> = (1..16).map(|row| value(&rows, row, 3)).collect();
    let expected = [
        day(2009, 5, 18),
        text("2009-5-18"),
        text("2009.5.18"),
        text("2009年5月18日"),
        Value::Number("20090518".into(), false),
        Value::Number("39951".into(), false),
        text("2009/05/18 00:00:00"),
        text("2009.5"),
        text("二〇〇九年五月十八日"),
        text("2009年5月31日"),
        text("2009-02-30"),
        text("２００９年５月１８日"),
        day(2018, 9, 1),
        text("09-5-18"),
        day(2009, 5, 18),
    ];
    assert_eq!(told, expected);
}

#[test]
fn codes() {
    let rows = rows_of("04-信用代码走样.xlsx");
    let number = |digits: &str| Value::Number(digits.into(), false);
    assert_eq!(value(&rows, 1, 1), text("51220106MJ000940XE"));
    assert_eq!(value(&rows, 2, 1), number("512201060009401"));
    assert_eq!(value(&rows, 3, 1), number("512201060009400000"));
    assert_eq!(value(&rows, 4, 1), text("5.12E+17"));
    assert_eq!(value(&rows, 7, 1), text(" 51220106MJ00094269\u{a0}"));
    assert_eq!(value(&rows, 8, 1), text("'51220106MJ00094344"));
    assert_eq!(cell(&rows, 12, 1), None);
}

#[test]
fn formulas() {
    let rows = rows_of("09-公式与缓存值.xlsx");
    assert_eq!(value(&rows, 1, 3), text("区工业和信息化局"));
    assert!(cell(&rows, 1, 3).unwrap().formula);
    assert_eq!(value(&rows, 4, 3), Value::Error("#N/A".into()));
    assert_eq!(value(&rows, 1, 4), day(2010, 1, 15));
    assert_eq!(value(&rows, 1, 7), Value::Number("32".into(), false));
}

#[test]
fn formulas_without_results_are_never_empty() {
    let computed = rows_of("09-公式与缓存值.xlsx");
    let rows = rows_of("09b-公式无缓存值.xlsx");
    let mut count = 0;
    for row in &rows {
        for told in row.cells.iter().filter(|cell| cell.formula) {
            assert_eq!(told.value, Value::Uncomputed, "{row:?}");
            count += 1;
        }
    }
    let expected: usize = computed
        .iter()
        .map(|row| row.cells.iter().filter(|cell| cell.formula).count())
        .sum();
    assert!(count >= expected && count > 0, "{count} of {expected}");
}

#[test]
fn chinese_text() {
    let told = given("10-名单-GBK.csv", &first()).unwrap();
    let Told::Book { sheets, encoding } = &told[0] else {
        panic!("{told:?}");
    };
    assert_eq!(sheets[0].name, "10-名单-GBK");
    assert_eq!(encoding.as_deref(), Some("GB 18030"));
    let rows = rows(told);
    let places: Vec<u32> = rows.iter().map(|row| row.row).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7, 8], "{rows:?}");
    assert!(rows.iter().any(|row| {
        row.cells
            .iter()
            .any(|cell| matches!(&cell.value, Value::Text(text) if text.contains('\n')))
    }));
}

#[test]
fn old_files_are_old() {
    for name in ["11-旧格式.xls", "11-旧格式.et"] {
        assert_eq!(given(name, &first()), Err(Unreadable::Old), "{name}");
    }
    let bytes = fs::read(Path::new(FOLDER).join("11-旧格式.xls")).unwrap();
    assert_eq!(told(&bytes, "新.xlsx", &first()), Err(Unreadable::Old));
}

#[test]
fn heads_of_all_sheets() {
    let told = given("05-一单位一表.xlsx", &Wanted::Heads(2)).unwrap();
    let Told::Book { sheets, encoding } = &told[0] else {
        panic!("{told:?}");
    };
    assert_eq!(*encoding, None);
    assert_eq!(sheets.len(), 7);
    assert!(sheets[6].hidden && !sheets[0].hidden);
    let places: Vec<u32> = looks(&told).iter().map(|look| look.index).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 5, 6]);
    assert!(rows(told).len() <= 14);
}

#[test]
fn percentages() {
    let rows = rows_of("07-摸底数字与单位.xlsx");
    assert_eq!(value(&rows, 2, 9), Value::Number("0.5".into(), true));
    assert_eq!(value(&rows, 6, 9), Value::Number("1.2".into(), false));
    assert_eq!(
        value(&rows, 6, 3),
        Value::Number("25000.005".into(), false),
        "half a cent stays"
    );
}
