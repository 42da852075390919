//! Sheets and texts that no office writes.

use std::fmt::Write as _;

use super::package::{Package, good_rows, row, sheet, text};
use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "tags nested 100,000 deep",
        "台账.xlsx",
        nested,
        (422, "不完整"),
    ),
    case(
        "a billion laughs in the sheet",
        "台账.xlsx",
        laughs,
        (422, "不完整"),
    ),
    case(
        "2^20 rows with a format and nothing else",
        "台账.xlsx",
        blank_rows,
        (303, "全部导入（1行）"),
    ),
    case(
        "100,000 rows of six blank cells",
        "台账.xlsx",
        blank_cells,
        (303, "全部导入（1行）"),
    ),
    case(
        "a cell at XFD1048576",
        "台账.xlsx",
        last_cell,
        (303, "全部导入（1行）"),
    ),
    case(
        "a cell beyond the sheet",
        "台账.xlsx",
        || beyond("XFE2"),
        (422, "不完整"),
    ),
    case(
        "a row beyond the sheet",
        "台账.xlsx",
        || beyond("A1048577"),
        (422, "不完整"),
    ),
    case("a million merges", "台账.xlsx", merges, (422, "不完整")),
    case(
        "200 columns of 32,767 characters",
        "台账.xlsx",
        wide_texts,
        (422, "展开后的内容过大"),
    ),
    case(
        "1,000 sheets of 30 rows and 200 columns",
        "台账.xlsx",
        many_sheets,
        (303, "展开后的内容过大"),
    ),
    case(
        "100 sheets of 90,000 merges",
        "台账.xlsx",
        merges_of_sheets,
        (422, "不完整"),
    ),
    case(
        "names of sheets of a megabyte",
        "台账.xlsx",
        endless_names,
        (422, "不完整"),
    ),
    case("16,384 columns", "台账.xlsx", wide, (422, "超过 200 列")),
    case("100,001 rows", "台账.xlsx", high, (303, "超过 100,000 行")),
    case(
        "names of sheets that are code",
        "台账.xlsx",
        sheet_names,
        (303, "读取哪些工作表"),
    ),
    case(
        "DDE and formulas",
        "台账.xlsx",
        formulas,
        (303, "错误（1行）"),
    ),
    case(
        "days that never were",
        "台账.xlsx",
        days,
        (303, "错误（7行）"),
    ),
    case(
        "1e308 where a name stands",
        "台账.xlsx",
        || number("1e308"),
        (303, "是数字"),
    ),
    case(
        "NaN where a name stands",
        "台账.xlsx",
        || number("NaN"),
        (422, "不完整"),
    ),
    case(
        "1e999 where a name stands",
        "台账.xlsx",
        || number("1e999"),
        (422, "不完整"),
    ),
    case(
        "code where a name stands",
        "台账.xlsx",
        scripts,
        (303, "错误（1行）"),
    ),
];

fn nested() -> Vec<u8> {
    Package::of_sheet("<a>".repeat(100_000)).bytes()
}

fn laughs() -> Vec<u8> {
    let bomb =
        "<!DOCTYPE a [<!ENTITY b \"xxxxxxxxxx\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let part = sheet("<row><c t=\"str\"><v>&c;</v></c></row>");
    Package::of_sheet(format!("{bomb}{part}")).bytes()
}

fn blank_rows() -> Vec<u8> {
    let blank = |row| format!("<row r=\"{row}\" s=\"1\" customFormat=\"1\" ht=\"14.25\"/>");
    let rows: String = (3..=1_048_576).map(blank).collect();
    Package::of_rows(&(good_rows() + &rows)).bytes()
}

fn blank_cells() -> Vec<u8> {
    let blank = format!("<row>{}</row>", "<c s=\"1\"/>".repeat(6));
    Package::of_rows(&(good_rows() + &blank.repeat(100_000))).bytes()
}

fn last_cell() -> Vec<u8> {
    let last = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    Package::of_rows(&(good_rows() + last)).bytes()
}

fn beyond(place: &str) -> Vec<u8> {
    let last = format!("<row><c r=\"{place}\"><v>1</v></c></row>");
    Package::of_rows(&(good_rows() + &last)).bytes()
}

fn merges() -> Vec<u8> {
    let merges = "<mergeCell ref=\"A3:B3\"/>".repeat(1_000_000);
    let rows = good_rows();
    let part = format!(
        "<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    );
    Package::of_sheet(part).bytes()
}

/// Thirty rows of one text that a file holds once.
fn wide_texts() -> Vec<u8> {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "协".repeat(32_767));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(200);
    let rows = format!("<row>{cells}</row>").repeat(13);
    Package::of_rows(&rows)
        .with(super::package::STRINGS, strings)
        .bytes()
}

