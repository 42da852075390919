//! The closed set and the named conditions.

use serde_json::{Value, json};

use super::{Condition, Moment, counter, holds, holds_on};
use crate::scheme::Answers;
use crate::scheme::appropriation::{paid_in, paid_since};

fn answers(value: Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

fn condition(text: &str) -> Condition {
    #[derive(serde::Deserialize)]
    struct Holder {
        when: Condition,
    }
    toml::from_str::<Holder>(&format!("when = {text}"))
        .unwrap()
        .when
}

#[test]
fn each_condition_of_the_set() {
    let told = answers(json!({
        "SV-21": true, "SV-30": "merge", "SV-65-1": 2, "SV-97": ["scope"], "SV-34": [],
        "SV-51": [{ "key": "1", "ownership": "unclear" }],
    }));
    for (text, expected) in [
        ("{ is = [\"SV-21\", \"yes\"] }", true),
        ("{ is = [\"SV-21\", \"no\"] }", false),
        ("{ is = [\"SV-99\", \"no\"] }", false),
        ("{ is_not = [\"SV-30\", \"none\"] }", true),
        ("{ is_not = [\"SV-30\", \"merge\"] }", false),
        // What is not answered is not another value.
        ("{ is_not = [\"SV-44\", \"own\"] }", false),
        ("{ over = [\"SV-65-1\", 1] }", true),
        ("{ over = [\"SV-65-1\", 2] }", false),
        ("{ any_row = \"SV-51\" }", true),
        ("{ any_row = \"SV-34\" }", false),
        ("{ answered = \"SV-34\" }", true),
        ("{ answered = \"SV-46\" }", false),
        (
            "{ row = [\"SV-51\", \"ownership\", \"state\", \"unclear\"] }",
            true,
        ),
        ("{ row = [\"SV-51\", \"ownership\", \"state\"] }", false),
        ("{ includes = [\"SV-97\", \"scope\"] }", true),
        ("{ includes = [\"SV-97\", \"name\"] }", false),
        ("{ all = [] }", true),
        ("{ any = [] }", false),
        ("{ not = { is = [\"SV-21\", \"yes\"] } }", false),
        ("{ named = \"no_such_name\" }", false),
    ] {
        assert_eq!(holds(&condition(text), &told), expected, "{text}");
    }
}

#[test]
fn tc_15_money_for_diverted_staff_is_no_appropriation() {
    let told = |year: &str, class: &str, amount: i64| {
        let told = answers(json!({
            "SV-46": [{ "key": "1", "year": year, "class": class, "amount": amount }]
        }));
        paid_in(&told, &[2017, 2018])
    };
    assert!(!told("2018", "diverted", 5_000_000));
    assert!(!told("2018", "retiree", 5_000_000));
    assert!(!told("2016", "basic", 5_000_000));
    assert!(!told("2017", "basic", 0));
    assert!(told("2017", "basic", 1));
    assert!(told("2018", "project", 1));
}

#[test]
fn years_of_appropriation_are_the_schemes_parameters() {
    let told = answers(json!({
        "SV-46": [{ "key": "1", "year": "2019", "class": "basic", "amount": 1 }]
    }));
    assert!(paid_in(&told, &[2019]) && !paid_in(&told, &[2017, 2018]));
    for (stop, expected) in [
        ("2018-01-01", true),
        ("2019-06-14", true),
        ("2020-01-01", false),
    ] {
        assert_eq!(paid_since(&told, stop.parse().unwrap()), expected, "{stop}");
    }
    let mut files = crate::scheme::load::Files::lvyuan_2018();
    files.campaign = files.campaign.replace("[2017, 2018]", "[2019]");
    let later = crate::scheme::Scheme::parse(&files).unwrap();
    let on = "2018-09-14".parse().unwrap();
    let called = |scheme: &crate::scheme::Scheme| {
        scheme
            .applicable(&told, on)
            .iter()
            .any(|item| item.measure == "T3-06")
    };
    assert!(called(&later));
    assert!(!called(&crate::scheme::Scheme::lvyuan_2018().unwrap()));
}

#[test]
fn parts_of_the_full_time_staff_leave_out_who_only_helps() {
    let told = answers(json!({ "SV-60": [
        { "key": "1", "identity": "serving", "kind": "full", "post": "secretary" },
        { "key": "2", "identity": "serving", "kind": "concurrent", "post": "staff" },
        { "key": "3", "identity": "hired", "kind": "full", "post": "staff" },
        { "key": "4", "identity": "diverted", "kind": "full", "post": "staff" },
    ] }));
    let count = |name: &str| counter(name, &told);
    assert_eq!((count("all_staff"), count("full_time_staff")), (4, 3));
    let parts = [
        "hired",
        "institution",
        "serving_full",
        "retired_full",
        "diverted",
    ];
    assert_eq!(
        parts.map(count).iter().sum::<i64>(),
        count("full_time_staff")
    );
    assert_eq!(
        (count("contracts_needed"), count("insurance_needed")),
        (1, 3)
    );
}

#[test]
fn officers_change_until_three_years_have_passed() {
    let officers = condition("{ named = \"officers_change\" }");
    let told = |officer: bool| {
        answers(json!({ "SV-60": [
            { "key": "1", "identity": "retired_cadre", "retired_on": "2016-02-29",
              "post": "president", "kind": "concurrent", "is_officer": officer },
        ] }))
    };
    let on = |day: &str| Moment {
        on: day.parse().unwrap(),
        cooling_months: 36,
    };
    assert!(holds_on(&officers, &told(true), on("2019-02-27")));
    assert!(!holds_on(&officers, &told(true), on("2019-02-28")));
    assert!(!holds_on(&officers, &told(false), on("2018-09-14")));
    // Without a day: it can hold on some day.
    assert!(holds(&officers, &told(true)));
}
