//! What was written is read back by another reader: values with their types, no cell lost, no
//! formula anywhere.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

use calamine::{Data, Range, Reader as _, Xlsx};
use chrono::NaiveDate;

use super::csv::Text;
use super::workbook::Book;
use super::{Notes, Sheet, Size, Writes};
use crate::clock::in_shanghai;
use crate::web::figure::Figure;
use crate::web::table::{Cell, Head, Kind};

fn head(label: &str, group: &str, kind: Kind) -> Head {
    Head {
        head: label == "协会名称",
        ..Head::new(label, kind).below(group)
    }
}

fn heads() -> Vec<Head> {
    vec![
        head("序号", "", Kind::Serial),
        head("协会名称", "", Kind::Words),
        head("统一社会信用代码", "", Kind::Code),
        head("成立日期", "", Kind::Short),
        head("单位", "会员数", Kind::Figure),
        head("个人", "会员数", Kind::Figure),
        head("资产（万元）", "", Kind::Figure),
        head("完成率", "", Kind::Figure),
    ]
}

fn row(number: i64, name: &str) -> Vec<Cell> {
    vec![
        number.into(),
        Cell::plain(name),
        Cell::plain("512201060000010654"),
        NaiveDate::from_ymd_opt(2009, 5, 18).into(),
        86_i64.into(),
        Figure::count(4).into(),
        Cell::money(Some(34_150_000)),
        Cell::Percent("92.1%".to_owned()),
    ]
}

fn notes() -> Notes {
    Notes {
        name: "协会台账".to_owned(),
        as_of: in_shanghai(
            NaiveDate::from_ymd_opt(2018, 11, 22)
                .and_then(|day| day.and_hms_opt(10, 0, 42))
                .unwrap(),
        ),
        filters: vec!["单位：区交通运输局".to_owned()],
        by: "刘某某（区交通运输局·经办人）".to_owned(),
        lines: vec![],
    }
}

/// A workbook of one sheet, rows handed on in slices.
fn book(sheet: Sheet, rows: &[Vec<Cell>]) -> File {
    let mut book = Book::new(&notes(), tempfile::tempfile().unwrap());
    book.sheet(sheet).unwrap();
    for slice in rows.chunks(7) {
        book.rows(slice).unwrap();
    }
    let mut file = book.finish(&notes()).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file
}

fn sheet() -> Sheet {
    Sheet {
        name: "协会台账".to_owned(),
        heads: heads(),
        ..Sheet::default()
    }
}

fn open(file: File) -> Xlsx<BufReader<File>> {
    Xlsx::new(BufReader::new(file)).unwrap()
}

fn parts(file: &File) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(file.try_clone().unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

fn first(book: &mut Xlsx<BufReader<File>>) -> Range<Data> {
    let names = book.sheet_names();
    book.worksheet_range(names.first().unwrap()).unwrap()
}

#[test]
fn a_number_is_a_number_a_code_is_text_and_a_day_is_a_day() {
    let mut read = open(book(sheet(), &[row(1, "长春市绿园区汽车维修行业协会")]));
    let range = first(&mut read);
    // Columns that share a head stand in two rows; all others reach over both.
    assert_eq!(range.get((0, 4)), Some(&Data::String("会员数".to_owned())));
    assert_eq!(range.get((1, 5)), Some(&Data::String("个人".to_owned())));
    let cell = |column| range.get((2, column)).unwrap().clone();
    assert_eq!(cell(0), Data::Float(1.0));
    assert_eq!(cell(2), Data::String("512201060000010654".to_owned()));
    match cell(3) {
        Data::DateTime(day) => assert_eq!(day.as_f64().to_string(), "39951"),
        other => panic!("{other:?}"),
    }
    assert_eq!(cell(4), Data::Float(86.0));
    assert_eq!(cell(5), Data::Float(4.0));
    assert_eq!(cell(6), Data::Float(34.15));
    assert_eq!(cell(7), Data::Float(0.921));
}

#[test]
fn nothing_is_a_formula_and_every_cell_is_there() {
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|'/C calc'!A0",
        "＝1+1",
        "{=1}",
        "\t=1",
        "普通",
    ];
    let rows: Vec<Vec<Cell>> = (1..).zip(texts).map(|(n, text)| row(n, text)).collect();
    let file = book(sheet(), &rows);
    let parts = parts(&file);
    let sheets = || {
        parts
            .iter()
            .filter(|(name, _)| name.contains("worksheets/"))
    };
    assert_eq!(sheets().count(), 2);
    for (name, text) in sheets() {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
    }
    // When somebody edits such a cell it stays text.
    let styles = parts.iter().find(|(name, _)| name.ends_with("styles.xml"));
    assert!(styles.unwrap().1.contains("quotePrefix=\"1\""));
    let mut read = open(file);
    let range = first(&mut read);
    let below = range.rows().skip(2);
    let names: Vec<String> = below.map(|row| row.get(1).unwrap().to_string()).collect();
    assert_eq!(names, texts);
    let cells = range.used_cells().filter(|(row, ..)| *row >= 2).count();
    assert_eq!(cells, texts.len() * heads().len());
}

