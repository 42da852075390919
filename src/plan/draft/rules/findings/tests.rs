#![expect(
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "a table reads best in one piece"
)]

use serde_json::{Value, json};

use crate::plan::samples::{complete, day, linked, scheme, survey, with_row};

use super::*;

fn judged(
    survey: &Answers,
    content: &Answers,
    exceptions: &BTreeMap<String, NaiveDate>,
) -> Vec<Finding> {
    findings(&Subject {
        scheme: &scheme(),
        survey,
        outdated: false,
        content,
        linked: &linked(),
        exceptions,
        on: day(10, 12),
    })
}

fn parts(content: &Answers) -> Vec<&'static str> {
    let found = judged(&survey(), content, &BTreeMap::new());
    found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.part)
        .collect()
}

fn changed(code: &str, value: Value) -> Answers {
    let mut content = complete();
    content.set(code, if value.is_null() { None } else { Some(value) });
    content
}

fn without_first(code: &str) -> Answers {
    let mut content = complete();
    content
        .0
        .get_mut(code)
        .and_then(Value::as_array_mut)
        .unwrap()
        .remove(0);
    content
}

#[test]
fn a_complete_plan_has_no_finding() {
    assert_eq!(judged(&survey(), &complete(), &BTreeMap::new()), Vec::new());
}

#[test]
fn each_rule_finds_what_it_is_for() {
    let table: Vec<(&str, Answers, &[&str])> = vec![
        (
            "PL-2 missing",
            changed("PL-2", Value::Null),
            &["PL-2", "PL-2"],
        ),
        ("PL-2 one item uncovered", without_first("PL-2"), &["PL-2"]),
        (
            "PL-2 unknown item",
            with_row(&complete(), "PL-2", "T1-03", &json!({ "item": "T1-33" })),
            &["PL-2", "PL-2", "PL-3", "PL-4"],
        ),
        ("PL-3 without measure", without_first("PL-3"), &["PL-3"]),
        ("PL-4 without step", without_first("PL-4"), &["PL-4"]),
        (
            "PL-4 start after due",
            with_row(
                &complete(),
                "PL-4",
                "T1-03",
                &json!({ "start": "2018-11-20", "due": "2018-11-01" }),
            ),
            &["PL-4"],
        ),
        ("PL-5 without owner", without_first("PL-5"), &["PL-5"]),
        (
            "PL-5 blank owner",
            with_row(
                &complete(),
                "PL-5",
                "T1-03",
                &json!({ "unit_person": null }),
            ),
            &["PL-5"],
        ),
        (
            "PL-6 nil against the survey",
            changed("PL-6", json!([])),
            &["PL-6"],
        ),
        ("PL-6 not answered", changed("PL-6", Value::Null), &["PL-6"]),
        (
            "PL-6 without supervision",
            changed(
                "PL-6",
                json!([{ "key": "1", "name": "统计", "department": "局", "manner": "handover", "handover_on": "2018-11-05", "section": "科" }]),
            ),
            &["PL-6"],
        ),
        (
            "PL-7 neither list nor reason",
            changed("PL-7-1", Value::Null),
            &["PL-7"],
        ),
        (
            "PL-8 nobody receives",
            changed("PL-8-1", Value::Null),
            &["PL-8"],
        ),
        (
            "PL-10 one person left out",
            without_first("PL-10"),
            &["PL-10"],
        ),
        ("PL-10 nil", changed("PL-10", json!([])), &["PL-10"]),
        (
            "PL-11 unclear asset left out",
            changed("PL-11", json!([])),
            &["PL-11"],
        ),
        (
            "PL-11 unclear asset without owner",
            changed(
                "PL-11",
                json!([{ "key": "1", "object": "展示设备", "disposition": "界定", "due": "2018-11-01" }]),
            ),
            &["PL-11", "PL-11"],
        ),
        ("PL-12 nobody told", changed("PL-12", json!([])), &["PL-12"]),
        (
            "PL-12 told tomorrow",
            changed(
                "PL-12",
                json!([{ "key": "1", "department": "区工业和信息化局", "notice": "通报", "sent_on": "2018-10-13" }]),
            ),
            &["PL-12"],
        ),
        ("PL-13 no risk", changed("PL-13", Value::Null), &["PL-13"]),
        (
            "PL-14 for no matter",
            changed(
                "PL-14",
                json!([{ "key": "1", "item": "T9-99", "reason": "因", "basis": "法", "new_date": "2018-12-01", "department": "局" }]),
            ),
            &["PL-14"],
        ),
        (
            "PL-15 refused",
            changed("PL-15-1", json!(false)),
            &["PL-15"],
        ),
        ("PL-15 open", changed("PL-15-2", Value::Null), &["PL-15"]),
    ];
    for (what, content, expected) in table {
        assert_eq!(parts(&content), expected, "{what}");
    }
}

