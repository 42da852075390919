//! A marked book comes back.

use super::archive::{book, cells, marked, marks, part, parts, sheet, styles};

const ROWS: &str = "<row r=\"1\"><c r=\"A1\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"><v>2</v></c></row>";

#[test]
fn twice_is_as_once() {
    let wrong = marks(
        0,
        &[(1, 0), (2, 0), (2, 4)],
        &[(0, "表头"), (1, "错"), (2, "也错")],
    );
    let once = marked(&book(&sheet(ROWS), Some(&styles())), &wrong);
    assert_eq!(parts(&marked(&once, &wrong)), parts(&once));
}

#[test]
fn what_is_right_now_loses_its_red_and_its_words() {
    let first = book(&sheet(ROWS), Some(&styles()));
    let once = marked(
        &first,
        &marks(0, &[(1, 0), (2, 0)], &[(1, "错"), (2, "也错")]),
    );
    let twice = marked(&once, &marks(0, &[(2, 0)], &[(2, "还错")]));
    let written = part(&twice, "xl/worksheets/sheet1.xml");
    // The yellow one is yellow again, not only without red.
    assert!(
        written.contains("<row r=\"2\"><c r=\"A2\" s=\"2\"><v>1</v></c></row>"),
        "{written}"
    );
    assert_eq!(part(&twice, "xl/styles.xml"), part(&once, "xl/styles.xml"));
    let words: Vec<_> = cells(&twice, 0)
        .into_iter()
        .filter(|((_, column), _)| *column == 1)
        .collect();
    assert_eq!(
        words,
        [((0, 1), "错误说明".to_owned()), ((2, 1), "还错".to_owned())]
    );

    let clean = part(
        &marked(&once, &marks(0, &[], &[])),
        "xl/worksheets/sheet1.xml",
    );
    assert!(clean.contains("<c r=\"A2\" s=\"2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"><v>2</v></c></row>"), "{clean}");
}

#[test]
fn words_about_the_head_stand_beneath_the_heading() {
    let first = book(&sheet(ROWS), Some(&styles()));
    let once = marked(&first, &marks(0, &[], &[(0, "缺少列")]));
    assert_eq!(cells(&once, 0)[&(0, 1)], "错误说明\n缺少列");
    let twice = marked(&once, &marks(0, &[], &[(1, "错")]));
    assert_eq!(cells(&twice, 0)[&(0, 1)], "错误说明");
    assert_eq!(cells(&twice, 0)[&(1, 1)], "错");
}

#[test]
fn a_heading_among_shared_strings_is_known() {
    let strings = "<sst><si><t>名称</t></si><si><r><t> 错误</t></r><r><t>&#x8bf4;明</t></r><rPh><t>x</t></rPh></si></sst>";
    let source = sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"D1\"><v>5</v></c></row><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row>",
    );
    let mut all: Vec<(String, String)> = parts(&book(&source, Some(&styles())))
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    for (name, text) in &mut all {
        if name.ends_with("workbook.xml.rels") {
            *text = text.replace("</Relationships>", "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
        }
    }
    all.push(("xl/sharedStrings.xml".to_owned(), strings.to_owned()));
    let all: Vec<_> = all
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let written = cells(
        &marked(&super::archive::packed(&all), &marks(0, &[], &[(2, "错")])),
        0,
    );
    let places: Vec<_> = written.keys().copied().collect();
    assert_eq!(places, [(0, 0), (0, 1), (0, 3), (2, 1)]);
}

#[test]
fn a_column_with_formulas_is_somebody_elses() {
    let source = sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>错误说明</t></is></c></row><row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c></row>",
    );
    let written = cells(
        &marked(
            &book(&source, Some(&styles())),
            &marks(0, &[], &[(1, "错")]),
        ),
        0,
    );
    assert_eq!(written.len(), 4);
    assert_eq!(written[&(1, 1)], "错");
}
