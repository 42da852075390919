//! The look and the cells agree, wherever the borders of the pieces fall.

use std::fmt::Write as _;

use std::io::{self, Read};

use super::made::{Made, cell, looks, rows};
use crate::sheets::{
    cells::{Merge, Unreadable, Value},
    reading::tags::scan,
};

/// Gives a few bytes at a time.
struct Dripping<'a>(&'a [u8], usize);

impl Read for Dripping<'_> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(space.len()).min(self.0.len());
        let (now, later) = self.0.split_at(count);
        space[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

fn seen(xml: &str, drop: usize) -> Result<Vec<String>, Unreadable> {
    let mut all = Vec::new();
    scan(Dripping(xml.as_bytes(), drop), &mut |tag| {
        let mut text = format!("{:?} {}", tag.form, String::from_utf8_lossy(tag.name));
        for attribute in tag.attributes() {
            let (key, value) = attribute?;
            write!(
                text,
                " {}={}",
                String::from_utf8_lossy(key),
                String::from_utf8_lossy(value)
            )
            .unwrap();
        }
        all.push(text);
        Ok(())
    })?;
    Ok(all)
}

#[test]
fn borders_of_pieces_change_nothing() {
    let xml = "\u{feff}<?xml version='1.0' encoding=\"UTF-8\"?><x:row a = \"1>2\" hidden='1' >文<!-- <c> -- > --><c r=\"A1\"><v>1</v></c><![CDATA[<f>]]><f/><q ü=\"'\"/></x:row>\n";
    let whole = seen(xml, usize::MAX).unwrap();
    assert_eq!(
        whole,
        [
            "Open row a=1>2 hidden=1",
            "Open c r=A1",
            "Whole f",
            "Whole q ü='",
            "Close row"
        ]
    );
    for drop in 1..20 {
        assert_eq!(seen(xml, drop).unwrap(), whole, "{drop}");
    }
}

#[test]
fn what_quick_xml_might_see_otherwise_is_refused() {
    for xml in [
        "<a b=\"<c>\"/>",
        "<a></a b=\">\">",
        "<a",
        "<a b=\"",
        "<!-- ",
        "<!--> --><a/>",
        "<![CDATA[ ]]",
        "<!DOCTYPE a>",
        "<!doctype a>",
        "<!x>",
        "<",
        "\u{0}<\u{0}a",
        "<?xml version=\"1.0\" encoding=\"GBK\"?><a/>",
    ] {
        for drop in [1, usize::MAX] {
            assert_eq!(seen(xml, drop), Err(Unreadable::Broken), "{xml}");
        }
    }
}

#[test]
fn hidden_rows_columns_and_merges_with_a_prefix() {
    let sheet = "<x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1\"/><x:cols><x:col min=\"2\" max=\"3\" hidden=\"true\"/><x:col min=\"4\" max=\"16384\" width=\"9\"/></x:cols><x:sheetData>\
        <x:row r=\"1\" hidden=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row>\
        <x:row r=\"2\" hidden=\"true\"/>\
        <x:row r=\"3\" hidden=\"0\"><x:c r=\"A3\"><x:f>1</x:f><x:v>1</x:v></x:c></x:row>\
        <x:row hidden='1'><x:c><x:v>2</x:v></x:c></x:row>\
        </x:sheetData><x:mergeCells count=\"2\"><x:mergeCell ref=\"A1:F1\"/><x:mergeCell ref=\"$A\"/></x:mergeCells></x:worksheet>";
    assert_eq!(Made::of_sheet(sheet).told(), Err(Unreadable::Broken));
    let told = Made::of_sheet(sheet.replace("$A", "B2:C1048576"))
        .told()
        .unwrap();
    let look = looks(&told)[0].clone();
    assert_eq!(look.hidden_columns, [(1, 2)]);
    let first = Merge {
        top: 0,
        left: 0,
        bottom: 0,
        right: 5,
    };
    let second = Merge {
        top: 1,
        left: 1,
        bottom: 1_048_575,
        right: 2,
    };
    assert_eq!(look.merges, [first, second]);
    let rows = rows(told);
    let hidden: Vec<(u32, bool)> = rows.iter().map(|row| (row.row, row.hidden)).collect();
    assert_eq!(hidden, [(0, true), (2, false), (3, true)]);
    assert!(cell(&rows, 2, 0).unwrap().formula);
    assert!(!cell(&rows, 3, 0).unwrap().formula);
}

#[test]
fn computed_cells_are_told_apart_by_their_order() {
    let mut xml = String::new();
    for row in 1..=500 {
        write!(xml, "<row r=\"{row}\">").unwrap();
        for column in ["A", "B", "C"] {
            let computed = (row * 7 + column.len()) % 3 == 0 || (column == "B" && row % 5 == 0);
            let formula = if computed {
                "<f>1+<!-- <c/> -->1</f>"
            } else {
                ""
            };
            let value = if computed { "<v>2</v>" } else { "<v>1</v>" };
            write!(xml, "<c r=\"{column}{row}\">{formula}{value}</c>").unwrap();
        }
        xml.push_str("</row>");
    }
    for row in Made::of_rows(&xml).rows().unwrap() {
        for cell in row.cells {
            let is_two = cell.value == Value::Number("2".into(), false);
            assert_eq!(cell.formula, is_two, "row {}", row.row);
        }
    }
}
