mod loading;
mod worked_example;

use serde_json::json;

use super::*;

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn answers(value: &serde_json::Value) -> Answers {
    serde_json::from_value(value.clone()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Codes of the items that answers call for on a day.
fn items(value: &serde_json::Value, on: &str) -> Vec<String> {
    scheme()
        .applicable(&answers(value), day(on))
        .iter()
        .map(ItemKey::text)
        .collect()
}

#[test]
fn tc_15_money_for_diverted_staff_makes_nothing_mandatory() {
    let value = json!({
        "SV-46": [{ "key": "1", "year": "2018", "class": "diverted", "amount": 5_000_000 }],
        "SV-60": [{ "key": "1", "name": "某", "identity": "diverted", "post": "staff", "kind": "full" }],
    });
    assert!(!appropriation::paid_in(&answers(&value), &[2017, 2018]));
    let items = items(&value, "2018-09-14");
    assert!(!items.iter().any(|item| item.starts_with("T3-06")));
    assert!(items.contains(&"T4-13-1".to_owned()));
}

#[test]
fn tc_18_a_shared_office_without_assets_must_say_so() {
    let shared = |note: serde_json::Value| {
        let mut row = json!({ "key": "1", "unit": "某局", "contents": ["staff"], "separate_by": "2018-10-30" });
        if !note.is_null() {
            row["assets_note"] = note;
        }
        answers(&json!({ "SV-25": true, "SV-26": [row] }))
    };
    let has = |answers: &Answers| {
        checks::findings(&scheme().survey, answers)
            .iter()
            .any(|finding| finding.code == "E204")
    };
    assert!(has(&shared(json!(null))));
    assert!(!has(&shared(json!("无"))));
}

#[test]
fn tc_19_an_institution_without_staff_still_has_a_legal_person_to_cancel() {
    let row = |disposition: &str| json!({ "SV-23": true, "SV-24": [{ "key": "1", "name": "服务中心", "posts": 0, "staff": 0, "disposition": disposition }] });
    assert!(items(&row("merge"), "2018-09-14").contains(&"T1-07-1".to_owned()));
    assert!(items(&row("transfer"), "2018-09-14").contains(&"T1-08-1".to_owned()));
}

#[test]
fn tc_20_a_function_is_kept_only_by_a_law_and_its_article() {
    let function = |source: &str, article: Option<&str>| {
        let mut row =
            json!({ "key": "1", "name": "初审", "source": source, "opinion": "keep_by_law" });
        if let Some(article) = article {
            row["article"] = json!(article);
        }
        answers(&json!({ "SV-31": true, "SV-32": [row] }))
    };
    let refused = |answers: &Answers| {
        checks::findings(&scheme().survey, answers)
            .iter()
            .any(|finding| finding.code == "E301")
    };
    assert!(refused(&function("custom", None)));
    assert!(refused(&function("law", None)));
    assert!(!refused(&function("law", Some("第十二条"))));
}

fn retired(on: &str) -> serde_json::Value {
    json!({ "SV-60": [{ "key": "1", "name": "某", "identity": "retired_cadre", "post": "adviser", "kind": "concurrent", "retired_on": on }] })
}

#[test]
fn tc_21_exactly_three_years_after_retirement_the_longer_rule_ends() {
    assert!(items(&retired("2015-11-22"), "2018-11-21").contains(&"T4-04-1".to_owned()));
    assert!(items(&retired("2015-11-22"), "2018-11-22").contains(&"T4-05-1".to_owned()));
}

#[test]
fn tc_22_the_twenty_ninth_of_february_is_clamped() {
    assert_eq!(
        persons::cooling_ends(day("2016-02-29"), 36),
        day("2019-02-28")
    );
}

#[test]
fn tc_29_without_employees_there_is_nothing_to_contract_pay_or_insure() {
    let value = json!({ "SV-60": [{ "key": "1", "name": "会长", "identity": "member", "post": "president", "is_officer": true, "kind": "concurrent" }] });
    let items = items(&value, "2018-09-14");
    for code in ["T4-08", "T4-09", "T4-10"] {
        assert!(!items.contains(&code.to_owned()), "{code}");
    }
}

#[test]
fn tc_13_a_tie_through_a_subordinate_unit_is_a_tie_of_the_organ() {
    let value = json!({ "SV-20": [{ "key": "1", "kind": "liaise", "department": "区交通运输局", "via_subordinate": "区运管所" }] });
    assert!(items(&value, "2018-09-14").contains(&"T1-01-1".to_owned()));
}

proptest::proptest! {
    #[test]
    fn applicability_is_a_function_with_unique_keys(rows in 0_usize..6, yes in proptest::bool::ANY, identity in 0_usize..9, days in 0_u64..2_000) {
        let identities = ["incumbent", "off_post", "serving", "retired_cadre", "retired_servant", "institution", "diverted", "hired", "member"];
        let people: Vec<serde_json::Value> = (0..rows)
            .map(|row| json!({ "key": row.to_string(), "name": "某", "identity": identities[(identity + row) % 9], "post": "staff", "kind": "full", "retired_on": "2016-01-31" }))
            .collect();
        let value = answers(&json!({ "SV-21": yes, "SV-31": yes, "SV-54": yes, "SV-60": people, "SV-65-1": rows }));
        let on = day("2017-01-01") + chrono::Days::new(days);
        let scheme = scheme();
        let first = scheme.applicable(&value, on);
        proptest::prop_assert_eq!(&first, &scheme.applicable(&value, on));
        let mut keys: Vec<String> = first.iter().map(ItemKey::text).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        proptest::prop_assert_eq!(keys.len(), count);
        for item in &first {
            let measure = scheme.measure(&item.measure).unwrap();
            proptest::prop_assert!(conditions::holds(&measure.when, &value));
        }
    }
}
