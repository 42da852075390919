use proptest::prelude::*;

use crate::access::Case as _;
use crate::scheme::Scheme;
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
    let explained = BTreeMap::from([("W101".to_owned(), "章程如此规定".to_owned())]);
    let (mut before, mut after) = (Answers::default(), Answers::default());
    before.set("SV-15-3", Some(6.into()));
    after.set("SV-15-3", Some(6.into()));
    after.set("SV-10", Some(1.into()));
    assert_eq!(
        still_explained(&scheme, &explained, &before, &after).len(),
        1
    );
    after.set("SV-15-3", Some(7.into()));
    assert!(still_explained(&scheme, &explained, &before, &after).is_empty());
}
