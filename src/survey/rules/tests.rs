use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::access::Case as _;
use crate::scheme::{Answers, Scheme};
use crate::survey::store::Survey;

use super::*;

fn any_act() -> impl Strategy<Value = Act> {
    (0..Act::ALL.len()).prop_map(|index| Act::ALL[index])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn random_walks_confirm_only_what_was_submitted(acts in proptest::collection::vec(any_act(), 1..40)) {
        let mut state = State::Draft;
        let mut submitted = false;
        for act in acts {
            let Some(to) = Survey::next(state, act) else { continue };
            submitted |= act == Act::SurveySubmit;
            prop_assert!(to != State::Confirmed || submitted);
            // A confirmed edition never changes again; one that was changed all the same is
            // not confirmed any more.
            let void = act == Act::SignatureVoid;
            prop_assert!(state != State::Confirmed || to == State::Confirmed || void);
            submitted &= !void;
            state = to;
        }
    }
}

#[test]
fn every_state_can_still_end() {
    for start in State::ALL {
        let mut reached = vec![start];
        while let Some(more) = STEPS
            .iter()
            .find(|(from, _, to)| reached.contains(from) && !reached.contains(to))
            .map(|(_, _, to)| *to)
        {
            reached.push(more);
        }
        assert!(reached.contains(&State::Confirmed), "{start:?}");
    }
}

#[test]
fn tc_47_members_that_do_not_add_up_are_refused() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let mut answers = Answers::default();
    for (code, number) in [("SV-10", 86), ("SV-11", 4), ("SV-12", 91)] {
        answers.set(code, Some(number.into()));
    }
    assert!(
        findings(&scheme, &answers)
            .iter()
            .any(|finding| finding.code == "E101")
    );
    answers.set("SV-12", Some(90.into()));
    assert!(
        !findings(&scheme, &answers)
            .iter()
            .any(|finding| finding.code == "E101")
    );
}

#[test]
fn an_explanation_lapses_with_the_value_it_was_about() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let sentences = BTreeMap::from([("W501".to_owned(), "正在补签劳动合同".to_owned())]);
    let mut before = Answers::default();
    before.set("SV-63", Some(1.into()));
    let mut after = before.clone();
    after.set("SV-10", Some(1.into()));
    let mut said = Explained::default();
    said.say(&scheme, &sentences, &before);
    assert_eq!(said.after(&scheme, &before, &after), said);
    assert!(said.sentence(&scheme, "W501", &after).is_some());
    // Contracts are compared with the register of people.
    after.set("SV-60", Some(serde_json::json!([])));
    assert!(said.sentence(&scheme, "W501", &after).is_none());
    let left = said.after(&scheme, &before, &after);
    assert!(left.sentences.is_empty() && left.of.is_empty());
    assert_eq!(
        left.before(&scheme, "W501", &after),
        Some("正在补签劳动合同")
    );
    // What lapsed does not come back with the value: somebody says it again.
    assert!(left.sentence(&scheme, "W501", &before).is_none());
}

#[test]
fn what_was_said_before_explanations_were_bound_is_about_what_stood_then() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let sentences = BTreeMap::from([("W101".to_owned(), "章程如此规定".to_owned())]);
    let old = Explained {
        sentences,
        ..Explained::default()
    };
    let (mut before, mut after) = (Answers::default(), Answers::default());
    before.set("SV-15-3", Some(6.into()));
    after.set("SV-15-3", Some(6.into()));
    assert!(old.sentence(&scheme, "W101", &before).is_some());
    let kept = old.after(&scheme, &before, &after);
    assert_eq!(kept.of.len(), 1, "bound from now on");
    after.set("SV-15-3", Some(7.into()));
    assert!(old.after(&scheme, &before, &after).sentences.is_empty());
}

#[test]
fn a_section_with_an_error_is_not_filled_in() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let base = scheme.section("base").unwrap();
    let mut answers: Answers =
        serde_json::from_str(include_str!("../../scheme/tests/worked_example.json")).unwrap();
    let stands = |answers: &Answers, marked| {
        let found = findings(&scheme, answers);
        filled(base, &found, (marked, true))
    };
    assert_eq!(stands(&answers, true), Filled::Done);
    assert_eq!(stands(&answers, false), Filled::Begun);
    answers.set("SV-12", Some(91.into()));
    assert_eq!(stands(&answers, true), Filled::Wrong);
    assert_eq!(stands(&answers, false), Filled::Wrong);
    // What is missing matters once it is said to be finished.
    answers.set("SV-11", None);
    assert_eq!(stands(&answers, true), Filled::Wrong);
    assert_eq!(stands(&answers, false), Filled::Begun);
    assert_eq!(filled(base, &[], (false, false)), Filled::Blank);
}

#[test]
fn rows_differ_by_what_they_say_and_are_told_cell_by_cell() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let question = scheme.question("SV-82").unwrap();
    let rows = |rows: serde_json::Value| {
        let mut answers = Answers::default();
        answers.set("SV-82", Some(rows));
        answers
    };
    let before = rows(serde_json::json!([
        { "key": "1", "matter": "档案", "handled_by": "区人社局" },
        { "key": "2", "matter": "户口", "handled_by": "区人社局" },
    ]));
    let typed_again = rows(serde_json::json!([
        { "key": "3", "matter": "档案", "handled_by": "区人社局" },
        { "key": "4", "matter": "户口", "handled_by": "区人社局" },
    ]));
    let asked = std::slice::from_ref(question);
    assert!(differing(asked, &before, &typed_again).is_empty());
    let after = rows(serde_json::json!([
        { "key": "2", "matter": "户口", "handled_by": "人才中心" },
    ]));
    assert_eq!(differing(asked, &before, &after).len(), 1);
    let told = lines(&scheme, question, [&before, &after]);
    let told: Vec<_> = told
        .iter()
        .map(|line| (line.field.as_str(), line.row))
        .collect();
    let gone = Some((1, Fate::Removed));
    assert_eq!(
        told,
        [
            ("SV-82#2.handled_by", Some((1, Fate::Changed))),
            ("SV-82#1.matter", gone),
            ("SV-82#1.handled_by", gone),
        ]
    );
}
