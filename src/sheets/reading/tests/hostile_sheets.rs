//! Sheets, strings and styles that no program of an office writes.

use std::fmt::Write as _;

use super::made::{Made, cell, first, looks, told};
use crate::sheets::cells::{
    Unreadable::{self, Broken, Columns, Empty, Rows, Unpacked},
    Value,
};
use crate::sheets::reading::Wanted;

fn answer(rows: &str) -> Result<usize, Unreadable> {
    Made::of_rows(rows).rows().map(|rows| rows.len())
}

fn one(cell: &str) -> Result<usize, Unreadable> {
    answer(&format!("<row r=\"1\">{cell}</row>"))
}

#[test]
fn places_that_do_not_exist() {
    for place in [
        "A0",
        "1A",
        "1",
        "A",
        "",
        "XFE1",
        "ZZZZZ1",
        "ZZZZZZZZZZ1",
        "A1048577",
        "A4294967297",
        "A99999999999",
        "A-1",
        "$A$1",
        "A1:B2",
        "Ａ1",
        "&#65;1",
    ] {
        let found = one(&format!("<c r=\"{place}\"><v>1</v></c>"));
        assert_eq!(found, Err(Broken), "{place}");
    }
    for row in [
        "0",
        "-1",
        "4294967295",
        "4294967296",
        "1048577",
        "99999999999",
        "x",
        "",
    ] {
        assert_eq!(
            answer(&format!("<row r=\"{row}\"><c><v>1</v></c></row>")),
            Err(Broken),
            "{row}"
        );
    }
    assert_eq!(one("<c r=\"XFD1\"><v>1</v></c>"), Ok(1));
    assert_eq!(answer("<row r=\"1048576\"><c><v>1</v></c></row>"), Ok(1));
    assert_eq!(
        answer("<row r=\"1048576\"><c><v>1</v></c></row><row><c><v>1</v></c></row>"),
        Err(Broken)
    );
    assert_eq!(
        one("<c r=\"A1\" r=\"A99999999999\"><v>1</v></c>"),
        Err(Broken)
    );
}

#[test]
fn rows_that_go_back() {
    let row =
        |row: &str, place: &str| format!("<row r=\"{row}\"><c r=\"{place}\"><v>1</v></c></row>");
    assert_eq!(answer(&(row("5", "A5") + &row("3", "A3"))), Err(Broken));
    assert_eq!(answer(&(row("5", "A5") + &row("6", "A2"))), Err(Broken));
    assert_eq!(answer(&(row("5", "A5") + &row("5", "B5"))), Ok(1));
    assert_eq!(
        answer(&(row("5", "A5") + &row("5", "A5"))),
        Err(Broken),
        "one cell twice"
    );
    let many = "<c r=\"A1\"><v>1</v></c>".repeat(100_000);
    assert_eq!(one(&many), Err(Broken), "one cell too often");
}

#[test]
fn ranges_that_run_backwards() {
    for (range, answer) in [
        ("B2:A1", Err(Broken)),
        ("A:B", Err(Broken)),
        ("", Err(Broken)),
        ("A1:XFD1048576", Ok(())),
    ] {
        let sheet = format!(
            "<worksheet><dimension ref=\"{range}\"/><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1\"/></mergeCells></worksheet>"
        );
        assert_eq!(Made::of_sheet(sheet).told().map(drop), answer, "{range}");
        let merged = format!(
            "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"{range}\"/></mergeCells></worksheet>"
        );
        let found = Made::of_sheet(merged).told();
        assert_eq!(
            found.as_ref().map(|told| looks(told)[0].merges.len()).ok(),
            answer.ok().map(|()| 1)
        );
    }
    let shared = "<c r=\"A1\"><f t=\"shared\" ref=\"B2:A1\" si=\"4294967295\">1</f><v>1</v></c>";
    assert_eq!(one(shared), Ok(1), "nobody takes the range");
    let merges = "<mergeCell ref=\"A1\"/>".repeat(100_001);
    let sheet =
        format!("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>{merges}</worksheet>");
    assert_eq!(Made::of_sheet(sheet).told(), Err(Broken));
}

#[test]
fn torn_xml() {
    for sheet in [
        "",
        "<worksheet>",
        "<worksheet/>",
        "<worksheet><sheetData>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><q>1</q></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=1><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"zz\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&bomb;</v></c></row></sheetData></worksheet>",
    ] {
        assert_eq!(Made::of_sheet(sheet).told(), Err(Broken), "{sheet}");
    }
    let bomb = "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>";
    assert_eq!(Made::of_sheet(bomb).told(), Err(Broken));
    let good = Made::of_rows("<row><c><v>1</v></c></row>");
    assert_eq!(
        good.with("xl/styles.xml", "<!DOCTYPE a><styleSheet/>")
            .told(),
        Err(Broken)
    );
    let deep = "<a>".repeat(100_000);
    assert_eq!(Made::of_sheet(deep).told(), Err(Broken));
    let foreign = b"<worksheet><sheetData><row><c t=\"str\"><v>\xB1\xED</v></c></row></sheetData></worksheet>";
    assert_eq!(Made::of_sheet(foreign.to_vec()).told(), Err(Broken));
    let wide: Vec<u8> = "\u{feff}<worksheet><sheetData/></worksheet>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(Made::of_sheet(wide).told(), Err(Broken));
}

