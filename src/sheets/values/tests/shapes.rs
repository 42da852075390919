//! Ways of writing that the workbooks do not have.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::workbooks::told;
use crate::sheets::cells::{Cell, Value};
use crate::sheets::samples::{cell, text};
use crate::sheets::values::{Context, Form, Kind, Outcome, Warning, Wrong, read};
use crate::web::answer::money;
use crate::web::answer::unit::Unit;

const KINDS: [Kind; 18] = [
    Kind::Name,
    Kind::Text,
    Kind::Long,
    Kind::Code,
    Kind::Certificate,
    Kind::CodeOrCertificate,
    Kind::Day,
    Kind::Month,
    Kind::Money,
    Kind::Count,
    Kind::Area,
    Kind::Percent,
    Kind::YesNo,
    Kind::Choice,
    Kind::Choices,
    Kind::Unit,
    Kind::Phone,
    Kind::Person,
];

fn of(value: &str, kind: Kind) -> String {
    told(&read(Some(&text(0, value)), kind, &Context::default()))
}

fn number(value: &str, kind: Kind) -> String {
    let value = Value::Number(value.to_owned(), false);
    told(&read(Some(&cell(0, value)), kind, &Context::default()))
}

fn formula(value: Value, kind: Kind) -> String {
    let cell = Cell {
        formula: true,
        ..cell(0, value)
    };
    told(&read(Some(&cell), kind, &Context::default()))
}

#[test]
fn nothing_and_taking_away_are_the_same_in_every_kind() {
    for kind in KINDS {
        assert_eq!(told(&read(None, kind, &Context::default())), "blank");
        for (value, expected) in [
            (" \u{A0}\n", "blank"),
            ("'", "blank"),
            ("—", "blank !dash"),
            ("——", "blank !dash"),
            ("-", "blank !dash"),
            ("/", "blank !dash"),
            ("—清空—", "clear"),
            ("-清空-", "clear"),
        ] {
            assert_eq!(of(value, kind), expected, "{kind:?} {value:?}");
        }
        assert!(number("5122010600094000", kind) != "blank", "{kind:?}");
    }
    assert_eq!(of("清空", Kind::Text), "清空");
    assert_eq!(of("无", Kind::Text), "无");
    assert_eq!(of("无", Kind::CodeOrCertificate), "blank !dash");
    assert_eq!(of("无", Kind::Count), "0 !none_is_zero");
}

#[test]
fn money_by_its_unit() {
    let by = |value: &str, unit: Option<Unit>| {
        let context = Context {
            unit,
            ..Context::default()
        };
        told(&read(Some(&text(0, value)), Kind::Money, &context))
    };
    assert_eq!(by("25049", Some(Unit::Yuan)), "2.50 !converted !rounded");
    assert_eq!(by("3元", Some(Unit::Yuan)), "0.00 !unit_word !rounded");
    assert_eq!(by("2.5万元", Some(Unit::Wan)), "2.50 !unit_word");
    assert_eq!(by("2.5万元", None), "2.50 !own_unit");
    assert_eq!(by("1.2亿元", Some(Unit::Wan)), "12000.00 !own_unit");
    assert_eq!(
        by("￥1,200千元", Some(Unit::Wan)),
        "120.00 !currency_sign !own_unit"
    );
    assert_eq!(by("5", None), "wrong: 没有写明金额单位");
    assert_eq!(by("0", None), "0.00");
    assert_eq!(by("2.505", Some(Unit::Wan)), "wrong: 小数超过两位");
    assert_eq!(by("5亩", Some(Unit::Wan)), "wrong: 单位不能换算");
    assert_eq!(by("3-5", Some(Unit::Wan)), "wrong: 是一个范围，不是一个数");
    let shown = Value::Number("0.5".to_owned(), true);
    let percent = read(Some(&cell(0, shown)), Kind::Money, &Context::default());
    assert_eq!(told(&percent), "wrong: 是百分比");
}

#[test]
fn noise_of_binary_fractions_is_left_out_of_numbers() {
    assert_eq!(number("7.0000000000000009", Kind::Count), "7");
    assert_eq!(number("38.500000000000004", Kind::Area), "38.50");
    assert_eq!(number("38.505", Kind::Area), "wrong: 小数超过两位");
    assert_eq!(number("4.5", Kind::Count), "wrong: 不是整数");
}

