//! What reading, checking, marking and writing a large spreadsheet costs, beside the bare library: each
//! stage in a process of its own, since a peak of memory is the process's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader as _, Xlsx, open_workbook};
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::ids::DepartmentId;
use crate::registry::rules::incoming::{Against, check};
use crate::scheme::Scheme;
use crate::sheets::cells::{Cell, Row, Told, Value};
use crate::sheets::heads::{self, Head, Vocabulary};
use crate::sheets::marking::{Marks, mark};
use crate::sheets::reading::{Wanted, read};
use crate::sheets::records::{Reader, Taken};
use crate::sheets::values::{self, Context, Outcome};
use crate::web::answer::credit_code::with_check;

use super::books;

/// The stages, in the order in which they are told.
pub const STAGES: [&str; 4] = ["bare", "read", "check", "mark"];
/// The heads of the register that is measured.
const HEADS: [&str; 12] = [
    "序号",
    "协会名称",
    "统一社会信用代码",
    "登记证号",
    "业务主管单位",
    "登记机关",
    "成立登记日期",
    "住所",
    "法定代表人",
    "业务范围",
    "会员主体",
    "备注",
];
/// Rows of which one is marked.
const MARKED: usize = 7;

pub(super) fn other(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// Writes a register of so many rows and twelve columns.
fn write(path: &Path, rows: u32) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string(0, column, head)?;
    }
    for row in 1..=rows {
        let code = with_check(&format!("51220106MJ{row:07}")).unwrap_or_default();
        sheet.write_number(row, 0, row)?;
        let texts = [
            format!("长春市绿园区第{row}行业协会"),
            code,
            format!("长绿社证字第{row}号"),
            "长春市绿园区商务局".to_owned(),
            "长春市绿园区民政局".to_owned(),
            format!("20{:02}-05-18", row % 18),
            format!("绿园区春城大街{row}号"),
            "赵某某".to_owned(),
            "行业自律、信息交流、业务培训、咨询服务".to_owned(),
            "从事相同性质经济活动的单位".to_owned(),
            String::new(),
        ];
        for (column, text) in (1..).zip(texts) {
            sheet.write_string(row, column, text)?;
        }
    }
    book.save(path)
}

/// Measures all stages on a register of so many rows; a line for each.
pub fn measure(rows: u32) -> io::Result<Vec<String>> {
    let path = std::env::temp_dir().join(format!("tuogou-bench-{rows}.xlsx"));
    write(&path, rows).map_err(other)?;
    let program = std::env::current_exe()?;
    let mut lines = Vec::new();
    // Reading takes a file, writing a number of rows.
    let reading = STAGES.map(|stage| (stage, path.clone()));
    let writing = books::STAGES.map(|stage| (stage, PathBuf::from(rows.to_string())));
    for (stage, of) in reading.into_iter().chain(writing) {
        let told = Command::new(&program)
            .args(["bench", "sheet", stage])
            .arg(&of)
            .output()?;
        let told = String::from_utf8_lossy(&told.stdout).trim().to_owned();
        lines.push(format!("{stage:6} {told}"));
    }
    std::fs::remove_file(&path)?;
    Ok(lines)
}

/// One stage, in this process: what it did, its seconds of computing and its peak.
pub fn stage(stage: &str, path: &Path) -> io::Result<String> {
    // How many rows there are to be marked is found out before.
    let rows = if stage == "mark" { bare(path)? } else { 0 };
    let before = seconds()?;
    let did = match stage {
        "bare" => bare(path)?,
        "read" => told(path, &mut |_| {})?,
        "check" => checked(path)?,
        "mark" => marked(path, rows)?,
        "plain" => books::plain(count(path)?)?,
        "book" => books::book(count(path)?)?,
        _ => return Err(other(format!("no stage {stage}"))),
    };
    let after = seconds()?;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(format!(
        "{did:8} rows {:5.2} s CPU {:>10} peak",
        after - before,
        peak.unwrap_or_default().trim(),
    ))
}

