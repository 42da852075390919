//! Cells that are honest and odd.

use chrono::NaiveDate;

use super::made::{Made, cell, first, text, told};
use crate::sheets::cells::{Row, Told, Unreadable, Value};

/// The value of A1, whose element is `xml`.
fn one(xml: &str) -> Option<Value> {
    let rows = format!("<row r=\"1\">{xml}<c r=\"Z1\"><v>1</v></c></row>");
    let rows = Made::of_rows(&rows).rows().unwrap();
    cell(&rows, 0, 0).map(|cell| cell.value.clone())
}

fn styled(style: u8, number: &str) -> Value {
    one(&format!("<c r=\"A1\" s=\"{style}\"><v>{number}</v></c>")).unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(text.to_owned(), false)
}

fn day(year: i32, month: u32, day: u32) -> Value {
    Value::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn numbers_without_exponents() {
    for (written, plain) in [
        ("3200.0", "3200"),
        ("5.122010600094e17", "512201060009400000"),
        ("7.0000000000000009", "7.000000000000001"),
        ("-0", "0"),
        ("-0.50", "-0.5"),
        ("1E-7", "0.0000001"),
        ("0.1", "0.1"),
    ] {
        assert_eq!(styled(0, written), number(plain), "{written}");
    }
    assert_eq!(styled(2, "0.995"), Value::Number("0.995".into(), true));
}

#[test]
fn days_and_times() {
    assert_eq!(styled(1, "39951"), day(2009, 5, 18));
    assert_eq!(styled(1, "39951.75"), day(2009, 5, 18));
    assert_eq!(styled(4, "43344"), day(2018, 9, 1));
    assert_eq!(styled(1, "1"), day(1900, 1, 1));
    assert_eq!(styled(1, "59"), day(1900, 2, 28));
    assert_eq!(styled(1, "60"), text("1900-02-29"));
    assert_eq!(styled(1, "61"), day(1900, 3, 1));
    assert_eq!(styled(1, "0"), text("1900-01-00"));
    assert_eq!(styled(1, "2958465"), day(9999, 12, 31));
    assert_eq!(styled(1, "2958466"), number("2958466"));
    assert_eq!(styled(1, "-1"), number("-1"));
    assert_eq!(styled(5, "0.354166666666667"), text("8:30"));
    assert_eq!(styled(5, "40000.5"), text("12:00"));
    assert_eq!(styled(3, "1.25"), text("30:00:00"));
    let iso = "<c r=\"A1\" t=\"d\"><v>2018-09-01T00:00:00</v></c>";
    assert_eq!(one(iso), Some(day(2018, 9, 1)));
}

#[test]
fn days_from_1904() {
    let book = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"表\" r:id=\"r1\"/></sheets></workbook>";
    let rows = Made::of_rows(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>38489</v></c><c r=\"B1\" s=\"1\"><v>0</v></c></row>",
    )
    .with("xl/workbook.xml", book)
    .rows()
    .unwrap();
    assert_eq!(cell(&rows, 0, 0).unwrap().value, day(2009, 5, 18));
    assert_eq!(cell(&rows, 0, 1).unwrap().value, day(1904, 1, 1));
}

#[test]
fn texts_truths_and_errors() {
    let inline =
        "<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> 甲&#10;乙 </t></is></c>";
    assert_eq!(one(inline), Some(text(" 甲\n乙 ")));
    let blank =
        "<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> \u{3000}\u{a0}</t></is></c>";
    assert_eq!(one(blank), None);
    let truth = "<c r=\"A1\" t=\"b\"><v>1</v></c>";
    assert_eq!(one(truth), Some(Value::Truth(true)));
    for error in ["#N/A", "#REF!", "#SPILL!", "#GETTING_DATA"] {
        let xml = format!("<c r=\"A1\" s=\"0\" t=\"e\"><v>{error}</v></c>");
        assert_eq!(one(&xml), Some(Value::Error(error.to_owned())));
    }
    let odd = Made::of_rows("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>nonsense</v></c></row>");
    assert_eq!(odd.rows(), Err(Unreadable::Broken));
}

#[test]
fn formulas_with_and_without_results() {
    let formula = |inside: &str| one(&format!("<c r=\"A1\"{inside}</c>"));
    assert_eq!(formula("><f>B1</f>"), Some(Value::Uncomputed));
    assert_eq!(formula("><f>B1</f><v/>"), Some(Value::Uncomputed));
    assert_eq!(
        formula("><f t=\"shared\" si=\"9\"/><v></v>"),
        Some(Value::Uncomputed)
    );
    assert_eq!(
        formula(" t=\"str\"><f>B1</f><v></v>"),
        None,
        "an empty result"
    );
    assert_eq!(formula("><f>B1</f><v>0</v>"), Some(number("0")));
}

#[test]
fn cells_out_of_order_are_put_in_order() {
    let rows: Vec<Row> = Made::of_rows(
        "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"B1\"><v>2</v></c></row>",
    )
    .rows()
    .unwrap();
    let columns: Vec<u32> = rows[0].cells.iter().map(|cell| cell.column).collect();
    assert_eq!((rows.len(), columns), (1, vec![0, 1, 2]));
}

#[test]
fn macros_hide_in_the_content_types_or_beside_them() {
    let plain = Made::of_rows("<row r=\"1\"><c><v>1</v></c></row>");
    assert!(plain.told().unwrap().contains(&Told::End));
    let beside = plain.with("xl/vbaProject.bin", "x");
    assert_eq!(beside.told(), Err(Unreadable::Macros));
    let bytes = beside.bytes();
    assert_eq!(told(&bytes, "台账.csv", &first()), Err(Unreadable::Macros));
}
