use proptest::prelude::*;

use super::{complete, percent, share};

#[test]
fn tc_30_a_track_without_items() {
    assert_eq!(percent(0, 0), "无需办理");
    assert!(complete(0, 0));
    assert_eq!(share(0, 0), 0);
}

#[test]
fn tc_31_full_and_empty_are_earned() {
    for (resolved, applicable, text) in [
        (2_999, 3_000, "99.9%"),
        (3_000, 3_000, "100.0%"),
        (1, 3_000, "0.1%"),
        (0, 3_000, "0.0%"),
        (21, 38, "55.3%"),
        (1, 2_000, "0.1%"),
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),
        (3, 22, "13.6%"),
        (2_994, 3_000, "99.8%"),
    ] {
        assert_eq!(
            percent(resolved, applicable),
            text,
            "{resolved}/{applicable}"
        );
    }
}

proptest! {
    #[test]
    fn extremes_only_when_true((applicable, resolved) in (1_i64..i64::MAX).prop_flat_map(|all| (Just(all), 0..=all))) {
        let text = percent(resolved, applicable);
        prop_assert_eq!(text == "100.0%", resolved == applicable);
        prop_assert_eq!(text == "0.0%", resolved == 0);
        prop_assert!((0..=100).contains(&share(resolved, applicable)));
        prop_assert_eq!(share(resolved, applicable) == 100, resolved == applicable);
    }

    #[test]
    fn half_up_between(applicable in 1_i64..100_000, resolved in 0_i64..100_000) {
        prop_assume!(resolved < applicable && resolved > 0);
        let text = percent(resolved, applicable);
        let tenths: i64 = text.replace(['.', '%'], "").parse().unwrap_or(-1);
        // Within half a tenth, except where the cap or the floor moved it.
        let twice_off = (tenths * applicable - resolved * 1_000) * 2;
        prop_assert!((twice_off <= applicable && twice_off > -applicable) || tenths == 1 || tenths == 999);
    }

    #[test]
    fn more_done_is_never_less(applicable in 1_i64..100_000, resolved in 0_i64..100_000) {
        prop_assume!(resolved < applicable);
        prop_assert!(share(resolved, applicable) <= share(resolved + 1, applicable));
    }
}
