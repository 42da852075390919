//! Text files that no office writes.

use std::fmt::Write as _;

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "csv with NUL",
        "台账.csv",
        || b"\xE5\x8D\x8F\0\n".to_vec(),
        (415, "另存为 .xlsx"),
    ),
    case(
        "csv of one line of 20 MB",
        "台账.csv",
        one_line,
        (422, "不完整"),
    ),
    case(
        "csv of one line of 20 MB in many fields",
        "台账.csv",
        one_line_of_fields,
        (422, "超过 200 列"),
    ),
    case(
        "csv of control characters",
        "台账.csv",
        controls,
        (422, "另存为"),
    ),
    case(
        "csv of 10,000 columns",
        "台账.csv",
        || vec![b','; 9_999],
        (422, "没有内容"),
    ),
    case(
        "csv of 10,000 headings",
        "台账.csv",
        headings,
        (422, "超过 200 列"),
    ),
    case(
        "csv of 100,001 rows",
        "台账.csv",
        || lines(100_001),
        (303, "超过 100,000 行"),
    ),
    case(
        "csv of two encodings",
        "台账.csv",
        two_encodings,
        (422, "不完整"),
    ),
    case(
        "csv that is no text",
        "台账.csv",
        || b"\xE5\x8D\x8F\xFF\xFF\xFE,\x80\n".repeat(99),
        (422, "不完整"),
    ),
    case(
        "csv with a quote that never closes",
        "台账.csv",
        unclosed,
        (422, "不完整"),
    ),
    case(
        "csv of 100,000 units that nobody knows",
        "台账.csv",
        || lines(99_000),
        (303, "单位"),
    ),
    case(
        "csv called xlsx",
        "台账.xlsx",
        || "协会名称,业务主管单位\n".into(),
        (415, "另存为 .xlsx"),
    ),
];

const MOST: usize = 20 * 1024 * 1024;

fn one_line() -> Vec<u8> {
    vec![b'a'; MOST]
}

fn one_line_of_fields() -> Vec<u8> {
    let mut line = b"abcdefghij,".repeat(MOST / 11);
    line.truncate(MOST);
    line
}

/// Fields that grow sixfold where they are told.
fn controls() -> Vec<u8> {
    let mut field = vec![1; 1024 * 1024 - 1];
    field.push(b',');
    field.repeat(20)
}

fn headings() -> Vec<u8> {
    "协会名称,".repeat(10_000).into()
}

fn lines(count: usize) -> Vec<u8> {
    let mut text = "协会名称,业务主管单位\n".to_owned();
    for number in 0..count {
        writeln!(text, "长春市绿园区第{number}行业协会,第{number}无名单位").unwrap();
    }
    text.into()
}

fn two_encodings() -> Vec<u8> {
    let mut bytes = "协会名称,业务主管单位\n长春市绿园区盆景行业协会,区商务局\n"
        .as_bytes()
        .to_vec();
    let (second, ..) = encoding_rs::GB18030.encode("长春市绿园区花卉行业协会,区商务局\n");
    bytes.extend(second.iter());
    bytes
}

fn unclosed() -> Vec<u8> {
    let row = "长春市绿园区盆景行业协会,区商务局\n".repeat(2_000);
    format!("协会名称,业务主管单位\n\"长春市{row}").into()
}