#[test]
fn the_head_stays_in_sight_and_the_second_sheet_says_what_the_file_is() {
    let rows: Vec<Vec<Cell>> = (1..=40).map(|number| row(number, "协会")).collect();
    let file = book(sheet(), &rows);
    let parts = parts(&file);
    let text = |ending: &str| {
        let part = parts.iter().find(|(name, _)| name.ends_with(ending));
        part.unwrap().1.clone()
    };
    let data = text("sheet1.xml");
    assert!(data.contains("state=\"frozen\""));
    assert!(data.contains("ySplit=\"2\"") && data.contains("xSplit=\"2\""));
    assert!(data.contains("<autoFilter ref=\"A2:H42\""), "{data}");
    assert!(data.contains("paperSize=\"9\"") && data.contains("orientation=\"landscape\""));
    assert!(text("workbook.xml").contains("_xlnm.Print_Titles"));
    let mut read = open(file);
    let told = read.worksheet_range("说明").unwrap();
    let told: Vec<String> = told
        .rows()
        .map(|row| row.get(1).unwrap().to_string())
        .collect();
    assert_eq!(
        told,
        [
            "协会台账",
            "2018年11月22日 10:00",
            "单位：区交通运输局",
            "刘某某（区交通运输局·经办人）",
            "40条"
        ]
    );
}

#[test]
fn the_same_rows_at_the_same_minute_are_the_same_bytes() {
    let bytes = || {
        let mut read = Vec::new();
        let mut file = book(sheet(), &[row(1, "协会"), row(2, "学会")]);
        file.read_to_end(&mut read).unwrap();
        read
    };
    assert_eq!(bytes(), bytes());
    let parts = parts(&book(sheet(), &[]));
    let told = parts.iter().find(|(name, _)| name == "docProps/core.xml");
    // The minute that the sheet 说明 says, as properties have it: in UTC.
    assert!(told.unwrap().1.contains(">2018-11-22T02:00:00Z<"));
}

#[test]
fn an_official_table_has_its_title_its_paper_and_its_signatures() {
    let sheet = Sheet {
        title: vec!["完成情况表".to_owned(), "填报单位：区交通运输局".to_owned()],
        signed: "填表人：　　审核人：".to_owned(),
        size: Size::A3,
        ..sheet()
    };
    for rows in [0, 1, 40] {
        let rows: Vec<Vec<Cell>> = (1..=rows).map(|number| row(number, "协会")).collect();
        let file = book(sheet.clone(), &rows);
        assert!(
            parts(&file)
                .iter()
                .any(|(_, text)| text.contains("paperSize=\"8\""))
        );
        let range = first(&mut open(file));
        assert_eq!(range.get((0, 0)).unwrap().to_string(), "完成情况表");
        assert_eq!(range.get((2, 1)).unwrap().to_string(), "协会名称");
        let last = u32::try_from(rows.len()).unwrap() + 3 + 2;
        let signed = range.get_value((last, 0)).unwrap().to_string();
        assert_eq!(signed, "填表人：　　审核人：", "{}", rows.len());
    }
}

#[test]
fn names_of_sheets_are_made_to_fit_and_differ() {
    let mut book = Book::new(&notes(), tempfile::tempfile().unwrap());
    for name in ["说明", "甲/乙[丙]", "甲乙丙", "", &"长".repeat(60)] {
        let sheet = Sheet {
            name: name.to_owned(),
            heads: heads(),
            ..Sheet::default()
        };
        book.sheet(sheet).unwrap();
    }
    let file = book.finish(&notes()).unwrap();
    let names = open(file).sheet_names();
    assert_eq!(
        names,
        [
            "说明（2）".to_owned(),
            "甲乙丙".to_owned(),
            "甲乙丙（2）".to_owned(),
            "数据".to_owned(),
            "长".repeat(31),
            "说明".to_owned()
        ]
    );
}

#[test]
fn what_a_cell_does_not_hold_is_cut_with_a_word() {
    let file = book(sheet(), &[row(1, &"字".repeat(40_000))]);
    let range = first(&mut open(file));
    let text = range.get((2, 1)).unwrap().to_string();
    assert!(text.ends_with("其余请在系统中查看）"));
    assert_eq!(text.encode_utf16().count(), 32_767);
}

#[test]
fn comma_separated_text_opens_in_chinese_and_runs_nothing() {
    let mut text = Text::new(tempfile::tempfile().unwrap()).unwrap();
    text.sheet(sheet()).unwrap();
    text.rows(&[row(1, "=1+1"), row(2, "甲,\"乙\"\n丙")])
        .unwrap();
    let mut file = text.finish(&notes()).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let mut read = String::new();
    file.read_to_string(&mut read).unwrap();
    let read = read.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(read.as_bytes());
    let labels: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(labels.get(4).unwrap(), "会员数：单位");
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let field = |record: usize, column| records.get(record).unwrap().get(column).unwrap();
    assert_eq!(field(0, 1), "'=1+1");
    assert_eq!(field(1, 1), "甲,\"乙\"\n丙");
    assert_eq!(
        (field(0, 3), field(0, 6), field(0, 7)),
        ("2009-05-18", "34.15", "92.1%")
    );
}

#[test]
fn a_full_sheet_goes_on_in_another_with_its_head() {
    let mut book = Book::new(&notes(), tempfile::tempfile().unwrap());
    // Two rows of head and three more.
    book.most = 5;
    book.sheet(sheet()).unwrap();
    let rows: Vec<Vec<Cell>> = (1..=7).map(|number| row(number, "协会")).collect();
    for slice in rows.chunks(5) {
        book.rows(slice).unwrap();
    }
    let mut file = book.finish(&notes()).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let mut book = open(file);
    assert_eq!(
        book.sheet_names(),
        ["协会台账", "协会台账（2）", "协会台账（3）", "说明"]
    );
    let mut numbers = Vec::new();
    for name in &book.sheet_names()[..3] {
        let range = book.worksheet_range(name).unwrap();
        assert_eq!(range.get((0, 1)).unwrap().to_string(), "协会名称");
        numbers.extend(range.rows().skip(2).map(|row| row[0].to_string()));
    }
    assert!(
        numbers
            .iter()
            .eq(["1", "2", "3", "4", "5", "6", "7"].iter()),
        "{numbers:?}"
    );
}