fn count(path: &Path) -> io::Result<u32> {
    path.to_string_lossy().parse().map_err(other)
}

/// User seconds of this process, in the clock's hundredths.
fn seconds() -> io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // After the name in brackets, the user's ticks are the twelfth.
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = rest
        .split_whitespace()
        .nth(11)
        .and_then(|ticks| ticks.parse().ok())
        .ok_or_else(|| other("no ticks in /proc/self/stat"))?;
    Ok(ticks / 100.0)
}

/// The library's own stream over all cells.
fn bare(path: &Path) -> io::Result<usize> {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).map_err(other)?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&name).map_err(other)?;
    let mut last = 0;
    while let Some(cell) = cells.next_cell().map_err(other)? {
        last = cell.get_position().0;
    }
    Ok(usize::try_from(last).unwrap_or_default())
}

/// As the process for it reads a file.
fn told(path: &Path, row: &mut dyn FnMut(Row)) -> io::Result<usize> {
    let mut rows = 0;
    let mut tell = |told: Told| {
        if let Told::Row(each) = told {
            rows += 1;
            row(each);
        }
        Ok(())
    };
    let name = path.to_string_lossy();
    read(path, &name, &Wanted::Sheets(vec![0]), &mut tell).map_err(other)?;
    Ok(rows)
}

/// Read, taken apart, and each row checked by the register's rules against nothing.
fn checked(path: &Path) -> io::Result<usize> {
    let scheme = Scheme::lvyuan_2018().map_err(|_| other("the scheme is broken"))?;
    let table = scheme
        .tables
        .of("register")
        .ok_or_else(|| other("no table"))?;
    let vocabulary = Vocabulary::of(table);
    let cells = (0..).zip(HEADS).map(|(column, head)| Cell {
        column,
        value: Value::Text(head.to_owned()),
        formula: false,
    });
    let first = Row {
        row: 0,
        hidden: false,
        cells: cells.collect(),
    };
    let head = heads::find(&[first], &[], &vocabulary).map_err(other)?;
    let mut reader = Reader::new(&head, &[], &vocabulary);
    let mut good = 0;
    told(path, &mut |row| {
        if let Taken::Record(record) = reader.take(row) {
            let typed = typed(&head, &vocabulary, &record.cells);
            let against = Against {
                today: NaiveDate::MAX,
                before: None,
                unit: Some(DepartmentId(1)),
                note: None,
            };
            good += usize::from(check(&typed, &against).is_ok());
        }
    })?;
    Ok(good)
}

fn typed(head: &Head, vocabulary: &Vocabulary, cells: &[Option<Cell>]) -> BTreeMap<String, String> {
    let mut typed = BTreeMap::new();
    for ((_, place), cell) in head.fields().zip(cells) {
        let Some(field) = vocabulary
            .fields
            .get(place)
            .filter(|field| field.key != "member_basis")
        else {
            continue;
        };
        let read = values::read(cell.as_ref(), field.kind, &Context::default());
        if let Outcome::Is(read) = read {
            typed.insert(field.key.clone(), read.text);
        }
    }
    typed
}

/// Every seventh row marked.
fn marked(path: &Path, rows: usize) -> io::Result<usize> {
    let bad = (1..=rows)
        .step_by(MARKED)
        .filter_map(|row| u32::try_from(row).ok());
    let bad: Vec<u32> = bad.collect();
    let marks = Marks {
        sheet: 0,
        head: 0,
        cells: bad.iter().map(|row| (*row, 2)).collect::<BTreeSet<_>>(),
        words: bad
            .iter()
            .map(|row| (*row, "统一社会信用代码应为18位".to_owned()))
            .collect(),
    };
    let from = BufReader::new(File::open(path)?);
    let into = path.with_extension("marked.xlsx");
    mark(from, File::create(&into)?, &[marks])?;
    std::fs::remove_file(into)?;
    Ok(bad.len())
}
