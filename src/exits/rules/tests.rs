use chrono::NaiveDate;
use serde_json::json;

use super::{Refusal, STEPS, State, lapse_reason, may_decide, suggestions};
use crate::access::Act;
use crate::access::Case as _;
use crate::exits::store::Exit;
use crate::registry::rules::ExitKind;
use crate::scheme::Answers;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 11, day).unwrap()
}

#[test]
fn only_a_proposal_is_decided_on_and_a_decision_stands() {
    for state in State::ALL {
        assert_eq!(
            Exit::next(state, Act::ExitDecide).is_some(),
            state == State::Proposed
        );
    }
    assert!(STEPS.iter().all(|(from, _, _)| *from != State::Decided));
    // What was refused can be proposed again, through a new draft.
    assert_eq!(
        Exit::next(State::Refused, Act::ExitSave),
        Some(State::Draft)
    );
    assert_eq!(Exit::next(State::Refused, Act::ExitPropose), None);
}

#[test]
fn a_decision_lies_between_proposal_and_today() {
    let cases = [
        (day(5), Some(day(5)), true),
        (day(4), Some(day(5)), false),
        (day(20), Some(day(5)), true),
        (day(21), Some(day(5)), false),
    ];
    for (date, proposed, fits) in cases {
        let outcome = may_decide(date, proposed, day(20));
        assert_eq!(outcome.is_ok(), fits, "{date}");
        if !fits {
            assert_eq!(outcome, Err(Refusal::ImpossibleDay(date)));
        }
    }
}

#[test]
fn tc_41_assets_and_people_go_over_and_the_rest_ends() {
    let merged = |object| {
        lapse_reason(
            object,
            ExitKind::Merged,
            "绿民批〔2018〕9号",
            Some("甲商会"),
        )
    };
    for object in ["SV-51#1", "SV-55#2", "SV-60#3", "SV-45#1"] {
        assert!(merged(object).contains("转入甲商会"), "{object}");
    }
    for object in ["", "SV-20#1", "SV-32#1"] {
        assert!(merged(object).contains("终止"), "{object}");
    }
    let gone = lapse_reason("SV-51#1", ExitKind::Deregistered, "绿民注〔2018〕3号", None);
    assert!(gone.contains("注销") && gone.contains("绿民注〔2018〕3号"));
}

#[test]
fn a_dormant_body_is_suggested_for_exit() {
    let mut answers = Answers::default();
    assert!(suggestions(&answers).is_empty());
    answers.set("SV-19", Some(json!(false)));
    answers.set("SV-16", Some(json!("absent")));
    answers.set("SV-30", Some(json!("deregister")));
    assert_eq!(suggestions(&answers).len(), 3);
    answers.set("SV-30", Some(json!("none")));
    assert_eq!(suggestions(&answers).len(), 2);
}
