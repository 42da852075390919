//! TC-51: every parameter that the rules on posts go by, and whom changing it concerns.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::scheme::Scheme;
use crate::scheme::parameters::{Kind, OF_POSTS, TABLE, Values};

/// The rules that say something else of one person under other limits, before and after.
fn differing(
    holder: &Holder,
    others: &[Holder],
    new: Limits,
    on: &str,
) -> Option<(Vec<&'static str>, Vec<&'static str>)> {
    let people = std::slice::from_ref(holder);
    let day = (&limits(), &new, day(on));
    let mut found = differences(people, others, day, &BTreeMap::new());
    let rules = |found: &[Finding]| found.iter().map(|each| each.rule).collect();
    let first = found.pop()?;
    Some((rules(&first.before), rules(&first.after)))
}

#[test]
fn tc_51_the_parameters_of_posts_are_those_that_the_limits_are_made_of() {
    let campaign = Scheme::lvyuan_2018().unwrap().campaign;
    let before = Limits::of(&campaign.parameters);
    for parameter in TABLE {
        let other = match parameter.kind {
            Kind::Day => json!("2017-01-01"),
            Kind::Whole | Kind::Ratio(_) | Kind::RatioPart => json!(7),
            Kind::YesNo => {
                json!(campaign.values().get(parameter.name) == Some(&Value::Bool(false)))
            }
            Kind::Choice(_) => json!("exceeded"),
            Kind::Days | Kind::Years => json!([1999]),
        };
        let changes: Values = [(parameter.name.to_owned(), other)].into();
        let after = Limits::of(&campaign.under(&changes).parameters);
        let moves = before != after;
        assert_eq!(
            moves,
            OF_POSTS.contains(&parameter.name),
            "{}",
            parameter.name
        );
    }
}

#[test]
fn tc_51_another_age_limit_presses_the_unfiled_and_reminds_of_the_filed() {
    let new = Limits {
        age_limit: 65,
        ..limits()
    };
    let person = cadre("2013-06-30", "1952-05-05");
    assert_eq!(
        differing(&person, &[], new, "2018-12-01"),
        Some((vec![], vec!["PE-4"]))
    );
    let kept = filed(person, "2018-10-17");
    let people = std::slice::from_ref(&kept);
    let found = differences(
        people,
        &[],
        (&limits(), &new, day("2018-12-01")),
        &BTreeMap::new(),
    );
    let after = &found.first().unwrap().after;
    assert_eq!(rule(after, "PE-4"), Some(Severity::Warn));
    assert!(
        after
            .first()
            .unwrap()
            .reason
            .contains("仍然有效至2022-05-05")
    );
    // Past both limits: put right either way. Before both: nothing to say.
    for birth in ["1940-05-05", "1960-05-05"] {
        let person = cadre("2013-06-30", birth);
        assert_eq!(differing(&person, &[], new, "2018-12-01"), None, "{birth}");
    }
}

#[test]
fn tc_51_the_mode_of_the_age_limit_moves_it_by_a_year() {
    let new = Limits {
        age_limit_mode: AgeLimitMode::Exceeded,
        ..limits()
    };
    let person = cadre("2013-06-30", "1948-11-22");
    let birthday = "2018-11-22";
    assert_eq!(
        differing(&person, &[], new, birthday),
        Some((vec!["PE-4"], vec!["PE-4"]))
    );
    for (mode, expected) in [
        (AgeLimitMode::Reached, "2018-11-22"),
        (AgeLimitMode::Exceeded, "2019-11-22"),
    ] {
        assert_eq!(days::limit_day(day("1948-11-22"), 70, mode), day(expected));
    }
}

