//! What marking costs, beside reading alone. By hand, in release:
//! `cargo test --release marking::tests::measure -- --ignored --nocapture --test-threads=1`

use super::super::mark;
use super::archive::marks;
use rust_xlsxwriter::Workbook;
use std::fs::File;
use std::io::BufReader;

fn book() -> std::path::PathBuf {
    let path = std::env::temp_dir().join("tuogou-marking.xlsx");
    if !path.exists() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory().unwrap();
        for row in 0..70_000 {
            for column in 0..12 {
                sheet
                    .write(row, column, format!("第{row}行第{column}列"))
                    .unwrap();
            }
        }
        book.save(&path).unwrap();
    }
    path
}

fn used(what: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let ticks: Vec<_> = stat.split(' ').skip(13).take(2).collect();
    println!(
        "{what}: {ticks:?} hundredths, {}",
        status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap()
    );
}

#[test]
#[ignore = "by hand"]
fn marking() {
    let from = book();
    used("before");
    let bad: Vec<_> = (1..70_000).step_by(7).map(|row| (row, 2)).collect();
    let words: Vec<_> = bad
        .iter()
        .map(|(row, _)| (*row, "统一社会信用代码应为18位"))
        .collect();
    let marks = marks(0, &bad, &words);
    let to = File::create(from.with_extension("marked.xlsx")).unwrap();
    mark(BufReader::new(File::open(&from).unwrap()), to, &[marks]).unwrap();
    used("marked");
}

#[test]
#[ignore = "by hand"]
fn reading() {
    let from = book();
    used("before");
    let mut reader: calamine::Xlsx<_> = calamine::open_workbook(&from).unwrap();
    let mut cells = reader.worksheet_cells_reader("Sheet1").unwrap();
    let mut count = 0;
    while cells.next_cell().unwrap().is_some() {
        count += 1;
    }
    used(&format!("{count} read"));
}
