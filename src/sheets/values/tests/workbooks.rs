//! Every cell that the workbooks' list names.

use crate::sheets::cells::{Cell, Value};
use crate::sheets::samples::{at, sheet};
use crate::sheets::values::{Context, Kind, Outcome, Warning, read};
use crate::web::answer::unit::Unit;

/// What an outcome is, in short: the text, "blank", or what is wrong.
pub(super) fn told(outcome: &Outcome) -> String {
    let warned = |warnings: &[Warning]| {
        let keys = warnings.iter().flat_map(|warning| [" !", warning.key()]);
        keys.collect::<String>()
    };
    match outcome {
        Outcome::Blank(warnings) => format!("blank{}", warned(warnings)),
        Outcome::Clear => "clear".to_owned(),
        Outcome::Is(read) => format!("{}{}", read.text, warned(&read.warnings)),
        Outcome::Wrong(wrong) => format!("wrong: {}", wrong.what),
    }
}

fn check(cell: Option<&Cell>, kind: Kind, unit: Option<Unit>, address: &str, expected: &str) {
    let context = Context {
        unit,
        ..Context::default()
    };
    let found = told(&read(cell, kind, &context));
    let fits = match expected.strip_prefix("wrong: ") {
        Some(what) => found.starts_with("wrong: ") && found.contains(what),
        None => found == expected,
    };
    assert!(fits, "{address}: {found}, expected {expected}");
}

#[test]
fn workbook_03_days() {
    let (rows, _) = sheet("03-日期各式", "登记");
    for (address, expected) in [
        ("D2", "2009-05-18"),
        ("D3", "2009-05-18"),
        ("D4", "2009-05-18"),
        ("D5", "2009-05-18"),
        ("D6", "2009-05-18"),
        ("D7", "wrong: 看起来是日期序号"),
        ("D8", "2009-05-18"),
        ("D9", "wrong: 没有写明是哪一日"),
        ("D10", "2009-05-18"),
        ("D11", "2009-05-31"),
        ("D12", "wrong: 没有这一天"),
        ("D13", "2009-05-18"),
        ("D14", "2018-09-01"),
        ("D15", "wrong: 年份只有两位"),
        ("D16", "2009-05-18"),
    ] {
        check(at(&rows, address), Kind::Day, None, address, expected);
    }
    let serial = read(at(&rows, "D7"), Kind::Day, &Context::default());
    assert!(
        matches!(serial, Outcome::Wrong(wrong) if wrong.value == "39951" && wrong.expected.contains("2009-05-18"))
    );
}

#[test]
fn workbook_04_codes() {
    let (rows, _) = sheet("04-信用代码走样", "Sheet1");
    for (address, expected) in [
        ("B2", "51220106MJ000940XE"),
        ("B3", "wrong: 是数字，位数可能已经丢失"),
        ("B4", "wrong: 是数字，位数可能已经丢失"),
        ("B5", "wrong: 科学计数法"),
        ("B6", "51220106MJ000940XE"),
        ("B7", "51220106MJ0009418E"),
        ("B8", "51220106MJ00094269"),
        ("B9", "51220106MJ00094344 !apostrophe"),
        ("B10", "51220106MJ00094420 !check_character"),
        ("B11", "wrong: “O”不会出现"),
        ("B12", "wrong: 现有17位"),
        ("B13", "blank"),
        ("B14", "wrong: 连字符"),
        ("B15", "51220106MJ0009485C"),
        ("B16", "51220106MJ0009485C"),
        ("B17", "wrong: 以51开头"),
    ] {
        check(at(&rows, address), Kind::Code, None, address, expected);
        // A column for both tells the same faults; none passes as a certificate's number.
        check(
            at(&rows, address),
            Kind::CodeOrCertificate,
            None,
            address,
            expected,
        );
    }
}