#[test]
fn days_and_months_as_numbers_and_texts() {
    for (value, expected) in [
        ("20090518", "2009-05-18"),
        ("20090230", "wrong: 没有这一天"),
        ("2009.5", "wrong: 只有年月"),
        ("2009", "wrong: 只有年份"),
        ("39951.5", "wrong: 日期序号"),
        ("1", "wrong: 不是能认出的日期"),
        ("99999999999999", "wrong: 不是能认出的日期"),
    ] {
        let found = number(value, Kind::Day);
        let what = expected.trim_start_matches("wrong: ");
        assert!(found.contains(what), "{value}: {found}");
    }
    assert_eq!(
        of("2009-05-18 23:59", Kind::Day),
        "2009-05-18 !time_dropped"
    );
    for value in ["1968年1月", "1968-01", "1968.01", "一九六八年一月"] {
        assert_eq!(of(value, Kind::Month), "1968-01", "{value}");
    }
    assert_eq!(
        number("1968.1", Kind::Month),
        "wrong: 不能确定是1月还是10月"
    );
    assert_eq!(number("1968.12", Kind::Month), "1968-12");
    let day = |year, day| Value::Day(NaiveDate::from_ymd_opt(year, 1, day).unwrap());
    assert_eq!(
        told(&read(
            Some(&cell(0, day(1968, 1))),
            Kind::Month,
            &Context::default()
        )),
        "1968-01"
    );
    assert_eq!(
        told(&read(
            Some(&cell(0, day(1968, 5))),
            Kind::Month,
            &Context::default()
        )),
        "1968-01 !day_dropped"
    );
    assert_eq!(
        formula(day(1900, 1), Kind::Day),
        "blank",
        "of an empty cell"
    );
    assert!(
        told(&read(
            Some(&cell(0, day(1899, 1))),
            Kind::Day,
            &Context::default()
        ))
        .contains("年份")
    );
}

#[test]
fn percentages_say_their_sign_or_are_asked() {
    let shown = |value: &str| {
        let value = Value::Number(value.to_owned(), true);
        told(&read(
            Some(&cell(0, value)),
            Kind::Percent,
            &Context::default(),
        ))
    };
    assert_eq!(shown("0.5"), "50");
    assert_eq!(shown("1"), "100");
    assert_eq!(shown("0.07"), "7");
    assert_eq!(shown("0.333333333333333"), "33.33 !rounded");
    assert_eq!(shown("1.2"), "wrong: 超过100%");
    assert_eq!(shown("-0.1"), "wrong: 是负数（带括号的数字也是负数）");
    for (value, expected) in [
        ("33.5％", "33.5"),
        ("0", "0"),
        ("120%", "wrong: 超过100%"),
        ("0.5", "wrong: 没有写明百分号，可能是0.5%，也可能是50%"),
        ("50", "wrong: 没有写明百分号"),
        ("5000", "wrong: 超过100%"),
    ] {
        assert!(of(value, Kind::Percent).starts_with(expected), "{value}");
    }
    let context = Context {
        unit: Some(Unit::Percent),
        ..Context::default()
    };
    assert_eq!(
        told(&read(Some(&text(0, "50")), Kind::Percent, &context)),
        "50"
    );
    assert!(told(&read(Some(&text(0, "1")), Kind::Percent, &context)).starts_with("wrong"));
}

#[test]
fn codes_and_certificates_in_one_column_are_told_apart() {
    let form = |value: &str| match read(
        Some(&text(0, value)),
        Kind::CodeOrCertificate,
        &Context::default(),
    ) {
        Outcome::Is(read) => read.form,
        _ => None,
    };
    assert_eq!(form("51220106MJ000940XE"), Some(Form::Code));
    assert_eq!(form("吉长绿社证字第0012号"), Some(Form::Certificate));
    assert_eq!(form("4412"), Some(Form::Certificate));
    assert_eq!(form("5122O106MJ0009450R"), None);
    assert_eq!(
        number("4412", Kind::Certificate),
        "4412 !certificate_as_number"
    );
    assert!(number("512201060009401", Kind::Certificate).starts_with("wrong"));
    assert!(of("5.12E+17", Kind::CodeOrCertificate).contains("科学计数法"));
    assert_eq!(
        number("4412", Kind::Code),
        "wrong: 是数字，位数可能已经丢失"
    );
}

