//! What writing a large table costs as the program writes it, beside the bare library: each in
//! a process of its own, since a peak of memory is the process's.

use std::io;

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use crate::clock::shanghai;
use crate::sheets::books::workbook::Book;
use crate::sheets::books::{Notes, Sheet, Writes as _};
use crate::web::table::{Cell, Head, Kind};

use super::sheets::other;

/// The two ways.
pub const STAGES: [&str; 2] = ["plain", "book"];
/// Rows that are handed on at a time.
const SLICE: u32 = 500;
/// The heads of the table, with what stands in their columns.
const HEADS: [(&str, Kind); 12] = [
    ("序号", Kind::Serial),
    ("协会名称", Kind::Words),
    ("统一社会信用代码", Kind::Code),
    ("业务主管单位", Kind::Words),
    ("成立登记日期", Kind::Short),
    ("住所", Kind::Words),
    ("会员数", Kind::Figure),
    ("资产（万元）", Kind::Figure),
    ("办公用房（㎡）", Kind::Figure),
    ("进度", Kind::Words),
    ("完成率", Kind::Figure),
    ("备注", Kind::Words),
];

fn name(row: u32) -> String {
    format!("长春市绿园区第{row}行业协会")
}

fn credit_code(row: u32) -> String {
    format!("51220106MJ{row:07}X")
}

fn domicile(row: u32) -> String {
    format!("绿园区春城大街{row}号")
}

fn day(row: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2000 + i32::try_from(row % 18).unwrap_or(0), 5, 1 + row % 28)
}

/// The library alone, with a format for each type.
pub fn plain(rows: u32) -> io::Result<usize> {
    let to = tempfile::tempfile()?;
    written(rows, to).map_err(other)?;
    Ok(usize::try_from(rows).unwrap_or_default())
}

fn written(rows: u32, to: std::fs::File) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let [text, date] = ["@", "yyyy-mm-dd"].map(|format| Format::new().set_num_format(format));
    let [whole, two, share] =
        ["0", "0.00", "0.0%"].map(|format| Format::new().set_num_format(format));
    for (at, (head, _)) in (0..).zip(HEADS) {
        sheet.write_string_with_format(0, at, head, &text)?;
    }
    for row in 1..=rows {
        let number = f64::from(row);
        sheet.write_number_with_format(row, 0, number, &whole)?;
        sheet.write_string_with_format(row, 1, name(row), &text)?;
        sheet.write_string_with_format(row, 2, credit_code(row), &text)?;
        sheet.write_string_with_format(row, 3, "长春市绿园区商务局", &text)?;
        let year = u16::try_from(2000 + row % 18).unwrap_or(2000);
        let on = ExcelDateTime::from_ymd(year, 5, u8::try_from(1 + row % 28).unwrap_or(1))?;
        sheet.write_datetime_with_format(row, 4, &on, &date)?;
        sheet.write_string_with_format(row, 5, domicile(row), &text)?;
        sheet.write_number_with_format(row, 6, f64::from(row % 300), &whole)?;
        sheet.write_number_with_format(row, 7, number / 100.0, &two)?;
        sheet.write_number_with_format(row, 8, f64::from(row % 9_000) / 100.0, &two)?;
        sheet.write_string_with_format(row, 9, "实施中", &text)?;
        sheet.write_number_with_format(row, 10, f64::from(row % 1000) / 1000.0, &share)?;
        sheet.write_string_with_format(row, 11, "", &text)?;
    }
    book.save_to_writer(to)
}

/// The same rows as the program writes them: cells with their meaning, in slices.
pub fn book(rows: u32) -> io::Result<usize> {
    let notes = Notes {
        name: "协会台账".to_owned(),
        as_of: DateTime::<Utc>::UNIX_EPOCH.with_timezone(&shanghai()),
        by: "测量".to_owned(),
        ..Notes::default()
    };
    let heads = HEADS.map(|(label, kind)| Head::new(label, kind));
    let mut book = Book::new(&notes, tempfile::tempfile()?);
    book.sheet(Sheet {
        name: notes.name.clone(),
        heads: heads.to_vec(),
        ..Sheet::default()
    })?;
    for first in (1..=rows).step_by(usize::try_from(SLICE).unwrap_or(1)) {
        let last = rows.min(first + SLICE - 1);
        let slice: Vec<Vec<Cell>> = (first..=last).map(cells).collect();
        book.rows(&slice)?;
    }
    book.finish(&notes)?;
    Ok(usize::try_from(rows).unwrap_or_default())
}

fn cells(row: u32) -> Vec<Cell> {
    vec![
        i64::from(row).into(),
        Cell::plain(name(row)),
        Cell::plain(credit_code(row)),
        "长春市绿园区商务局".into(),
        day(row).into(),
        Cell::plain(domicile(row)),
        i64::from(row % 300).into(),
        Cell::money(Some(i64::from(row) * 10_000)),
        Cell::area(Some(i64::from(row % 9_000))),
        "实施中".into(),
        Cell::Percent(format!("{}.{}%", row % 1000 / 10, row % 10)),
        Cell::Empty,
    ]
}