#[test]
fn shared_strings() {
    let of_string =
        |place: &str| Made::of_rows(&format!("<row><c t=\"s\"><v>{place}</v></c></row>"));
    let strings = "<sst uniqueCount=\"1\"><si><t>甲</t></si></sst>";
    assert!(
        of_string("0")
            .with("xl/sharedStrings.xml", strings)
            .told()
            .is_ok()
    );
    assert_eq!(
        of_string("1").with("xl/sharedStrings.xml", strings).told(),
        Err(Broken)
    );
    assert_eq!(of_string("0").told(), Err(Broken), "no strings at all");
    for count in [
        "18446744073709551615",
        "1000000000000",
        "+4000000000",
        "5000000",
    ] {
        let strings = strings.replace("\"1\"", &format!("\"{count}\""));
        assert_eq!(
            of_string("0").with("xl/sharedStrings.xml", strings).told(),
            Err(Broken),
            "{count}"
        );
    }
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(200_000));
    assert_eq!(
        of_string("0").with("xl/sharedStrings.xml", long).told(),
        Err(Broken)
    );
}

#[test]
fn styles_that_multiply() {
    let name = "x".repeat(900_000);
    let xfs = "<xf fontId=\"0\"/>".repeat(60_000);
    let styles = format!(
        "<styleSheet><fonts><font><name val=\"{name}\"/></font></fonts><cellXfs>{xfs}</cellXfs></styleSheet>"
    );
    let book = Made::of_rows("<row><c><v>1</v></c></row>");
    assert_eq!(book.with("xl/styles.xml", styles).told(), Err(Broken));
}

#[test]
fn numbers_that_are_none() {
    let number =
        |number: &str, style: u8| one(&format!("<c r=\"A1\" s=\"{style}\"><v>{number}</v></c>"));
    for odd in ["NaN", "inf", "-inf", "1e999"] {
        assert_eq!(number(odd, 0), Err(Broken), "{odd}");
        assert_eq!(number(odd, 1), Err(Broken), "{odd}");
    }
    for odd in ["1e300", "-1", "1e-300", "1e15", "2958466"] {
        for style in [0, 1, 3, 5, 250] {
            assert_eq!(number(odd, style), Ok(1), "{odd}");
        }
    }
    let rows = Made::of_rows("<row><c s=\"1\"><v>1e300</v></c></row>")
        .rows()
        .unwrap();
    let Value::Number(digits, false) = &cell(&rows, 0, 0).unwrap().value else {
        panic!("{rows:?}")
    };
    assert_eq!(digits.len(), 301);
}

#[test]
fn blank_rows_to_the_end() {
    let mut rows = String::from("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    for row in (1_048_576 - 4_000)..=1_048_576 {
        write!(rows, "<row r=\"{row}\" spans=\"1:6\">").unwrap();
        for column in ["A", "B", "C", "D", "E", "F"] {
            write!(rows, "<c r=\"{column}{row}\" s=\"1\"/>").unwrap();
        }
        rows.push_str("</row>");
    }
    assert_eq!(answer(&rows), Ok(1));
    let blank = rows.replace("<v>1</v>", "");
    assert_eq!(answer(&blank), Err(Empty));
    let sheet = "<worksheet><sheetData/></worksheet>";
    assert_eq!(
        told(&Made::of_sheet(sheet).bytes(), "a.xlsx", &first()),
        Err(Empty)
    );
}