#[test]
fn one_cell_holds_one_person() {
    for two in [
        "张三、李四",
        "张三 李四",
        "张三和李四",
        "张三\n李四",
        "张三/李四",
        "张三；李四",
        "张三，李四",
        "欧阳明　李四",
    ] {
        assert_eq!(of(two, Kind::Person), "wrong: 写了不止一人", "{two}");
    }
    for (one, name) in [
        ("张　三", "张三"),
        ("欧阳和平", "欧阳和平"),
        ("和珅", "和珅"),
        ("李和", "李和"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("John Smith", "John Smith"),
        ("张三、", "张三、"),
    ] {
        assert_eq!(of(one, Kind::Person), name);
    }
    assert!(number("5", Kind::Person).starts_with("wrong"));
}

#[test]
fn options_are_taken_by_label_or_key() {
    let options = [
        ("units", "从事相同性质经济活动的单位"),
        ("persons", "同业人员"),
        ("rent", "租用、借用"),
    ]
    .map(|(key, label)| (key.to_owned(), label.to_owned()));
    let context = Context {
        options: &options,
        ..Context::default()
    };
    let chosen = |value: &str, kind: Kind| told(&read(Some(&text(0, value)), kind, &context));
    assert_eq!(chosen("同业\n人员", Kind::Choice), "persons");
    assert_eq!(chosen("UNITS", Kind::Choice), "units");
    assert!(chosen("同业", Kind::Choice).starts_with("wrong"));
    assert_eq!(
        chosen("租用、借用；同业人员，", Kind::Choices),
        "rent,persons"
    );
    assert_eq!(chosen("同业人员\n同业人员", Kind::Choices), "persons");
    assert!(chosen("同业人员、借用", Kind::Choices).starts_with("wrong"));
}

#[test]
fn words_numbers_and_truths_where_they_do_not_belong() {
    assert_eq!(
        of("长春市\n绿园区 茶叶协会", Kind::Name),
        "长春市绿园区 茶叶协会"
    );
    assert_eq!(of("甲\r\n乙", Kind::Long), "甲\n乙");
    assert_eq!(
        number("43188880000", Kind::Phone),
        "43188880000 !telephone_as_number"
    );
    assert_eq!(number("3", Kind::Text), "3");
    assert_eq!(number("3", Kind::Name), "wrong: 是数字");
    assert_eq!(
        formula(Value::Number("0".to_owned(), false), Kind::Text),
        "blank"
    );
    assert_eq!(
        formula(Value::Number("0".to_owned(), false), Kind::Count),
        "0 !formula"
    );
    let truth = |kind| {
        told(&read(
            Some(&cell(0, Value::Truth(true))),
            kind,
            &Context::default(),
        ))
    };
    assert_eq!(truth(Kind::YesNo), "yes");
    assert!(truth(Kind::Count).starts_with("wrong"));
    for (sign, answer) in [
        ("✓", "yes"),
        ("✔", "yes"),
        ("有", "yes"),
        ("×", "no"),
        ("０", "no"),
    ] {
        assert_eq!(of(sign, Kind::YesNo), answer);
    }
    for sign in ["Y", "对", "错", "O", "2"] {
        assert!(of(sign, Kind::YesNo).starts_with("wrong"), "{sign}");
    }
    let long = Wrong::new(&"字".repeat(50), "", "");
    assert_eq!(long.value.chars().count(), 40);
}

#[test]
fn every_warning_has_a_word_and_a_sentence_of_its_own() {
    let keys: std::collections::BTreeSet<_> = Warning::ALL.iter().map(|w| w.key()).collect();
    let sentences: std::collections::BTreeSet<_> =
        Warning::ALL.iter().map(|w| w.sentence()).collect();
    assert_eq!(
        (keys.len(), sentences.len()),
        (Warning::ALL.len(), Warning::ALL.len())
    );
}

proptest! {
    #[test]
    fn no_cell_makes_reading_panic_and_what_is_wrong_is_always_said(
        value in "\\PC{0,30}",
        digits in "-?[0-9]{1,40}(\\.[0-9]{1,40})?",
        flags in any::<(bool, bool)>(),
    ) {
        let values = [Value::Text(value.clone()), Value::Number(digits, flags.0), Value::Error(value)];
        for value in values {
            let cell = Cell { column: 0, value, formula: flags.1 };
            for kind in KINDS {
                if let Outcome::Wrong(wrong) = read(Some(&cell), kind, &Context::default()) {
                    prop_assert!(!wrong.what.is_empty() && !wrong.expected.is_empty());
                    prop_assert!(wrong.value.chars().count() <= 40);
                }
            }
        }
    }

    #[test]
    fn what_forms_show_is_read_as_the_same(hundredths in 0_i64..=9_999_999_999, days in 0_i64..70_000, count in 0_u32..100_000) {
        let shown = money::show(hundredths * 10_000);
        let context = Context { unit: Some(Unit::Wan), ..Context::default() };
        prop_assert_eq!(told(&read(Some(&text(0, &shown)), Kind::Money, &context)), shown.clone());
        prop_assert_eq!(of(&shown, Kind::Area), shown);
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
        prop_assert_eq!(of(&day.to_string(), Kind::Day), day.to_string());
        prop_assert_eq!(of(&day.format("%Y%m%d").to_string(), Kind::Day), day.to_string());
        prop_assert_eq!(of(&count.to_string(), Kind::Count), count.to_string());
    }

    #[test]
    fn what_was_read_is_read_as_the_same(value in "[ 0-9.,万元%A-Z年月日家、-]{0,18}") {
        for kind in KINDS {
            let context = Context { unit: Some(Unit::Wan), ..Context::default() };
            if let Outcome::Is(first) = read(Some(&text(0, &value)), kind, &context)
                && kind != Kind::Percent
            {
                let again = read(Some(&text(0, &first.text)), kind, &context);
                prop_assert!(matches!(again, Outcome::Is(second) if second.text == first.text), "{kind:?}");
            }
        }
    }
}
