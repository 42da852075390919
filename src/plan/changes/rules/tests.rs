use serde_json::json;

use crate::plan::rules::Refusal;
use crate::plan::samples::{answers, scheme};
use crate::scheme::Answers;

use super::{allowed, touched};

fn steps(rows: &[(&str, &str)]) -> Answers {
    let rows: Vec<_> = rows
        .iter()
        .map(|(item, due)| json!({ "key": item, "item": item, "step": "办理", "start": "2018-10-25", "due": due }))
        .collect();
    answers(&json!({ "PL-4": rows }))
}

#[test]
fn only_rows_that_differ_are_touched() {
    let before = steps(&[("T4-01", "2018-11-15"), ("T4-02", "2018-11-15")]);
    let after = steps(&[("T4-01", "2018-11-18"), ("T4-02", "2018-11-15")]);
    let items: Vec<_> = touched(&before, &after, &["PL-4"]).into_iter().collect();
    assert_eq!(items, ["T4-01"]);
}

#[test]
fn a_change_that_changes_nothing_is_refused() {
    let same = steps(&[("T4-01", "2018-11-15")]);
    assert_eq!(
        allowed(&scheme(), &same, &same),
        Err(Refusal::NothingChanged)
    );
}

#[test]
fn tc_53_no_change_moves_a_step_past_the_end_of_implementation() {
    let before = steps(&[("T4-01", "2018-11-15")]);
    let cases = [("2018-11-20", true), ("2018-11-21", false)];
    for (due, fits) in cases {
        let after = steps(&[("T4-01", due)]);
        assert_eq!(allowed(&scheme(), &before, &after).is_ok(), fits, "{due}");
    }
}

#[test]
fn a_day_that_the_scheme_fixes_is_not_changed() {
    // T3-11, office rooms: 2018-12-31, and later only by the department.
    let before = steps(&[("T3-11-1", "2018-12-20")]);
    let after = steps(&[("T3-11-1", "2018-12-31")]);
    assert!(matches!(
        allowed(&scheme(), &before, &after),
        Err(Refusal::LegalDay(_))
    ));
}