#[test]
fn a_newer_survey_must_be_taken_over_first() {
    let found = findings(&Subject {
        scheme: &scheme(),
        survey: &survey(),
        outdated: true,
        content: &complete(),
        linked: &linked(),
        exceptions: &BTreeMap::new(),
        on: day(10, 12),
    });
    assert_eq!(
        found.iter().map(|finding| finding.part).collect::<Vec<_>>(),
        ["PL-1"]
    );
}

#[test]
fn nobody_else_must_be_settled_or_told_where_there_is_nothing() {
    let mut survey = survey();
    survey.set("SV-60", Some(json!([])));
    survey.set("SV-46", Some(json!([])));
    let mut content = crate::plan::samples::derived(&survey);
    for (code, value) in [
        (
            "PL-13",
            json!([{ "key": "1", "risk": "险", "measure": "策" }]),
        ),
        ("PL-15-1", json!(true)),
        ("PL-15-2", json!(true)),
        ("PL-12", json!([])),
    ] {
        content.set(code, Some(value));
    }
    let found = findings(&Subject {
        scheme: &scheme(),
        survey: &survey,
        outdated: false,
        content: &content,
        linked: &[],
        exceptions: &BTreeMap::new(),
        on: day(10, 12),
    });
    assert_eq!(found, Vec::new());
}

#[test]
fn tc_53_a_step_later_than_the_end_of_implementation_is_refused() {
    let own = "T3-11-1";
    let table: [(&str, &str, Option<(u32, u32)>, bool); 7] = [
        ("T1-03", "2018-11-20", None, true),
        ("T1-03", "2018-11-21", None, false),
        // Rooms have until 31 December (三(三)).
        (own, "2018-12-31", None, true),
        (own, "2019-01-01", None, false),
        ("T1-03", "2018-12-05", Some((12, 5)), true),
        ("T1-03", "2018-12-06", Some((12, 5)), false),
        (own, "2019-01-01", Some((12, 20)), false),
    ];
    for (item, due, exception, fits) in table {
        let content = with_row(&complete(), "PL-4", item, &json!({ "due": due }));
        let exceptions = exception
            .map(|(month, date)| (item.to_owned(), day(month, date)))
            .into_iter()
            .collect();
        let found = judged(&survey(), &content, &exceptions);
        assert_eq!(
            found.is_empty(),
            fits,
            "{item} {due} {exception:?}: {found:?}"
        );
    }
}

#[test]
fn steps_of_an_item_stand_in_order() {
    let mut content = complete();
    let rows = content
        .0
        .get_mut("PL-4")
        .and_then(Value::as_array_mut)
        .unwrap();
    rows.push(json!({ "key": "99", "item": "T1-03", "step": "补", "start": "2018-10-10", "due": "2018-10-11" }));
    assert_eq!(parts(&content), ["PL-4"]);
}

#[test]
fn two_people_of_one_name_need_two_rows() {
    let mut survey = survey();
    let people = survey
        .0
        .get_mut("SV-60")
        .and_then(Value::as_array_mut)
        .unwrap();
    people.push(json!({ "key": "6", "name": "张某", "identity": "serving", "post": "director", "kind": "concurrent" }));
    let found = judged(&survey, &complete(), &BTreeMap::new());
    assert!(
        found
            .iter()
            .any(|finding| finding.part == "PL-10" && finding.sentence.contains("张某"))
    );
}
