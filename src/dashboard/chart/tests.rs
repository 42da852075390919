use chrono::NaiveDate;
use proptest::prelude::*;

use super::{LEFT, WIDTH, height, line, place, weeks};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

#[test]
fn the_ends_of_the_axis_are_the_ends_of_the_drawing() {
    let axis = (day(8, 9), day(11, 30));
    assert_eq!(place(day(8, 9), axis), LEFT);
    assert_eq!(place(day(11, 30), axis), LEFT + WIDTH);
    assert_eq!(place(day(1, 1), axis), LEFT);
}

#[test]
fn weeks_end_on_sunday_and_the_last_one_today() {
    let days = [(day(10, 29), 3), (day(11, 4), 2), (day(11, 5), 5)];
    let weeks = weeks(&days, 20, day(11, 7));
    let told: Vec<_> = weeks
        .iter()
        .map(|week| (week.until, week.new, week.total))
        .collect();
    assert_eq!(told, [(day(11, 4), 5, 5), (day(11, 7), 5, 10)]);
    assert_eq!(line(&weeks), "90,140 870,100");
}

#[test]
fn words_of_a_long_campaign_do_not_run_into_each_other() {
    let first = NaiveDate::from_ymd_opt(2020, 2, 28).unwrap();
    let today = NaiveDate::from_ymd_opt(2020, 11, 13).unwrap();
    let long = weeks(&[(first, 1)], 20, today);
    let places: Vec<i64> = long
        .iter()
        .filter(|week| week.labelled)
        .map(|week| week.x)
        .collect();
    assert!(long.len() > 30 && places.len() > 5, "{places:?}");
    assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 80));
    assert!(long.last().unwrap().labelled);
}

#[test]
fn a_campaign_without_items_has_no_trend() {
    assert!(weeks(&[], 0, day(11, 7)).is_empty());
    assert_eq!(height(0, 0), 180);
}

proptest! {
    #[test]
    fn nothing_is_lost_between_days_and_weeks(counts in proptest::collection::vec((0_i64..90, 0_i64..9), 1..40)) {
        let days: Vec<_> = counts.iter().map(|(after, count)| (day(8, 20) + chrono::TimeDelta::days(*after), *count)).collect();
        let all: i64 = counts.iter().map(|(_, count)| count).sum();
        let weeks = weeks(&days, all, day(11, 22));
        prop_assert_eq!(weeks.last().unwrap().total, all);
        prop_assert!(weeks.windows(2).all(|pair| pair[0].until < pair[1].until));
    }
}
