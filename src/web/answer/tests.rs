use chrono::NaiveDate;
use proptest::prelude::*;

use super::questions::{compare, fields, fill, read};
use super::{count, date, money, text};
use crate::scheme::Scheme;
use crate::web::Form;

#[test]
fn tc_58_dates_in_every_usual_way_are_the_same_day() {
    let day = NaiveDate::from_ymd_opt(2018, 10, 8);
    for typed in [
        "2018年10月8日",
        "2018-10-8",
        "2018/10/8",
        "2018.10.08",
        "20181008",
        "2018年10月8日",
        " 2018-10-08 ",
    ] {
        assert_eq!(date::parse(typed), Ok(day), "{typed}");
    }
    assert_eq!(date::parse("  "), Ok(None));
    assert!(date::parse("2018-02-30").is_err_and(|message| message.contains("没有这一天")));
    for wrong in [
        "9999-12-31",
        "8/10/2018",
        "2018-10",
        "昨天",
        "2018-1a-08",
        "１０月８日",
    ] {
        assert!(date::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn tc_59_money_is_taken_by_the_stated_unit_or_refused() {
    let table = [
        ("12,345.6", 12_345_600_000),
        ("2.5", 2_500_000),
        ("2.50", 2_500_000),
        ("0", 0),
        ("１２.５", 12_500_000),
        ("2.5万元", 2_500_000),
        ("1,000", 1_000_000_000),
    ];
    for (typed, cents) in table {
        assert_eq!(money::parse(typed), Ok(Some(cents)), "{typed}");
    }
    for wrong in [
        "1.2万",
        "0.005",
        "9999999999999.99",
        "-1",
        "1,00",
        "12.",
        ".5",
        "1e3",
        "NaN",
        "¥5",
    ] {
        assert!(money::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn counts_refuse_what_is_not_a_count() {
    for (typed, number) in [("0", 0), ("１２", 12), ("1,000", 1_000), ("99999", 99_999)] {
        assert_eq!(count::parse(typed), Ok(Some(number)), "{typed}");
    }
    for wrong in ["1e9", "-1", "1.5", "١٢", "NaN", "100000"] {
        assert!(count::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn texts_are_counted_in_characters_and_must_be_visible() {
    assert_eq!(text::parse(" \u{3000}\r\n", 10), Ok(None));
    assert_eq!(
        text::parse(&"𠮷".repeat(2_000), 2_000).map(|text| text.map(|text| text.chars().count())),
        Ok(Some(2_000))
    );
    assert!(
        text::parse(&"字".repeat(2_001), 2_000)
            .is_err_and(|message| message.contains("现有2001字"))
    );
    for hidden in ["a\0b", "a\u{1}b", "a\u{202E}b", "a\u{FEFF}b"] {
        assert!(
            text::parse(hidden, 10).is_err_and(|message| message.contains("第2字")),
            "{hidden:?}"
        );
    }
    assert_eq!(
        text::parse("一\r\n二\t😀", 10),
        Ok(Some("一\n二\t😀".to_owned()))
    );
}

fn typed(values: &[(&str, &str)]) -> Form {
    let values = values.iter();
    Form::filled(
        values
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

#[test]
fn a_sum_is_computed_from_what_is_typed_and_never_taken() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let base = &scheme.section("base").unwrap().questions;
    let mut form = typed(&[("SV-10", "86"), ("SV-11", "4"), ("SV-12", "91")]);
    let answers = read(&mut form, base, &[]);
    assert_eq!(answers.number("SV-12"), Some(90));
    assert!(form.done().is_ok(), "what is sent for it is no stranger");
    assert!(fill(base, &answers).iter().all(|(name, _)| name != "SV-12"));
    let view = fields(base, &form, &[]);
    let total = view.iter().find(|view| view.code == "SV-12").unwrap();
    assert_eq!(
        (total.amount.of.as_str(), total.amount.sum.as_str()),
        ("SV-10 SV-11", "90")
    );
    let mut half = typed(&[("SV-10", "86")]);
    assert_eq!(read(&mut half, base, &[]).number("SV-12"), None);
}

#[test]
fn amounts_stand_in_one_table_and_what_must_agree_is_told_below_the_last() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let finance = &scheme.section("finance").unwrap().questions;
    let form = typed(&[
        ("SV-49-1", "9"),
        ("SV-49-2", "0"),
        ("SV-49-3", "0.6"),
        ("SV-49-4", "0"),
        ("SV-49-5", "0"),
        ("SV-50-0", "1"),
        ("SV-50-1", "0"),
        ("SV-50-2", "8.5"),
    ]);
    let mut views = fields(finance, &form, &[]);
    compare(&mut views, &scheme.survey.checks, &form);
    let table: Vec<&str> = views
        .iter()
        .filter(|view| view.amount.in_table)
        .map(|view| view.code.as_str())
        .collect();
    assert_eq!(
        (table.first(), table.last()),
        (Some(&"SV-47-0"), Some(&"SV-50-2"))
    );
    let dues = views.iter().find(|view| view.code == "SV-47-1").unwrap();
    assert!(dues.amount.part && dues.label == "会费", "{}", dues.label);
    let last = views.iter().find(|view| view.code == "SV-50-2").unwrap();
    let [balance] = last.amount.compared.as_slice() else {
        panic!("{:?}", last.amount.compared);
    };
    assert_eq!(
        balance.words,
        "资产总额 = 负债总额 + 限定性净资产 + 非限定性净资产"
    );
    assert_eq!((balance.stands.as_str(), balance.off), ("相差0.10", true));
}

proptest! {
    #[test]
    fn money_survives_being_shown_and_typed_again(hundredths in 0_i64..=9_999_999_999) {
        let cents = hundredths * 10_000;
        prop_assert_eq!(money::parse(&money::show(cents)), Ok(Some(cents)));
    }

    #[test]
    fn dates_survive_being_shown_and_typed_again(days in 0_i64..70_000) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
        prop_assert_eq!(date::parse(&day.to_string()), Ok(Some(day)));
        prop_assert_eq!(date::parse(&crate::clock::chinese_date(day)), Ok(Some(day)));
    }

    #[test]
    fn nothing_typed_makes_a_parser_panic(typed in "\\PC{0,40}") {
        let _ = (date::parse(&typed), money::parse(&typed), money::parse_area(&typed), count::parse(&typed), text::parse(&typed, 20));
    }
}