#[test]
fn many_blank_rows_are_no_bomb() {
    let mut rows = String::new();
    for row in 900_000..=1_048_576 {
        write!(
            rows,
            "<row r=\"{row}\" s=\"1\" customFormat=\"1\" ht=\"14.25\"/>"
        )
        .unwrap();
    }
    rows.insert_str(0, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    assert_eq!(answer(&rows), Ok(1));
}

#[test]
fn too_much_content() {
    let wide = |count: usize| one(&"<c><v>1</v></c>".repeat(count));
    assert_eq!(wide(200), Ok(1));
    assert_eq!(wide(201), Err(Columns));
    assert_eq!(wide(16_384), Err(Columns));
    assert_eq!(
        one(&"<c/>".repeat(16_384)),
        Err(Empty),
        "blank columns are none"
    );
    let high = |count: usize| answer(&"<row><c><v>1</v></c></row>".repeat(count));
    assert_eq!(high(100_000), Ok(100_000));
    assert_eq!(high(100_001), Err(Rows));
}

/// Every part with every byte changed, so that the sums of the package are right and only the XML is wrong: an answer, and no panic.
#[test]
fn every_changed_byte_of_a_part_is_survived() {
    let sheet = "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
        <row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"1\"><v>39951</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"e\"><f t=\"shared\" ref=\"A2:A3\" si=\"0\">B1</f><v>#N/A</v></c><c t=\"inlineStr\"><is><t>a&amp;b</t></is></c></row>\
        </sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>";
    let strings = "<sst uniqueCount=\"1\"><si><r><t>a</t></r><rPh/></si></sst>";
    let made = || Made::of_sheet(sheet).with("xl/sharedStrings.xml", strings);
    assert_eq!(made().rows().map(|rows| rows.len()), Ok(2));
    for (name, content) in made().0 {
        for at in 0..content.len() {
            let mut changed = content.clone();
            changed[at] = b"\"<>/9 &:"[at * 5 % 8];
            made().with(&name, changed).told().ok();
        }
    }
}

#[test]
fn texts_in_endless_pieces() {
    let text = format!("<t>{}</t>", "x".repeat(60_000)).repeat(20);
    let inline = format!("<c t=\"inlineStr\"><is>{text}</is></c>");
    assert_eq!(one(&inline), Err(Broken));
    let book = Made::of_rows("<row><c t=\"s\"><v>0</v></c></row>");
    let strings = format!("<sst><si>{text}</si></sst>");
    assert_eq!(
        book.with("xl/sharedStrings.xml", strings).told(),
        Err(Broken)
    );
}

#[test]
fn many_fonts_and_names() {
    let book = || Made::of_rows("<row><c><v>1</v></c></row>");
    let fonts = "<font/>".repeat(300_000);
    let styles = format!("<styleSheet><fonts>{fonts}</fonts></styleSheet>");
    assert_eq!(book().with("xl/styles.xml", styles).told(), Err(Broken));
    let names = "<definedName name=\"\"/>".repeat(300_000);
    let names = format!("<workbook><sheet name=\"a\" r:id=\"r1\"/>{names}</workbook>");
    assert_eq!(book().with("xl/workbook.xml", names).told(), Err(Broken));
}

#[test]
fn rows_that_are_not_where_their_cells_are() {
    assert_eq!(
        answer("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>"),
        Err(Broken)
    );
    assert_eq!(
        answer("<row hidden=\"1\"><c r=\"A2\"><v>1</v></c></row>"),
        Err(Broken)
    );
    assert_eq!(answer("<row><c r=\"A2\"><v>1</v></c></row>"), Ok(1));
}

/// A book of so many sheets that are one part.
fn many(names: impl IntoIterator<Item = String>, sheet: &str) -> Made {
    let sheets = names
        .into_iter()
        .map(|name| format!("<sheet name=\"{name}\" r:id=\"r1\"/>"));
    let sheets: String = sheets.collect();
    let book = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    Made::of_sheet(sheet).with("xl/workbook.xml", book)
}

#[test]
fn first_rows_that_weigh_more_than_whoever_asks_can_hold() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(200));
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        row.repeat(30)
    );
    let book = |sheets: u32| many((0..sheets).map(|sheet| sheet.to_string()), &sheet).bytes();
    let heads = Wanted::Heads(30);
    assert!(told(&book(50), "a.xlsx", &heads).is_ok());
    assert_eq!(told(&book(60), "a.xlsx", &heads), Err(Unpacked));
    assert!(told(&book(60), "a.xlsx", &Wanted::Sheets(vec![0, 59])).is_ok());
}

#[test]
fn one_text_in_many_cells() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "协".repeat(32_767));
    let answer = |cells: usize, rows: usize, wanted: &Wanted| {
        let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(cells));
        let book = Made::of_rows(&row.repeat(rows)).with("xl/sharedStrings.xml", strings.clone());
        told(&book.bytes(), "a.xlsx", wanted).map(drop)
    };
    assert_eq!(answer(10, 1, &first()), Ok(()));
    assert_eq!(answer(11, 1, &first()), Err(Unpacked));
    assert_eq!(answer(10, 8, &Wanted::Heads(30)), Ok(()));
    assert_eq!(answer(10, 9, &Wanted::Heads(30)), Err(Unpacked));
    assert_eq!(answer(10, 9, &first()), Ok(()));
}

#[test]
fn names_and_merges_of_all_sheets() {
    let row = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let long = |length: usize| {
        many(
            ["表".repeat(length)],
            &format!("<worksheet>{row}</worksheet>"),
        )
    };
    assert!(long(300).told().is_ok());
    assert_eq!(long(400).told(), Err(Broken));
    let merges = "<mergeCell ref=\"A1\"/>".repeat(60_000);
    let sheet = format!("<worksheet>{row}{merges}</worksheet>");
    let answer = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned());
        told(&many(names, &sheet).bytes(), "a.xlsx", &Wanted::Heads(1)).map(drop)
    };
    assert_eq!(answer(&["a"]), Ok(()));
    assert_eq!(answer(&["a", "b"]), Err(Broken));
}
