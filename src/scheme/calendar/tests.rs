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

#[test]
fn the_calendar_covers_every_year_that_a_date_reaches() {
    let campaign = campaign();
    let on = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (day, worked) in [
        ("2018-01-01", false),
        ("2018-02-11", true),
        ("2018-04-28", true),
        ("2018-06-18", false),
        ("2018-12-30", false),
        ("2019-01-01", false),
        ("2019-01-02", true),
        ("2019-02-03", true),
        ("2019-02-08", false),
        ("2019-10-07", false),
        ("2019-10-12", true),
    ] {
        assert_eq!(is_workday(&campaign, on(day)), worked, "{day}");
    }
    // Ten working days from the last Friday of 2018 end inside the next year.
    assert_eq!(
        workdays_after(&campaign, on("2018-12-28"), 10),
        on("2019-01-14")
    );
    let days = ["2018-11-30", "2019-02-28", "2020-03-01", "2021-01-01"].map(on);
    assert_eq!(years_without(&campaign, days), [2020, 2021]);
    assert!(
        unknown(&[2020])
            .unwrap()
            .starts_with("2020年还没有录入工作日历")
    );
    assert_eq!(unknown(&[]), None);
    assert_eq!(unknown_of(&campaign), None);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let national = Scheme::load(&folder.join("src/scheme/national_2019"))
        .unwrap()
        .campaign;
    assert_eq!(unknown_of(&national), None);
    // It has New Year's Day of 2021, and no calendar of that year.
    let days = ["2020-12-31", "2021-01-14"].map(on);
    assert_eq!(years_without(&national, days), [2021]);
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
