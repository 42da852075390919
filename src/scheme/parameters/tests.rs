use serde_json::json;

use super::*;
use crate::scheme::Scheme;

fn changes(pairs: &[(&str, Value)]) -> Values {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

#[test]
fn every_parameter_of_the_file_is_in_the_table_and_the_other_way_round() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let values = scheme.campaign.values();
    let table: Vec<&str> = TABLE.iter().chain(CALENDAR).map(|each| each.name).collect();
    assert_eq!(values.len(), table.len());
    for name in table {
        assert!(values.contains_key(name), "{name}");
    }
}

#[test]
fn changes_reach_parameters_calendar_and_checks_and_go_away_again() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let changed = scheme.under(&changes(&[
        ("age_limit", json!(65)),
        ("survey_due", json!("2018-09-20")),
        ("days_off", json!(["2018-12-31"])),
    ]));
    assert_eq!(changed.campaign.parameters.age_limit, 65);
    assert_eq!(changed.campaign.days_off.len(), 1);
    assert_eq!(
        changed
            .campaign
            .parameters
            .date("survey_due")
            .unwrap()
            .to_string(),
        "2018-09-20"
    );
    // From the changed scheme back to the file's values: nothing sticks.
    assert_eq!(
        changed.under(&Values::new()).campaign.parameters.age_limit,
        70
    );
}

#[test]
fn a_change_that_cannot_be_read_counts_as_none() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let changed = scheme.under(&changes(&[
        ("age_limit", json!("old")),
        ("warn_days", json!(10)),
        ("no_longer_known", json!(1)),
    ]));
    assert_eq!(changed.campaign.parameters.age_limit, 70);
    assert_eq!(changed.campaign.parameters.warn_days, 10);
}

#[test]
fn contradictions_are_told() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    assert_eq!(scheme.campaign.parameters.contradiction(), None);
    for (name, value) in [
        ("phase1_end", json!("2018-08-01")),
        ("list_ratio_num", json!(3)),
        ("list_ratio_num", json!(0)),
        ("age_limit", json!(7)),
        ("max_posts", json!(0)),
    ] {
        let changed = scheme.under(&changes(&[(name, value)]));
        assert!(
            changed.campaign.parameters.contradiction().is_some(),
            "{name}"
        );
    }
}

#[test]
fn values_are_shown_in_words() {
    let values = Scheme::lvyuan_2018().unwrap().campaign.values();
    let shown = |name: &str| named(name).unwrap().show(&values);
    assert_eq!(shown("age_limit"), "70周岁");
    assert_eq!(shown("list_ratio_num"), "1/2");
    assert_eq!(shown("age_limit_mode"), "达到该年龄起");
    assert_eq!(shown("allow_self_signature"), "否");
    let worked = shown("days_worked");
    assert!(
        worked.contains("2018-09-29、2018-09-30、2018-12-29"),
        "{worked}"
    );
}
