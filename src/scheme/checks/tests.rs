//! Findings of the survey.

use serde_json::{Value, json};

use super::{Check, Severity, findings};
use crate::scheme::{Answers, Scheme};

fn answers(value: Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

fn codes(answers: &Answers) -> Vec<(String, Severity)> {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let found = findings(&scheme.survey, answers);
    found
        .into_iter()
        .map(|finding| (finding.code, finding.severity))
        .collect()
}

fn found(value: Value, code: &str) -> bool {
    codes(&answers(value))
        .iter()
        .any(|(known, _)| known == code)
}

#[test]
fn the_worked_example_has_no_error_and_says_what_to_explain() {
    let example: Answers =
        serde_json::from_str(include_str!("../tests/worked_example.json")).unwrap();
    let found = codes(&example);
    assert!(
        found
            .iter()
            .all(|(_, severity)| *severity == Severity::Warning),
        "{found:?}"
    );
    let warnings: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    // Money of 2018; accounts kept by organ staff; a contract and a fund account
    // missing; four party members and no party body.
    assert_eq!(warnings, ["W201", "W401", "W501", "W502", "W601"]);
}

#[test]
fn an_empty_survey_misses_exactly_what_is_required_and_asked() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let empty = Answers::default();
    let missing = codes(&empty);
    for question in scheme
        .survey
        .sections
        .iter()
        .flat_map(|section| &section.questions)
    {
        let named = missing.iter().any(|(code, _)| code == question.code());
        assert_eq!(
            named,
            question.required && question.shown(&empty),
            "{}",
            question.code()
        );
    }
}

#[test]
fn tc_18_blanks_do_not_say_that_there_are_no_assets() {
    let shared = |note: &str| {
        json!({ "SV-25": true, "SV-26": [
            { "key": "1", "unit": "区运管所", "contents": ["body", "staff"], "assets_note": note, "separate_by": "2018-11-10" },
        ] })
    };
    assert!(found(shared(""), "E204"));
    assert!(found(shared("  "), "E204"));
    assert!(!found(shared("无"), "E204"));
}

#[test]
fn tc_20_blanks_are_no_article() {
    let function = |source: &str, article: &str| {
        json!({ "SV-31": true, "SV-32": [
            { "key": "1", "name": "初审", "category": "review", "source": source, "article": article, "opinion": "keep_by_law" },
        ] })
    };
    assert!(found(function("custom", "第十二条"), "E301"));
    assert!(found(function("law", " "), "E301"));
    assert!(!found(function("law", "第十二条"), "E301"));
}

#[test]
fn an_empty_table_answers_only_where_there_is_a_tick_for_none() {
    assert!(found(json!({ "SV-20": [] }), "SV-20"));
    assert!(!found(json!({ "SV-34": [] }), "SV-34"));
}

#[test]
fn a_row_with_an_empty_required_column_is_named() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let told = answers(json!({ "SV-82": [
        { "key": "1", "matter": "档案", "handled_by": "区人社局" }, { "key": "2", "matter": "户口" },
    ] }));
    let found = findings(&scheme.survey, &told);
    let finding = found
        .iter()
        .find(|finding| finding.code == "SV-82")
        .unwrap();
    assert!(finding.message.contains("第2行"), "{}", finding.message);
}

fn check(rule: &str) -> Check {
    let text = format!("code = \"E999\"\nrule = {rule}\nmessage = \"\"");
    let mut check: Check = toml::from_str(&text).unwrap();
    check.settle(&Scheme::lvyuan_2018().unwrap().campaign.parameters);
    check
}

#[test]
fn dates_are_compared_with_questions_days_and_parameters() {
    let told = answers(json!({ "SV-04": "2018-08-31", "SV-95": "2018-09-12" }));
    for (limit, passes) in [
        ("survey_base_date", true),
        ("issue_date", false),
        ("2018-08-31", true),
        ("2018-08-30", false),
        ("SV-95", true),
        // Not answered: nothing to compare with.
        ("SV-15-1", true),
    ] {
        let rule = check(&format!("{{ not_after = [\"SV-04\", \"{limit}\"] }}"));
        assert_eq!(rule.passes(&told), passes, "{limit}");
    }
}

#[test]
fn one_thing_implies_another() {
    let rule = check(
        "{ implies = { if = { is = [\"SV-27\", \"yes\"] }, then = { is = [\"SV-25\", \"yes\"] } } }",
    );
    assert!(rule.passes(&answers(json!({ "SV-27": false, "SV-25": false }))));
    assert!(rule.passes(&answers(json!({ "SV-27": true, "SV-25": true }))));
    assert!(!rule.passes(&answers(json!({ "SV-27": true, "SV-25": false }))));
}

#[test]
fn tc_52_three_formal_members_need_a_party_body_and_two_do_not() {
    let members = |formal: i64| json!({ "SV-70-1": formal, "SV-70-2": 5, "SV-71": false });
    assert!(found(members(3), "W601"));
    assert!(!found(members(2), "W601"), "candidates do not count");
    assert!(!found(
        json!({ "SV-70-1": 3, "SV-71": true, "SV-72": [] }),
        "W601"
    ));
}

#[test]
fn what_is_not_asked_any_more_is_not_judged() {
    let office = |shared: bool| {
        json!({ "SV-25": shared, "SV-26": [
            { "key": "1", "unit": "区运管所", "contents": ["body"], "separate_by": "2018-11-10" },
        ] })
    };
    assert!(found(office(true), "E204"));
    assert!(
        !found(office(false), "E204"),
        "its field is not there to mend it"
    );
}
