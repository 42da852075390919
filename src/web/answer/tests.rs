use chrono::NaiveDate;
use proptest::prelude::*;

use super::number::{Fault, settled};
use super::questions::{compare, fields, fill, read};
use super::unit::Unit;
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

#[test]
fn dates_are_read_as_officials_write_them() {
    let day = NaiveDate::from_ymd_opt(2009, 5, 18);
    for typed in [
        "二〇〇九年五月十八日",
        "二零零九年五月十八日",
        "２００９年５月１８日",
        "2009/05/18 00:00:00",
        "2009-05-18T00:00:00.000",
        "2009年5月18号",
    ] {
        assert_eq!(date::parse(typed), Ok(day), "{typed}");
    }
    let told = |typed: &str| date::read(typed).map(|read| read.map(|read| read.day));
    assert_eq!(told("09-5-18"), Err(date::Fault::TwoDigits));
    assert_eq!(told("〇九年五月十八日"), Err(date::Fault::TwoDigits));
    assert_eq!(told("2009.5"), Err(date::Fault::NoDay));
    assert_eq!(told("2009年5月"), Err(date::Fault::NoDay));
    assert_eq!(told("2009-02-30"), Err(date::Fault::NoSuchDay(2009, 2, 30)));
    assert!(
        date::parse("2009-05-18 23:59").is_err(),
        "no time in a field"
    );
    let timed = date::read("2009-05-18 23:59").unwrap().unwrap();
    assert_eq!((Some(timed.day), timed.timed), (day, true));
    let last = NaiveDate::from_ymd_opt(2010, 12, 31);
    assert_eq!(date::parse("二〇一〇年十二月三十一日"), Ok(last));
    assert!(date::parse("二〇一〇年十二月二十百日").is_err());
}

#[test]
fn months_say_which_month() {
    let january = NaiveDate::from_ymd_opt(1968, 1, 1);
    for typed in [
        "1968年1月",
        "1968-01",
        "1968-1",
        "1968.01",
        "1968/01",
        "196801",
        "一九六八年一月",
    ] {
        assert_eq!(date::read_month(typed), Ok(january), "{typed}");
    }
    assert_eq!(date::read_month("1968.1"), Err(date::Fault::OneOrTen));
    assert_eq!(
        date::read_month("1968.13"),
        Err(date::Fault::NoSuchMonth(13))
    );
    assert!(date::read_month("68年1月").is_err());
}

#[test]
fn amounts_are_converted_exactly_and_faults_are_named() {
    let yuan = |typed: &str| money::read(typed, Some(Unit::Yuan));
    let cents = |typed: &str| yuan(typed).map(|read| read.map(|a| (a.cents, a.rounded)));
    assert_eq!(cents("25000"), Ok(Some((2_500_000, false))));
    assert_eq!(cents("25049.99"), Ok(Some((2_500_000, true))));
    assert_eq!(cents("25050"), Ok(Some((2_510_000, true))));
    assert_eq!(cents("2.5万元"), Ok(Some((2_500_000, false))));
    for (typed, fault) in [
        ("25000.005", Fault::HalfCent),
        ("-1", Fault::Negative),
        ("(3,200.00)", Fault::Negative),
        ("约30", Fault::About),
        ("30余元", Fault::About),
        ("30+4", Fault::Sum),
        ("30-40", Fault::Range),
        ("三十八", Fault::Words),
        ("12㎡", Fault::Unit),
        ("12 (估)", Fault::Form),
        (
            "999999999999999999999999999999999999999999",
            Fault::TooLarge,
        ),
    ] {
        assert_eq!(yuan(typed), Err(fault), "{typed}");
    }
    assert_eq!(money::read("5", None), Err(Fault::NoUnit));
    assert!(money::read("0", None).is_ok());
    assert_eq!(money::parse_area("38.5㎡"), Ok(Some(3_850)));
    assert_eq!(money::parse_area("2亩").ok(), None);
    assert_eq!(count::parse("86家"), Ok(Some(86)));
    assert_eq!(count::parse("4.0"), Ok(Some(4)));
}

#[test]
fn the_noise_of_binary_fractions_is_no_decimal() {
    for (kept, meant) in [
        ("7.0000000000000009", "7"),
        ("0.30000000000000004", "0.3"),
        ("12345678.900000002", "12345678.9"),
        ("25000.005", "25000.005"),
        ("-0.1", "-0.1"),
        ("1.2", "1.2"),
        ("0.00000000000000000000000000000001", "0"),
        ("abc.defg", "abc.defg"),
    ] {
        assert_eq!(settled(kept), meant, "{kept}");
    }
}
