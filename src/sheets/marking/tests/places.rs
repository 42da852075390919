//! Where cells, rows and the new column stand.

use super::super::places::{column_of, name_of, row_of};
use super::super::{Marks, mark};
use super::archive::{book, cells, marked, marked_sheet, marks, sheet, styles};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::Cursor;

#[test]
fn names_and_numbers() {
    for (name, row, column) in [
        ("A1", 0, 0),
        ("Z9", 8, 25),
        ("AA10", 9, 26),
        ("XFD1048576", 1_048_575, 16_383),
    ] {
        assert_eq!((row_of(name), column_of(name)), (Some(row), Some(column)));
        assert_eq!(name_of(row, column), name);
    }
    assert_eq!((row_of("$B$3"), column_of("$B$3")), (Some(2), Some(1)));
    assert_eq!(
        (row_of("B0"), column_of("12"), row_of("")),
        (None, None, None)
    );
}

#[test]
fn missing_rows_and_cells_are_put_in_order() {
    let source = sheet("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"5\"/>");
    let written = marked_sheet(
        &source,
        &marks(
            0,
            &[(1, 0), (1, 2), (3, 1)],
            &[(1, "一"), (4, "二"), (6, "三")],
        ),
    );
    let places: Vec<_> = written
        .split("<c r=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    // C2 is red, and is also where explanations go.
    assert_eq!(places, ["C1", "A2", "B2", "C2", "B4", "C5", "C7"]);
    let rows: Vec<_> = written
        .split("<row r=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(rows, ["1", "2", "4", "5", "7"]);
}

#[test]
fn an_empty_sheet_gets_its_rows() {
    let source = sheet("").replace("<sheetData></sheetData>", "<sheetData />");
    let written = cells(
        &marked(
            &book(&source, Some(&styles())),
            &marks(1, &[], &[(2, "空")]),
        ),
        0,
    );
    assert_eq!(
        written,
        BTreeMap::from([((1, 0), "错误说明".to_owned()), ((2, 0), "空".to_owned())])
    );
}

#[test]
fn the_column_is_right_of_content_and_of_merged_heads() {
    let merged = |range: &str| {
        let source = sheet(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"F1\" s=\"1\"/></row><row r=\"2\"><c r=\"B2\"><v>1</v></c></row>",
        );
        let merge = format!("</sheetData><mergeCells><mergeCell ref=\"{range}\"/></mergeCells>");
        let written = cells(
            &marked(
                &book(&source.replace("</sheetData>", &merge), Some(&styles())),
                &marks(1, &[], &[(2, "错")]),
            ),
            0,
        );
        written
            .into_iter()
            .find(|(_, text)| text == "错误说明")
            .unwrap()
            .0
    };
    assert_eq!(merged("A9:B9"), (1, 2));
    // A title above the head may be as wide as it likes.
    assert_eq!(merged("A1:H1"), (1, 2));
    assert_eq!(merged("B2:D3"), (1, 4));
}

#[test]
fn cells_without_names_are_counted() {
    let source = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>");
    let written = marked_sheet(&source, &marks(0, &[(0, 1), (1, 0)], &[]));
    assert_eq!(
        written,
        sheet(
            "<row><c><v>1</v></c><c s=\"3\"><v>2</v></c></row><row><c s=\"3\"><v>3</v></c></row>"
        )
    );
}

#[test]
fn widths_keep_their_order() {
    let with = |cols: &str| {
        let source = sheet("<row r=\"1\"><c r=\"B1\"><v>1</v></c></row>")
            .replace("<sheetData>", &format!("{cols}<sheetData>"));
        let written = marked_sheet(&source, &marks(0, &[], &[(1, "错")]));
        written
            .split("<sheetData>")
            .next()
            .unwrap()
            .split("main\">")
            .nth(1)
            .unwrap()
            .to_owned()
    };
    let new = "<col min=\"3\" max=\"3\" width=\"50\" customWidth=\"1\"/>";
    assert_eq!(with(""), format!("<cols>{new}</cols>"));
    assert_eq!(with("<cols/>"), format!("<cols>{new}</cols>"));
    assert_eq!(
        with("<cols><col min=\"1\" max=\"1\" width=\"5\"></col></cols>"),
        format!("<cols><col min=\"1\" max=\"1\" width=\"5\"></col>{new}</cols>")
    );
    assert_eq!(
        with("<cols><col min=\"5\" max=\"9\"></col></cols>"),
        format!("<cols>{new}<col min=\"5\" max=\"9\"></col></cols>")
    );
    let right = "<cols><col min=\"2\" max=\"16384\" hidden=\"1\" width=\"30\"></col></cols>";
    assert_eq!(
        with(right),
        format!(
            "<cols><col min=\"2\" max=\"2\" hidden=\"1\" width=\"30\"/>{new}<col min=\"4\" max=\"16384\" hidden=\"1\" width=\"30\"/></cols>"
        )
    );
    let wide = "<cols><col min=\"3\" max=\"3\" width=\"30\"/></cols>";
    assert_eq!(with(wide), wide);
}

#[test]
fn new_cells_have_the_style_of_their_row_or_column() {
    let source = sheet("<row r=\"1\" s=\"2\" customFormat=\"1\"/><row r=\"2\" s=\"2\"/>").replace(
        "<sheetData>",
        "<cols><col min=\"2\" max=\"3\" style=\"1\"/></cols><sheetData>",
    );
    let written = marked_sheet(&source, &marks(0, &[(0, 1), (1, 1), (1, 4)], &[]));
    assert!(written.contains("<row r=\"1\" s=\"2\" customFormat=\"1\"><c r=\"B1\" s=\"3\"/></row><row r=\"2\" s=\"2\"><c r=\"B2\" s=\"4\"/><c r=\"E2\" s=\"5\"/></row>"), "{written}");
}

#[test]
fn what_cannot_be_marked_is_an_error() {
    let full = book(
        &sheet("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"),
        Some(&styles()),
    );
    let wrong = marks(0, &[], &[(1, "错")]);
    let fails = |book: &[u8], marks: &[Marks]| {
        mark(Cursor::new(book), Cursor::new(Vec::new()), marks).is_err()
    };
    assert!(fails(&full, std::slice::from_ref(&wrong)));
    let good = book(&sheet(""), Some(&styles()));
    assert!(!fails(&good, std::slice::from_ref(&wrong)));
    assert!(fails(&good, &[wrong.clone(), wrong.clone()]));
    assert!(fails(
        &good,
        &[Marks {
            sheet: 1,
            ..wrong.clone()
        }]
    ));
    assert!(fails(b"PK no archive", std::slice::from_ref(&wrong)));
    assert!(fails(
        &book("<worksheet><sheetData>", Some(&styles())),
        std::slice::from_ref(&wrong)
    ));
    assert!(fails(&book("<chartsheet/>", Some(&styles())), &[wrong]));
}

fn sparse() -> impl Strategy<Value = BTreeSet<(u32, u32)>> {
    prop::collection::btree_set((0..12u32, 0..8u32), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mark_loses_a_cell(there in sparse(), bad in sparse(), wrong in prop::collection::btree_set(0..15u32, 0..8), head in 0..4u32) {
        let mut rows = String::new();
        for row in 0..12 {
            let cells: Vec<_> = there.range((row, 0)..(row, 99)).collect();
            if !cells.is_empty() {
                write!(rows, "<row r=\"{}\">", row + 1).unwrap();
                for (row, column) in cells {
                    write!(rows, "<c r=\"{}\" s=\"{}\"><v>{row}.{column}</v></c>", name_of(*row, *column), column % 3).unwrap();
                }
                rows.push_str("</row>");
            }
        }
        let before = book(&sheet(&rows), Some(&styles()));
        let wrong: Vec<_> = wrong.into_iter().filter(|row| *row >= head).map(|row| (row, "错")).collect();
        let marks = marks(head, &bad.iter().copied().collect::<Vec<_>>(), &wrong);
        let after = marked(&before, &marks);
        let mut read = cells(&after, 0);
        for (place, text) in cells(&before, 0) {
            prop_assert_eq!(read.remove(&place), Some(text));
        }
        prop_assert!(read.values().all(|text| text == "错" || text.starts_with("错误说明")));
        prop_assert_eq!(read.len(), wrong.len() + usize::from(wrong.iter().all(|(row, _)| *row != head) && !wrong.is_empty()));
        // The same marks again, and then none.
        prop_assert!(super::archive::parts(&marked(&after, &marks)) == super::archive::parts(&after));
        let clean = cells(&marked(&after, &super::archive::marks(head, &[], &[])), 0);
        prop_assert!(clean.into_iter().all(|(place, text)| there.contains(&place) || text == "错误说明"));
    }
}