/// Numbers weigh nothing in the file, and something where they are told.
fn many_sheets() -> Vec<u8> {
    let cells = "<c><v>1</v></c>".repeat(200);
    let part = sheet(&format!("<row>{cells}</row>").repeat(30));
    book((1..=1_000).map(|number| format!("表{number}")), &part)
}

/// A hundred sheets, each with as many merges as a book may have.
fn merges_of_sheets() -> Vec<u8> {
    let merges = "<mergeCell ref=\"A3:B3\"/>".repeat(90_000);
    let rows = good_rows();
    let part = format!(
        "<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    );
    book((1..=100).map(|number| format!("表{number}")), &part)
}

/// Names of a megabyte.
fn endless_names() -> Vec<u8> {
    let name = |number| format!("{number}{}", "表".repeat(300_000));
    book((1..=100).map(name), &sheet(&good_rows()))
}

/// A book whose sheets all have this part.
fn book(names: impl Iterator<Item = String>, part: &str) -> Vec<u8> {
    let names: Vec<String> = names.collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut package = Package::of_sheets(&names);
    for number in 1..=names.len() {
        package = package.with(&format!("xl/worksheets/sheet{number}.xml"), part);
    }
    package.bytes()
}

fn wide() -> Vec<u8> {
    let cells = "<c><v>1</v></c>".repeat(16_384);
    Package::of_rows(&format!("<row>{cells}</row>")).bytes()
}

fn high() -> Vec<u8> {
    let rows = "<row><c t=\"inlineStr\"><is><t>长春市绿园区盆景行业协会</t></is></c></row>";
    let head = row(1, &["协会名称", "业务主管单位"]);
    Package::of_rows(&(head + &rows.repeat(100_001))).bytes()
}

fn sheet_names() -> Vec<u8> {
    let names = [
        "&lt;script>alert(1)&lt;/script>",
        "=cmd|' /C calc'!A0",
        "../../etc/passwd",
        "&#x202E;xslx",
    ];
    book(names.into_iter().map(str::to_owned), &sheet(&good_rows()))
}

fn formulas() -> Vec<u8> {
    let head = row(1, &["协会名称", "业务主管单位", "住所", "法定代表人"]);
    let cells = text("A2", "长春市绿园区盆景行业协会")
        + &text("B2", "区商务局")
        + "<c r=\"C2\" t=\"str\"><f>cmd|' /C calc'!A0</f><v>=cmd|' /C calc'!A0</v></c>"
        + &text("D2", "@SUM(1+9)*cmd|' /C calc'!A0");
    Package::of_rows(&format!("{head}<row r=\"2\">{cells}</row>")).bytes()
}

fn days() -> Vec<u8> {
    let days = [
        "<c r=\"C#\" s=\"1\"><v>1e300</v></c>",
        "<c r=\"C#\" s=\"1\"><v>-5</v></c>",
        "<c r=\"C#\" s=\"1\"><v>2958466</v></c>",
        "<c r=\"C#\" s=\"1\"><v>999999999999</v></c>",
        "<c r=\"C#\" t=\"inlineStr\"><is><t>9999-99-99</t></is></c>",
        "<c r=\"C#\" t=\"inlineStr\"><is><t>2018-02-30</t></is></c>",
        "<c r=\"C#\" t=\"inlineStr\"><is><t>99999999-12-31</t></is></c>",
    ];
    let mut rows = row(1, &["协会名称", "业务主管单位", "成立登记日期"]);
    for (number, day) in (2..).zip(days) {
        let name = text(
            &format!("A{number}"),
            &format!("长春市绿园区盆景{number}行业协会"),
        );
        let unit = text(&format!("B{number}"), "区商务局");
        let day = day.replace('#', &number.to_string());
        write!(rows, "<row r=\"{number}\">{name}{unit}{day}</row>").unwrap();
    }
    Package::of_rows(&rows).bytes()
}

fn number(number: &str) -> Vec<u8> {
    let head = row(1, &["协会名称", "业务主管单位"]);
    let unit = text("B2", "区商务局");
    let row = format!("<row r=\"2\"><c r=\"A2\"><v>{number}</v></c>{unit}</row>");
    Package::of_rows(&(head + &row)).bytes()
}

fn scripts() -> Vec<u8> {
    let rows = row(1, &["协会名称", "业务主管单位", "住所"])
        + &row(
            2,
            &[
                "<script>alert(1)</script>协会",
                "区商务局",
                "\"><img src=x onerror=alert(1)>",
            ],
        )
        + &row(
            3,
            &[
                "'; drop table association; --协会",
                "区商务局",
                "${7*7}{{7*7}}",
            ],
        )
        + &row(
            4,
            &["盆景\u{202E}会协业行", "区商务局", "=cmd|' /C calc'!A0"],
        );
    Package::of_rows(&rows).bytes()
}
