use chrono::NaiveDate;
use proptest::prelude::*;

use super::{count, date, money, text};

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
