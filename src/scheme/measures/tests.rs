//! Which items and prior approvals answers call for (domain 7, 6.2, 12.1).

mod each;
mod properties;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::scheme::{Answers, ItemKey, Scheme};

const EXAMPLE: &str = include_str!("../tests/worked_example.json");

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn items(answers: &Answers, on: &str) -> Vec<String> {
    let keys = scheme().applicable(answers, day(on));
    keys.iter().map(ItemKey::text).collect()
}

fn items_of(value: Value) -> Vec<String> {
    items(&serde_json::from_value(value).unwrap(), "2018-09-14")
}

fn has(value: Value, item: &str) -> bool {
    items_of(value).iter().any(|known| known == item)
}

#[test]
fn the_worked_example_calls_for_thirty_eight_items() {
    let example: Answers = serde_json::from_str(EXAMPLE).unwrap();
    let expected = "T1-01-1 T1-01-2 T1-02 T1-03 T1-04 \
        T2-01 T2-02-1 T2-04 T2-05-1 T2-05-2 T2-06-1 T2-06-2 \
        T3-01 T3-02 T3-03 T3-05 T3-06 T3-07 T3-08 T3-09 T3-10-1 T3-11-1 T3-12 \
        T4-01 T4-02 T4-03 T4-04-7 T4-05-8 T4-06-2 T4-07-6 \
        T4-08 T4-09 T4-10 T4-11 T4-12-3 \
        T5-01 T5-02 T5-04-1 T6-01 T6-02 T6-04 T6-06";
    let found = items(&example, "2018-09-14");
    assert_eq!(found, expected.split_whitespace().collect::<Vec<_>>());
    let of = |track: &str| found.iter().filter(|item| item.starts_with(track)).count();
    assert_eq!(
        ["T1", "T2", "T3", "T4", "T5", "T6"].map(of),
        [5, 7, 11, 12, 3, 4]
    );
}

#[test]
fn the_worked_example_needs_these_approvals_first() {
    let example: Answers = serde_json::from_str(EXAMPLE).unwrap();
    let scheme = scheme();
    let asked: Vec<String> = scheme
        .approvals_required(&example)
        .iter()
        .map(|(approval, competence)| format!("{} {competence}", approval.code()))
        .collect();
    assert_eq!(
        asked,
        [
            "PA-1 BB", "PA-2 BB", "PA-3 CZ", "PA-4 CZ", "PA-5 JG", "PA-6 ZZ", "PA-7 ZZ", "PA-7 RS",
            "PA-8 RS", "PA-9 ZZ", "PA-10 CA",
        ]
    );
}

fn approval(value: Value, code: &str) -> bool {
    let answers: Answers = serde_json::from_value(value).unwrap();
    let scheme = scheme();
    let asked = scheme.approvals_required(&answers);
    asked.iter().any(|(approval, _)| approval.code() == code)
}

#[test]
fn approvals_at_their_borders() {
    // Nothing ticked is no change of registration.
    assert!(!approval(json!({ "SV-97": [] }), "PA-10"));
    assert!(approval(json!({ "SV-97": ["capital"] }), "PA-10"));
    // Probationary members are members.
    assert!(!approval(json!({ "SV-70-1": 0, "SV-70-2": 0 }), "PA-9"));
    assert!(approval(json!({ "SV-70-1": 0, "SV-70-2": 1 }), "PA-9"));
    // A retired cadre of unknown date is one all the same (PE-20).
    assert!(approval(
        json!({ "SV-60": [{ "key": "1", "identity": "retired_cadre" }] }),
        "PA-6"
    ));
    assert!(approval(json!({ "SV-30": "merge" }), "PA-11"));
    assert!(approval(json!({ "SV-21": true }), "PA-11"));
    // TC-19: a legal person is cancelled even where there are no posts.
    let empty = json!({ "SV-23": true, "SV-24": [{ "key": "1", "posts": 0, "staff": 0 }] });
    assert!(approval(empty, "PA-1"));
    // Rows left over from before the answer became no.
    let left = json!({ "SV-23": false, "SV-24": [{ "key": "1", "disposition": "merge" }] });
    assert!(!approval(left, "PA-1"));
}

#[test]
fn tc_15_money_for_diverted_staff_makes_no_item() {
    let value = json!({
        "SV-46": [{ "key": "1", "year": "2018", "class": "diverted", "amount": 3_000_000 }],
        "SV-60": [{ "key": "1", "name": "周某", "identity": "diverted", "kind": "full", "post": "staff" }],
    });
    assert!(!has(value.clone(), "T3-06") && !has(value.clone(), "T3-07"));
    assert!(has(value.clone(), "T4-13-1"));
    // T4-13: such people are outside all other items.
    for code in ["T4-08", "T4-09", "T4-10"] {
        assert!(!has(value.clone(), code), "{code}");
    }
    assert!(!scheme().measure("T4-13").unwrap().mandatory);
}

#[test]
fn tc_20_what_no_law_keeps_is_stripped() {
    let function = |source: &str, article: &str, opinion: &str| {
        let row = json!({ "key": "1", "source": source, "article": article, "opinion": opinion });
        items_of(json!({ "SV-31": true, "SV-32": [row] }))
            .into_iter()
            .filter(|item| item.starts_with("T2-02") || item.starts_with("T2-03"))
            .collect::<Vec<_>>()
    };
    assert_eq!(function("law", "第十二条", "keep_by_law"), ["T2-03-1"]);
    for (source, article, opinion) in [
        ("custom", "", "keep_by_law"),
        ("custom", "第十二条", "keep_by_law"),
        ("law", "", "keep_by_law"),
        ("law", "第十二条", "strip"),
        ("law", "第十二条", "purchase"),
        ("law", "第十二条", "other"),
    ] {
        assert_eq!(
            function(source, article, opinion),
            ["T2-02-1"],
            "{source} {opinion}"
        );
    }
}

#[test]
fn rows_of_a_question_no_longer_asked_make_no_items() {
    let value = json!({ "SV-54": false, "SV-55": [{ "key": "1", "location": "办公楼" }] });
    assert!(!has(value, "T3-11-1"));
}

#[test]
fn rows_that_share_a_key_keep_an_item_each() {
    let row = json!({ "key": "1", "kind": "host", "department": "某局" });
    let found = items_of(json!({ "SV-20": [row.clone(), row, { "kind": "liaise" }] }));
    let ties: Vec<_> = found
        .iter()
        .filter(|item| item.starts_with("T1-01"))
        .collect();
    assert_eq!(ties, ["T1-01-1", "T1-01-1~", "T1-01-"]);
}

#[test]
fn t3_13_is_never_derived() {
    let example: Answers = serde_json::from_str(EXAMPLE).unwrap();
    assert!(scheme().measure("T3-13").is_some());
    assert!(
        !items(&example, "2018-09-14")
            .iter()
            .any(|item| item.starts_with("T3-13"))
    );
}
