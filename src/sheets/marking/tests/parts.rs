//! Which part is which sheet, and books without styles.

use super::super::{Marks, mark};
use super::archive::{MAIN, cells, marked, marks, packed, part, parts, sheet, styles};
use std::io::Cursor;

/// Sheets whose numbers say nothing, a chart among them.
fn mixed(first: &str, second: &str) -> Vec<u8> {
    let relations = format!(
        "<p:Relationships xmlns:p='x'><p:Relationship Target='{first}' Id='a&amp;' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet'/><p:Relationship Id='c' Type='x/chartsheet' Target='charts/1.xml'></p:Relationship><p:Relationship Id='b' Type='x/worksheet' Target='{second}'/></p:Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:关='r'><sheets><sheet name='一' 关:id='b' sheetId='a&amp;'/><sheet name='图' 关:id='c'></sheet><sheet name='二' state='hidden' 关:id='a&amp;'/></sheets></workbook>"
    );
    let (one, two) = (
        sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
        sheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>"),
    );
    packed(&[
        (
            "[content_types].xml",
            "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>\n",
        ),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='1' Type='x/officeDocument' Target='/book/workbook.xml'/></Relationships>",
        ),
        ("book/workbook.xml", &book),
        ("book/_rels/workbook.xml.rels", &relations),
        ("book/worksheets/sheet2.xml", &one),
        ("book\\sheet1.XML", &two),
        ("book/charts/1.xml", "<chartsheet/>"),
    ])
}

#[test]
fn sheets_are_found_by_their_relationships() {
    for (first, second) in [
        ("sheet1.xml", "worksheets/sheet2.xml"),
        ("/book/sheet1.xml", "../book/./worksheets/sheet2.xml"),
    ] {
        let before = mixed(first, second);
        let wrong = |sheet| Marks {
            sheet,
            ..marks(0, &[(0, 0)], &[(1, "错")])
        };
        let one = parts(&marked(&before, &wrong(0)));
        let text = |part: &str| String::from_utf8(one[part].clone()).unwrap();
        assert!(text("book/worksheets/sheet2.xml").contains("错"));
        assert!(!text("book\\sheet1.XML").contains("错"));
        let two = part(&marked(&before, &wrong(2)), "book\\sheet1.XML");
        assert!(two.contains("错"));
        let mut out = Cursor::new(Vec::new());
        assert!(mark(Cursor::new(&before), &mut out, &[wrong(1)]).is_err());
        mark(Cursor::new(&before), &mut out, &[wrong(2), wrong(0)]).unwrap();
    }
}

#[test]
fn a_book_without_styles_gets_some() {
    let after = parts(&marked(
        &mixed("sheet1.xml", "worksheets/sheet2.xml"),
        &marks(0, &[(0, 0)], &[(1, "错")]),
    ));
    let text = |name: &str| String::from_utf8(after[name].clone()).unwrap();
    assert!(text("book/styles.xml").contains("<cellXfs count=\"3\">"));
    assert!(text("book/_rels/workbook.xml.rels").ends_with("<p:Relationship Id=\"rIdTuogouStyles\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/styles\" Target=\"styles.xml\"/></p:Relationships>"));
    assert!(text("[content_types].xml").ends_with("<Override PartName=\"/book/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>\n"));
}

#[test]
fn read_again_without_styles() {
    let after = marked(
        &super::archive::book(&sheet(""), None),
        &marks(0, &[(2, 1)], &[(1, "错")]),
    );
    assert_eq!(cells(&after, 0).len(), 2);
    // And once more: now there are styles and they are known.
    let again = marked(&after, &marks(0, &[(2, 1)], &[(1, "错")]));
    assert_eq!(parts(&again), parts(&after));
}

#[test]
fn sheets_of_one_book_share_their_twins() {
    let before = mixed("sheet1.xml", "worksheets/sheet2.xml");
    let mut out = Cursor::new(Vec::new());
    let wrong = |sheet| Marks {
        sheet,
        ..marks(0, &[(0, 0)], &[])
    };
    mark(Cursor::new(&before), &mut out, &[wrong(0), wrong(2)]).unwrap();
    assert!(part(&out.into_inner(), "book/styles.xml").contains("<cellXfs count=\"2\">"));
    assert!(styles().contains("<cellXfs count=\"3\">"));
}
