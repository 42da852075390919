use proptest::prelude::*;

use super::*;
use crate::scheme::Scheme;
use crate::scheme::calendar::workdays;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn campaign() -> Campaign {
    Scheme::lvyuan_2018().unwrap().campaign
}

fn still(from: &str, until: &str) -> Standstill {
    Standstill {
        from: day(from),
        until: (!until.is_empty()).then(|| day(until)),
    }
}

#[test]
fn working_days_that_it_stood_still() {
    let campaign = campaign();
    let of = |all: &[Standstill]| stood(&campaign, all, None);
    let table: &[(&[Standstill], i64)] = &[
        (&[], 0),
        // It stands still yet: nothing has moved.
        (&[still("2018-11-01", "")], 0),
        (&[still("2018-11-01", "2018-11-01")], 0),
        // Friday to Monday.
        (&[still("2018-11-02", "2018-11-05")], 1),
        // 29 and 30 September are worked, 1 to 7 October are not.
        (&[still("2018-09-28", "2018-10-10")], 5),
        // Suspended, and its leaving pending within it: each day once.
        (
            &[
                still("2018-11-01", "2018-11-15"),
                still("2018-11-05", "2018-11-09"),
            ],
            10,
        ),
        (
            &[
                still("2018-11-01", "2018-11-06"),
                still("2018-11-05", "2018-11-09"),
            ],
            6,
        ),
        // One after the other.
        (
            &[
                still("2018-11-01", "2018-11-02"),
                still("2018-11-12", "2018-11-14"),
            ],
            3,
        ),
    ];
    for (all, expected) in table {
        assert_eq!(of(all), *expected, "{all:?}");
    }
    let one = [still("2018-11-01", "2018-11-15")];
    // A step written on the 8th has not lost what was before.
    assert_eq!(stood(&campaign, &one, Some(day("2018-11-08"))), 5);
    assert_eq!(stood(&campaign, &one, Some(day("2018-11-15"))), 0);
}

#[test]
fn dates_move_at_most_to_the_batchs_final_day() {
    let campaign = campaign();
    for (from, days, to) in [
        ("2018-11-20", 0, "2018-11-20"),
        ("2018-11-20", 3, "2018-11-23"),
        ("2018-11-20", 9, "2018-12-03"),
        ("2018-11-20", 60, "2018-12-31"),
        ("2018-12-31", 5, "2018-12-31"),
        // What lies after the final day stays.
        ("2019-06-30", 5, "2019-06-30"),
    ] {
        assert_eq!(moved(&campaign, day(from), days), day(to), "{from} {days}");
    }
}

fn standstills() -> impl Strategy<Value = Vec<Standstill>> {
    let one = (0_u64..90, proptest::option::of(0_u64..40)).prop_map(|(from, length)| {
        let from = day("2018-09-28") + chrono::Days::new(from);
        Standstill {
            from,
            until: length.map(|length| from + chrono::Days::new(length)),
        }
    });
    proptest::collection::vec(one, 0..6)
}

proptest! {
    #[test]
    fn no_day_is_counted_twice_and_none_is_lost(all in standstills(), more in standstills()) {
        let campaign = campaign();
        let total = stood(&campaign, &all, None);
        let of_one = |each: &Standstill| each.until.map_or(0, |until| workdays(&campaign, each.from, until));
        let apart: i64 = all.iter().map(of_one).sum();
        let longest = all.iter().map(of_one).max().unwrap_or(0);
        prop_assert!(longest <= total && total <= apart);
        let both: Vec<Standstill> = all.iter().chain(&more).copied().collect();
        prop_assert!(stood(&campaign, &both, None) >= total, "more standstill moves no date back");
        // The order in which they are told does not matter.
        let reversed: Vec<Standstill> = both.iter().rev().copied().collect();
        prop_assert_eq!(stood(&campaign, &both, None), stood(&campaign, &reversed, None));
    }

    #[test]
    fn moving_twice_is_moving_by_both(start in 0_u64..200, first in 0_i64..40, second in 0_i64..40) {
        let campaign = campaign();
        let from = day("2018-08-01") + chrono::Days::new(start);
        let once = moved(&campaign, from, first + second);
        let twice = moved(&campaign, moved(&campaign, from, first), second);
        prop_assert_eq!(once, twice);
        prop_assert!(once >= from, "no date is brought forward");
        prop_assert!(once <= campaign.parameters.registration_due.max(from));
        prop_assert!(moved(&campaign, from, first) <= once);
    }
}
