use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::scheme::Scheme;

fn campaign() -> Campaign {
    Scheme::lvyuan_2018().unwrap().campaign
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

#[test]
fn tc_43_a_worked_sunday_counts_and_the_holiday_week_does_not() {
    let campaign = campaign();
    for (on, worked) in [
        (day(9, 28), true),
        (day(9, 29), true),
        (day(9, 30), true),
        (day(10, 1), false),
        (day(10, 3), false),
        (day(10, 5), false),
        (day(10, 6), false),
        (day(10, 8), true),
        (day(9, 24), false),
        (day(12, 29), true),
        (day(12, 31), false),
    ] {
        assert_eq!(is_workday(&campaign, on), worked, "{on}");
    }
    assert_eq!(workdays_after(&campaign, day(9, 28), 5), day(10, 10));
    assert_eq!(workdays(&campaign, day(9, 28), day(10, 10)), 5);
    assert_eq!(workdays(&campaign, day(9, 30), day(10, 7)), 0);
}

#[test]
fn no_days_end_on_the_day_itself() {
    assert_eq!(workdays_after(&campaign(), day(10, 3), 0), day(10, 3));
}

proptest! {
    #[test]
    fn counting_undoes_adding(offset in 0_i64..400, days in 1_i64..60) {
        let campaign = campaign();
        let from = day(1, 1) + TimeDelta::days(offset);
        let until = workdays_after(&campaign, from, days);
        prop_assert!(is_workday(&campaign, until));
        prop_assert_eq!(workdays(&campaign, from, until), days);
        // The day before has one less: it is the first day that keeps them.
        prop_assert_eq!(workdays(&campaign, from, until - TimeDelta::days(1)), days - 1);
    }

    #[test]
    fn spans_add_up(offset in 0_i64..300, one in 0_i64..60, two in 0_i64..60) {
        let campaign = campaign();
        let from = day(1, 1) + TimeDelta::days(offset);
        let (middle, to) = (from + TimeDelta::days(one), from + TimeDelta::days(one + two));
        prop_assert_eq!(
            workdays(&campaign, from, to),
            workdays(&campaign, from, middle) + workdays(&campaign, middle, to)
        );
    }
}