#[test]
fn tc_51_other_months_without_a_post_move_people_between_approval_and_filing() {
    let longer = Limits {
        cooling_months: 60,
        ..limits()
    };
    let person = cadre("2014-11-30", "1955-09-03");
    let (before, after) = differing(&person, &[], longer, "2018-12-01").unwrap();
    assert_eq!((before, after), (vec!["PE-3"], vec!["PE-2"]));
    // A filing keeps the months of its own date: to know, not to put right.
    let kept = filed(person, "2018-10-17");
    let people = std::slice::from_ref(&kept);
    let on = day("2018-12-01");
    let found = differences(people, &[], (&limits(), &longer, on), &BTreeMap::new());
    let after = &found.first().unwrap().after;
    assert_eq!(rule(after, "PE-2"), Some(Severity::Warn), "{after:?}");
    assert_eq!(kept.standing(on, &longer), Standing::Filed);
    // Full under both.
    let long_ago = cadre("2010-11-30", "1955-09-03");
    assert_eq!(differing(&long_ago, &[], longer, "2018-12-01"), None);
}

#[test]
fn tc_51_other_numbers_of_posts_and_terms_are_found() {
    let two_posts = Limits {
        max_posts: 2,
        ..limits()
    };
    let mut person = filed(cadre("2012-07-31", "1955-06-12"), "2018-10-17");
    person.other_posts = 1;
    assert_eq!(
        differing(&person, &[], two_posts, "2018-12-01"),
        Some((vec!["PE-5"], vec![]))
    );
    // The other post may be on another register.
    person.other_posts = 0;
    let there = Holder {
        association: AssociationId(2),
        id: 2,
        ..person.clone()
    };
    assert_eq!(
        differing(&person, &[there], two_posts, "2018-12-01"),
        Some((vec!["PE-5"], vec![]))
    );
    person.other_posts = 2;
    assert_eq!(differing(&person, &[], two_posts, "2018-12-01"), None);
    person.other_posts = 0;
    person.terms_served = Some(3);
    let three_terms = Limits {
        max_terms: 3,
        ..limits()
    };
    assert_eq!(
        differing(&person, &[], three_terms, "2018-12-01"),
        Some((vec!["PE-6"], vec![]))
    );
}

#[test]
fn tc_51_longer_terms_and_the_districts_own_rules_concern_officers() {
    let officer = Holder {
        is_officer: true,
        post_start: Some(day("2013-06-01")),
        ..holder("member")
    };
    let longer = Limits {
        term_max_years: 6,
        ..limits()
    };
    let (before, after) = differing(&officer, &[], longer, "2018-12-01").unwrap();
    assert_eq!((before, after), (vec!["PE-12"], vec!["PE-12"]));
    let adopted = Limits {
        adopted: true,
        ..limits()
    };
    let people = std::slice::from_ref(&officer);
    let on = day("2018-12-01");
    let found = differences(people, &[], (&limits(), &adopted, on), &BTreeMap::new());
    let first = found.first().unwrap();
    assert_eq!(rule(&first.before, "PE-12"), Some(Severity::Warn));
    assert_eq!(rule(&first.after, "PE-12"), Some(Severity::Must));
    let staff = Holder {
        is_officer: false,
        ..officer
    };
    assert_eq!(differing(&staff, &[], adopted, "2018-12-01"), None);
}

#[test]
fn tc_51_another_end_or_beginning_of_the_campaign_is_found() {
    let serving = Holder {
        resign_by: Some(day("2018-12-20")),
        ..holder("incumbent")
    };
    let later = Limits {
        implement_due: day("2018-12-31"),
        ..limits()
    };
    assert_eq!(
        differing(&serving, &[], later, "2018-12-01"),
        Some((vec!["PE-16"], vec!["PE-16"]))
    );
    let arranged = Holder {
        recommended: true,
        post_start: Some(day("2018-08-20")),
        ..holder("member")
    };
    let later = Limits {
        issue_date: day("2018-09-01"),
        ..limits()
    };
    assert_eq!(
        differing(&arranged, &[], later, "2018-12-01"),
        Some((vec!["PE-15"], vec![]))
    );
}

#[test]
fn who_lacks_a_date_cannot_be_compared() {
    let blank = holder("retired_cadre");
    for (parameter, expected) in [
        ("age_limit", true),
        ("age_limit_mode", true),
        ("cooling_months", true),
        ("max_posts", false),
        ("implement_due", false),
    ] {
        assert_eq!(lacks(&blank, parameter), expected, "{parameter}");
    }
    assert!(!lacks(&holder("member"), "age_limit"));
}
