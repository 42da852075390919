//! What is not touched keeps its bytes.

use super::super::xml::{Kind, Source};
use super::archive::{MAIN, book, marked, marked_sheet, marks, parts, sheet, styles};

const ODD: &str = "<?xml version='1.0' encoding=\"UTF-8\"?>\r\n<!-- 一 --><?程序 做?><x:worksheet xmlns:x=\"MAIN\" xmlns:mc=\"m\" mc:Ignorable='x14ac'\n ><x:sheetPr><x:tabColor rgb='FF00&#48;000'/></x:sheetPr><mc:AlternateContent><mc:Choice Requires=\"a\"><x:dimension ref=\"A1\"/></mc:Choice></mc:AlternateContent>\
<x:cols><x:col min=\"1\" max=\"2\" width=\"9\"/></x:cols>\n <x:sheetData >\n<x:row  r='1' ht=\"1&lt;2\" spans=\"1:2\" ><x:c t='inlineStr' r = 'A1' ><x:is><x:t xml:space='preserve' > a&amp;&#x4e00;<![CDATA[<b>&]]> </x:t></x:is></x:c ><!-- x --></x:row>\
<x:row r=\"2\"><x:c r=\"A2\" s='1'   t=\"n\" ><x:f t=\"shared\" ref=\"A2:A3\" si=\"0\">1&gt;0</x:f><x:v>1</x:v></x:c></x:row><x:row r=\"3\"/></x:sheetData><x:mergeCells count=\"1\"><x:mergeCell ref=\"J9:K9\"/></x:mergeCells><x:extLst><x:ext uri='{}'><q:row xmlns:q=\"q\"><q:c r=\"A2\"/></q:row></x:ext></x:extLst></x:worksheet>\n";

fn odd() -> String {
    ODD.replace("MAIN", MAIN)
}

#[test]
fn pieces_put_together_are_the_part() {
    let source = format!("\u{feff}{}", odd());
    let mut pieces = Source::new(source.as_bytes());
    let mut whole = Vec::new();
    while pieces.next().unwrap() != Kind::Done {
        whole.extend_from_slice(pieces.raw());
    }
    assert_eq!(String::from_utf8(whole).unwrap(), source);
}

#[test]
fn only_touched_places_change() {
    let marked = marked_sheet(&odd(), &marks(0, &[(1, 0)], &[(1, "错")]));
    let text = |name: &str, style: u32, words: &str| {
        format!(
            "<x:c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">{words}</x:t></x:is></x:c>"
        )
    };
    let expected = odd()
        .replace("<x:col min=\"1\" max=\"2\" width=\"9\"/>", "<x:col min=\"1\" max=\"1\" width=\"9\"/><x:col min=\"2\" max=\"2\" width=\"50\" customWidth=\"1\"/>")
        .replace(" spans=\"1:2\"", "")
        .replace("<!-- x --></x:row>", &format!("<!-- x -->{}</x:row>", text("B1", 3, "错误说明")))
        .replace("r=\"A2\" s='1' ", "r=\"A2\" s='4' ")
        .replace("<x:v>1</x:v></x:c></x:row>", &format!("<x:v>1</x:v></x:c>{}</x:row>", text("B2", 5, "错")));
    assert_eq!(marked, expected);
}

#[test]
fn nothing_wrong_changes_nothing() {
    assert_eq!(marked_sheet(&odd(), &marks(0, &[], &[])), odd());
}

#[test]
fn other_parts_are_the_same() {
    let before = book(
        &sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
        Some(&styles()),
    );
    let mut before_parts = parts(&before);
    let mut after = parts(&marked(&before, &marks(0, &[(0, 0)], &[(1, "错")])));
    for name in ["xl/worksheets/sheet1.xml", "xl/styles.xml"] {
        assert_ne!(before_parts.remove(name), after.remove(name));
    }
    assert_eq!(before_parts, after);
}

#[test]
fn the_declared_range_is_left_out() {
    for dimension in [
        "<dimension ref=\"A1\"/>",
        "<dimension ref=\"A1\"></dimension>",
    ] {
        let with =
            sheet("<row r=\"1\"/>").replace("<sheetData>", &format!("{dimension}<sheetData>"));
        assert_eq!(
            marked_sheet(&with, &marks(0, &[], &[])),
            sheet("<row r=\"1\"/>")
        );
    }
}