/// Columns B to J of workbook 07, with the units that its head states or a person chose.
fn column(letter: char) -> (Kind, Option<Unit>) {
    match letter {
        'B' | 'C' => (Kind::Count, None),
        'D' | 'F' => (Kind::Money, Some(Unit::Yuan)),
        'E' => (Kind::Money, Some(Unit::Wan)),
        'G' | 'H' => (Kind::YesNo, None),
        'I' => (Kind::Area, Some(Unit::SquareMetre)),
        _ => (Kind::Percent, None),
    }
}

/// What is right in workbook 07.
const NUMBERS: &[(&str, &str)] = &[
    ("B3", "90"),
    ("C3", "4"),
    ("D3", "2.50 !converted"),
    ("E3", "34.15"),
    ("F3", "3.20 !converted"),
    ("G3", "yes"),
    ("H3", "yes"),
    ("I3", "38.50 !unit_word"),
    ("J3", "50"),
    ("B4", "86 !unit_word"),
    ("C4", "blank !dash"),
    ("D4", "0.00 !none_is_zero"),
    ("E4", "wrong: 约数"),
    ("F4", "0.00"),
    ("G4", "no"),
    ("H4", "no"),
    ("I4", "0.00 !none_is_zero"),
    ("J4", "50"),
    ("B5", "12"),
    ("C5", "0"),
    ("D5", "2.50 !own_unit"),
    ("E5", "12.00 !currency_sign"),
    ("F5", "blank !dash"),
    ("G5", "no"),
    ("H5", "no"),
    ("I5", "0.00"),
    ("J5", "wrong: 可能是1%，也可能是100%"),
    ("B6", "blank"),
    ("E6", "blank"),
    ("F6", "blank !dash"),
    ("G6", "wrong: 不能确定"),
    ("H6", "yes"),
    ("I6", "wrong: 不是单独的一个数字"),
    ("J6", "100"),
    ("B7", "wrong: 算式"),
    ("C7", "4"),
    ("D7", "wrong: 不足一分"),
    ("E7", "wrong: 负数"),
    ("F7", "wrong: 负数"),
    ("G7", "wrong: 不能确定"),
    ("H7", "yes"),
    ("I7", "wrong: 汉字"),
    ("J7", "wrong: 没有写明百分号"),
];

#[test]
fn workbook_07_numbers_and_units() {
    let (mut rows, _) = sheet("07-摸底数字与单位", "摸底汇总");
    // The small reader of these tests knows no formats.
    let half = rows[2]
        .cells
        .iter_mut()
        .find(|cell| cell.column == 9)
        .unwrap();
    half.value = Value::Number("0.5".to_owned(), true);
    for (address, expected) in NUMBERS.iter().copied() {
        let (kind, unit) = column(address.chars().next().unwrap());
        check(at(&rows, address), kind, unit, address, expected);
    }
    check(
        at(&rows, "E3"),
        Kind::Money,
        None,
        "E3",
        "wrong: 没有写明金额单位",
    );
}

#[test]
fn workbooks_09_formulas() {
    let (rows, _) = sheet("09-公式与缓存值", "台账");
    for (address, kind, expected) in [
        ("B2", Kind::Name, "长春市绿园区茶叶行业协会 !formula"),
        ("C2", Kind::Code, "51220106MJ0009805T"),
        ("D2", Kind::Unit, "区工业和信息化局 !formula"),
        ("D3", Kind::Unit, "区商务局"),
        ("D4", Kind::Unit, "blank"),
        ("D5", Kind::Unit, "wrong: 公式出错（#N/A）"),
        ("E2", Kind::Day, "2010-01-15 !formula"),
        ("H2", Kind::Count, "32 !formula"),
    ] {
        check(at(&rows, address), kind, None, address, expected);
    }
    let (rows, _) = sheet("09b-公式无缓存值", "台账");
    for (address, kind) in [
        ("B2", Kind::Name),
        ("D2", Kind::Unit),
        ("E2", Kind::Day),
        ("H2", Kind::Count),
    ] {
        check(
            at(&rows, address),
            kind,
            None,
            address,
            "wrong: 公式没有保存结果",
        );
    }
}
