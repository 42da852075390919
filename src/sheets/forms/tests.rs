use super::{
    Book, Column, Content, Guide, Hidden, Kind, Options, Sheet, Stamp, hidden_rows, stamp, write,
};
use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

fn column(heading: &str, kind: Kind) -> Column {
    Column {
        heading: heading.to_owned(),
        note: String::new(),
        width: 12.0,
        kind,
        must: false,
        locked: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column {
            must: true,
            note: "登记证书上的全称。".to_owned(),
            ..column("名称", Kind::Text)
        },
        Column {
            locked: true,
            ..column("统一社会信用代码", Kind::Code)
        },
        column("成立日期", Kind::Day),
        column("注册资金", Kind::Money),
        column("会员数", Kind::Count),
        column("面积", Kind::Area),
        column("脱钩", Kind::YesNo),
        Column {
            must: true,
            ..column("业务主管单位", Kind::Choice("单位".to_owned()))
        },
        column("备注", Kind::Long),
    ]
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn said(text: &str) -> Content {
    Content::Text(text.to_owned())
}

fn numbered(text: &str) -> Content {
    Content::Number(text.to_owned())
}

fn contents() -> Vec<Vec<Content>> {
    vec![
        vec![
            said("=1+1"),
            said("51200001MJ000001XX"),
            Content::Day(day("2018-05-18")),
            numbered("12.50"),
            numbered("0"),
            numbered("-3.25"),
            said("是"),
            said("第1个单位"),
            said(" 一\n<二>&\"_x0041_\" "),
        ],
        vec![
            Content::Blank,
            said(""),
            Content::Day(day("1899-12-31")),
            numbered("1234567890123456.5"),
            numbered("约30"),
            numbered("1e5"),
        ],
        vec![
            said("甲"),
            said("00123"),
            Content::Blank,
            numbered("0.1"),
            numbered("NaN"),
            numbered(""),
            said("多"),
            said("多"),
            said("多"),
            said("余"),
        ],
    ]
}

fn book<'a>(rows: Vec<Vec<Content>>) -> Book<'a> {
    Book {
        stamp: Stamp {
            kind: "register".to_owned(),
            version: "3".to_owned(),
        },
        guide: Guide {
            title: "台账模板".to_owned(),
            made_on: day("2018-06-01"),
            made_by: "张三".to_owned(),
            lines: vec!["共 3 行".to_owned()],
        },
        sheets: vec![Sheet {
            name: "台账".to_owned(),
            columns: columns(),
            rows: Box::new(rows.into_iter()),
        }],
        options: vec![
            Options {
                name: "空".to_owned(),
                values: Vec::new(),
            },
            Options {
                name: "单位".to_owned(),
                values: (1..=60).map(|at| format!("第{at}个单位")).collect(),
            },
        ],
        hidden: vec![Hidden {
            name: "原值".to_owned(),
            rows: vec![
                vec!["甲".to_owned(), String::new(), "=1".to_owned()],
                Vec::new(),
                vec![String::new(), "乙".to_owned()],
            ],
        }],
    }
}

fn written(book: Book<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(book, &mut bytes).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn cells(bytes: &[u8], sheet: &str) -> BTreeMap<(u32, u32), Data> {
    let mut book = open(bytes);
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        if !matches!(cell.get_value(), DataRef::Empty) {
            cells.insert(cell.get_position(), Data::from(cell.get_value().clone()));
        }
    }
    cells
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn every_cell_is_read_back() {
    let read = cells(&written(book(contents())), "台账");
    let text = |row, column| match read.get(&(row, column)) {
        Some(Data::String(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    let heads: Vec<_> = (0..9).map(|column| text(0, column)).collect();
    assert_eq!(
        heads,
        [
            "名称*",
            "统一社会信用代码",
            "成立日期",
            "注册资金",
            "会员数",
            "面积",
            "脱钩",
            "业务主管单位*",
            "备注"
        ]
    );
    assert_eq!(text(1, 0), "=1+1");
    assert_eq!(text(1, 8), " 一\n<二>&\"_x0041_\" ");
    assert!(matches!(&read[&(1, 2)], Data::DateTime(date) if date.to_ymd_hms_milli().0 == 2018));
    let numbers: Vec<_> = [(1, 3), (1, 4), (1, 5), (3, 3)]
        .iter()
        .map(|place| read[place].clone())
        .collect();
    assert_eq!(numbers, [12.5, 0.0, -3.25, 0.1].map(Data::Float));
    assert_eq!(
        [text(2, 2), text(2, 3), text(2, 4), text(2, 5)],
        ["1899-12-31", "1234567890123456.5", "约30", "1e5"]
    );
    assert_eq!([text(3, 1), text(3, 4)], ["00123", "NaN"]);
    // Head, 9, 4, and 7 of the third row: blanks are no cells, what is beyond the columns is left out.
    assert_eq!(read.len(), 9 + 9 + 4 + 7);
}

#[test]
fn sheets_stand_in_their_order() {
    let bytes = written(book(Vec::new()));
    let seen: Vec<_> = open(&bytes)
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible))
        .collect();
    let expected = [
        ("台账", SheetVisible::Visible),
        ("说明", SheetVisible::Visible),
        ("选项", SheetVisible::VeryHidden),
        ("原值", SheetVisible::VeryHidden),
    ];
    assert_eq!(
        seen,
        expected.map(|(name, visible)| (name.to_owned(), visible))
    );
}

#[test]
fn the_guide_says_how() {
    let read: Vec<_> = cells(&written(book(Vec::new())), "说明")
        .into_values()
        .map(|cell| cell.to_string())
        .collect();
    assert_eq!(read.first().unwrap(), "台账模板");
    for line in [
        "制表日期：2018-06-01",
        "制表人：张三",
        "共 3 行",
        "1. 空白表示不改，填—清空—表示删除。",
        "名称（文字，必填）。登记证书上的全称。",
        "统一社会信用代码（代码或者号码，按文字填写，请不要修改）",
    ] {
        assert!(read.iter().any(|found| found == line), "{line}");
    }
}

#[test]
fn the_stamp_comes_back() {
    let bytes = written(book(Vec::new()));
    let mut read = open(&bytes);
    assert_eq!(
        stamp(&mut read),
        Some(Stamp {
            kind: "register".to_owned(),
            version: "3".to_owned()
        })
    );
    let kept = hidden_rows(&mut read, "原值").unwrap().unwrap();
    assert_eq!(kept, [vec!["甲", "", "=1"], vec![], vec!["", "乙"]]);
    assert_eq!(hidden_rows(&mut read, "台账").unwrap(), None);
    assert_eq!(hidden_rows(&mut read, "没有").unwrap(), None);
    let options = hidden_rows(&mut read, "选项").unwrap().unwrap();
    assert_eq!(options.len(), 3 + 60);
    assert_eq!(options[2], ["空", "单位"]);
    assert_eq!(options[62], ["", "第60个单位"]);
}

#[test]
fn other_books_have_no_stamp() {
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write(0, 0, 1).unwrap();
    other
        .add_worksheet()
        .set_name("选项")
        .unwrap()
        .set_hidden(true)
        .write(0, 0, "是")
        .unwrap()
        .write(0, 1, "否")
        .unwrap();
    let bytes = other.save_to_buffer().unwrap();
    assert_eq!(stamp(&mut open(&bytes)), None);
}

#[test]
fn drop_downs_and_rules() {
    let sheet = part(&written(book(Vec::new())), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>选项!$B$4:$B$63</formula1>"));
    for range in [
        "C2:C5001", "D2:D5001", "E2:E5001", "F2:F5001", "G2:G5001", "H2:H5001",
    ] {
        assert!(sheet.contains(&format!("sqref=\"{range}\"")), "{range}");
    }
    assert_eq!(sheet.matches("errorStyle=\"warning\"").count(), 6);
    // Rows that are there are ruled, too.
    let long = part(
        &written(book(vec![vec![said("行")]; 6_000])),
        "xl/worksheets/sheet1.xml",
    );
    assert!(long.contains("sqref=\"C2:C6001\"") && long.contains("<autoFilter ref=\"A1:I6001\"/>"));
}

#[test]
fn columns_have_formats_down_to_the_last_row() {
    let bytes = written(book(Vec::new()));
    let (sheet, styles) = (
        part(&bytes, "xl/worksheets/sheet1.xml"),
        part(&bytes, "xl/styles.xml"),
    );
    let formats: Vec<_> = styles
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("<xf ")
        .skip(1)
        .collect();
    let of = |column: usize| {
        let mark = sheet.split("<col ").skip(1).find(|col| {
            let bound = |name: &str| {
                col.split(name)
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse::<usize>()
                    .unwrap()
            };
            (bound("min=\"")..=bound("max=\"")).contains(&column)
        });
        let style: usize = mark
            .unwrap()
            .split("style=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        formats[style].to_owned()
    };
    for text in [1, 2, 7, 8, 9] {
        assert!(of(text).contains("numFmtId=\"49\""), "{text} {}", of(text));
    }
    assert!(styles.contains("formatCode=\"yyyy-mm-dd\"") && !of(3).contains("numFmtId=\"49\""));
    assert!(of(4).contains("numFmtId=\"4\"") && of(5).contains("numFmtId=\"1\""));
}

#[test]
fn text_is_marked_as_text_and_print_is_set_up() {
    let bytes = written(book(contents()));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"));
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    for set in [
        "state=\"frozen\"",
        "<autoFilter ref=\"A1:I4\"/>",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "第 &amp;P 页 共 &amp;N 页",
    ] {
        assert!(sheet.contains(set), "{set}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains(
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">台账!$1:$1</definedName>"
    ));
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(notes.contains("登记证书上的全称。") && notes.matches("<comment ").count() == 1);
    assert_eq!(written(book(contents())), bytes);
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let fails = |book: Book<'_>| write(book, Vec::new()).is_err();
    assert!(fails(book(vec![vec![said(&"长".repeat(32_768))]])));
    assert!(fails(Book {
        options: Vec::new(),
        ..book(Vec::new())
    }));
    let mut wrong = book(Vec::new());
    wrong.sheets[0].name = "选项".to_owned();
    assert!(fails(wrong));
    wrong = book(Vec::new());
    wrong.sheets[0].name = "台[账".to_owned();
    assert!(fails(wrong));
}
