//! What reading costs. Run by hand, one test at a time, in release mode:
//! `cargo test --release measure::write -- --ignored`, then `measure::time` and `measure::memory` with `--nocapture`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::sheets::{
    cells::Told,
    reading::{Wanted, look, package::Package, read, sheet_names, vetting},
};

const FILES: [&str; 2] = ["inline", "shared"];

fn path(kind: &str) -> PathBuf {
    std::env::temp_dir().join(format!("reading-large-{kind}.xlsx"))
}

/// User seconds of this process, in hundredths.
fn user_time() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after = stat.rsplit(')').next().unwrap();
    after.split_whitespace().nth(11).unwrap().parse().unwrap()
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap().to_owned()
}

#[test]
#[ignore = "writes large files"]
fn write() {
    for kind in FILES {
        let mut book = Workbook::new();
        let sheet = if kind == "inline" {
            book.add_worksheet_with_constant_memory().unwrap()
        } else {
            book.add_worksheet()
        };
        for row in 0..70_000_u32 {
            for column in 0..12_u16 {
                if column % 3 == 2 {
                    let number = f64::from(row) * 1.25 + f64::from(column);
                    sheet.write_number(row, column, number).unwrap();
                } else {
                    let text = format!("第{row}家协会{}", u32::from(column) * 7);
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
        book.save(path(kind)).unwrap();
    }
}

/// What is measured, and its name.
type Measure = (&'static str, fn(&Path) -> usize);

/// The least of several measures, one of each kind by turns, since the machine has others to serve.
fn compare(measures: &[Measure]) {
    for kind in FILES {
        let path = path(kind);
        let mut least = vec![u64::MAX; measures.len()];
        for _ in 0..15 {
            for ((_, run), least) in measures.iter().zip(&mut least) {
                let before = user_time();
                std::hint::black_box(run(&path));
                *least = (user_time() - before).min(*least);
            }
        }
        for ((what, _), least) in measures.iter().zip(&least) {
            println!("{kind} {what}: {} ms", least * 10);
        }
    }
    println!("{}", peak());
}

fn bare(path: &Path) -> usize {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().unwrap() {
        std::hint::black_box(cell);
        count += 1;
    }
    count
}

fn whole(path: &Path) -> usize {
    let mut count = 0;
    let wanted = Wanted::Sheets(vec![0]);
    let result = read(path, "large.xlsx", &wanted, &mut |told| {
        if let Told::Row(row) = std::hint::black_box(told) {
            count += row.cells.len();
        }
        Ok(())
    });
    result.unwrap();
    count
}

fn looking(path: &Path) -> usize {
    let mut package = Package::open(path).unwrap();
    let parts = sheet_names::find(&mut package).unwrap();
    vetting::vet(&mut package, &parts.folder).unwrap();
    let seen = look::look(&mut package, &parts.sheets[0], 0).unwrap();
    seen.look.merges.len()
}

#[test]
#[ignore = "measures"]
fn time() {
    compare(&[("bare", bare), ("whole", whole), ("look", looking)]);
}

#[test]
#[ignore = "measures"]
fn memory() {
    for kind in FILES {
        println!("{kind}: {} cells, {}", whole(&path(kind)), peak());
    }
}
