//! Errors name the file and the line.

use crate::scheme::load::Files;
use crate::scheme::{Problem, Scheme};

/// Problems after one replacement in a file of the real scheme.
fn spoiled(spoil: impl FnOnce(&mut Files)) -> Vec<Problem> {
    let mut files = Files::lvyuan_2018();
    spoil(&mut files);
    Scheme::parse(&files).unwrap_err()
}

/// The line on which a text stands.
fn line_of(text: &str, part: &str) -> usize {
    text.lines().position(|line| line.contains(part)).unwrap() + 1
}

#[test]
fn the_scheme_holds_what_it_must() {
    let counts: std::collections::BTreeMap<_, _> = Scheme::lvyuan_2018()
        .unwrap()
        .counts()
        .into_iter()
        .collect();
    assert_eq!(counts["measures"], 52);
    assert_eq!(counts["prior approvals"], 11);
    assert_eq!(counts["plan parts"], 15);
    assert_eq!(counts["tasks"], 30);
    assert_eq!(counts["policy documents"], 6);
    assert_eq!(counts["survey sections"], 8);
}

#[test]
fn a_code_that_stands_twice_is_named_with_its_line() {
    let problems =
        spoiled(|files| files.measures = files.measures.replace("\"T1-02\"", "\"T1-01\""));
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].file, problems[0].message.as_str()),
        ("measures.toml", "code T1-01 stands twice")
    );
    assert!(problems[0].line > 1);
}

#[test]
fn an_unknown_code_or_value_in_a_condition_is_named_at_its_owner() {
    let original = Files::lvyuan_2018().measures;
    let problems = spoiled(|files| {
        files.measures = files
            .measures
            .replace("[\"SV-42\", \"no\"]", "[\"SV-42\", \"perhaps\"]");
    });
    assert_eq!(problems[0].message, "T3-03: SV-42 does not offer perhaps");
    assert_eq!(problems[0].line, line_of(&original, "\"T3-03\""));
    let problems = spoiled(|files| {
        files.measures = files
            .measures
            .replace("[\"SV-42\", \"no\"]", "[\"SV-999\", \"no\"]");
    });
    assert_eq!(
        problems[0].message,
        "T3-03: no question has the code SV-999"
    );
}

#[test]
fn a_wrong_type_is_named_with_its_line() {
    let original = Files::lvyuan_2018().campaign;
    let problems = spoiled(|files| {
        files.campaign = files
            .campaign
            .replace("warn_days = 7", "warn_days = \"seven\"");
    });
    assert_eq!(problems[0].line, line_of(&original, "warn_days"));
}

#[test]
fn all_problems_are_told_not_only_the_first() {
    let problems = spoiled(|files| {
        files.measures = files
            .measures
            .replace("[\"SV-42\", \"no\"]", "[\"SV-42\", \"perhaps\"]");
        files.timeline = files
            .timeline
            .replace("due = \"midterm_due\"", "due = \"some_day\"");
    });
    assert_eq!(problems.len(), 2);
}
