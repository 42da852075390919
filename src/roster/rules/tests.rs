use proptest::prelude::*;

use super::*;
use crate::access::Case as _;
use crate::roster::store::Recommendation;

const HALF: (i64, i64) = (1, 2);

/// Candidates from (appropriation, chosen).
fn unit(given: &[(bool, bool)]) -> Vec<Candidate> {
    given
        .iter()
        .zip(1..)
        .map(|((appropriation, chosen), id)| Candidate {
            id: AssociationId(id),
            name: format!("协会{id}"),
            appropriation: Some(*appropriation),
            chosen: *chosen,
            reason: String::new(),
        })
        .collect()
}

#[test]
fn tc_01_a_units_only_association_is_mandatory() {
    let alone = unit(&[(false, false)]);
    assert_eq!(arithmetic(&alone, HALF).required, 1);
    assert!(matches!(
        may_submit(&alone, HALF, false),
        Err(Refusal::MandatoryMissing(_))
    ));
    // Not even an excuse lets it off.
    assert!(may_submit(&alone, HALF, true).is_err());
    assert_eq!(may_submit(&unit(&[(false, true)]), HALF, false), Ok(()));
}

#[test]
fn tc_02_one_of_three_is_less_than_one_half() {
    let three = unit(&[(false, true), (false, false), (false, false)]);
    assert_eq!(may_submit(&three, HALF, false), Err(Refusal::TooFew(1, 2)));
}

#[test]
fn tc_03_all_with_appropriation_must_be_on_the_list_beyond_one_half() {
    let four = unit(&[(true, true), (true, true), (true, false), (false, false)]);
    assert_eq!(
        arithmetic(&four, HALF),
        Arithmetic {
            base: 4,
            required: 2,
            mandatory: 3,
            chosen: 2,
            shortfall: 0,
            free: 0
        }
    );
    assert_eq!(
        may_submit(&four, HALF, false),
        Err(Refusal::MandatoryMissing(vec!["协会3".to_owned()]))
    );
}

#[test]
fn tc_70_a_unit_without_associations_has_no_task() {
    assert_eq!(
        arithmetic(&[], HALF),
        Arithmetic {
            base: 0,
            required: 0,
            mandatory: 0,
            chosen: 0,
            shortfall: 0,
            free: 0
        }
    );
}

#[test]
fn the_worked_example_chooses_one_freely() {
    let bureau = unit(&[(true, true), (false, true), (false, false)]);
    assert_eq!(
        arithmetic(&bureau, HALF),
        Arithmetic {
            base: 3,
            required: 2,
            mandatory: 1,
            chosen: 2,
            shortfall: 0,
            free: 1
        }
    );
    assert_eq!(may_submit(&bureau, HALF, false), Ok(()));
}

proptest! {
    #[test]
    fn required_is_the_smallest_number_not_below_the_share(base in 0_i64..2_000, numerator in 1_i64..5, denominator in 1_i64..9) {
        let least = (0..=base * numerator).find(|number| number * denominator >= base * numerator).unwrap();
        prop_assert_eq!(required(base, numerator, denominator), least);
    }

    #[test]
    fn submitting_agrees_with_brute_force(given in proptest::collection::vec((any::<bool>(), any::<bool>()), 0..11), excused: bool) {
        let candidates = unit(&given);
        let base = given.len();
        let mandatory_chosen = given.iter().all(|(appropriation, chosen)| *chosen || !(*appropriation || base == 1));
        let enough = 2 * given.iter().filter(|(_, chosen)| *chosen).count() >= base;
        prop_assert_eq!(may_submit(&candidates, HALF, excused).is_ok(), mandatory_chosen && (enough || excused));
    }

    #[test]
    fn nothing_is_published_that_was_not_decided(acts in proptest::collection::vec(0..Act::ALL.len(), 1..40)) {
        let (mut state, mut decided) = (State::Draft, false);
        for act in acts.into_iter().map(|index| Act::ALL[index]) {
            let Some(to) = Recommendation::next(state, act) else { continue };
            decided |= act == Act::RosterApprove;
            prop_assert!(to != State::Published || decided);
            state = to;
        }
    }
}

#[test]
fn the_share_is_said_in_words_and_says_when_it_was_rounded() {
    assert_eq!(share_words(6, HALF), "在管6个的一半");
    assert_eq!(share_words(7, HALF), "在管7个的一半，进一");
    assert_eq!(share_words(6, (1, 1)), "在管6个，全部推荐");
    assert_eq!(share_words(6, (2, 3)), "在管6个的3分之2");
}

#[test]
fn what_is_ticked_counts_before_it_is_saved() {
    let five = unit(&[
        (true, false),
        (false, false),
        (false, false),
        (false, false),
        (false, false),
    ]);
    let saved = arithmetic(&five, HALF);
    assert_eq!((saved.required, saved.chosen, saved.shortfall), (3, 0, 3));
    let shown = saved.with_chosen(1);
    assert_eq!((shown.chosen, shown.shortfall, shown.free), (1, 2, 2));
    assert_eq!(saved.with_chosen(4).shortfall, 0);
}
