use chrono::NaiveDate;
use proptest::prelude::*;

mod affected;
mod officers;
mod pressing;

use super::closing::may_close;
use super::deeds::{Approval, Deed, Refusal, after};
use super::*;
use crate::ids::AssociationId;
use crate::scheme::persons::PersonCategory;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn limits() -> Limits {
    Limits {
        cooling_months: 36,
        age_limit: 70,
        age_limit_mode: AgeLimitMode::Reached,
        max_posts: 1,
        max_terms: 2,
        term_max_years: 5,
        implement_due: day("2018-11-30"),
        issue_date: day("2018-08-09"),
        adopted: false,
    }
}

fn holder(identity: &str) -> Holder {
    Holder::sample(identity)
}

fn cadre(retired: &str, birth: &str) -> Holder {
    Holder {
        retired_on: Some(day(retired)),
        birth: Some(day(birth)),
        ..holder("retired_cadre")
    }
}

fn found(holder: &Holder, others: &[Holder], today: &str) -> Vec<Finding> {
    findings(
        holder,
        Context {
            today: day(today),
            limits: &limits(),
            peers: std::slice::from_ref(holder),
            others,
            cleared_on: None,
        },
    )
}

fn rule(found: &[Finding], rule: &str) -> Option<Severity> {
    found
        .iter()
        .find(|each| each.rule == rule)
        .map(|each| each.severity)
}

fn filed(mut holder: Holder, on: &str) -> Holder {
    let approval = Approval {
        kind: "filed".to_owned(),
        authority: "组织部".to_owned(),
        number: "绿组干备〔2018〕17号".to_owned(),
        date: day(on),
        until: None,
        opinion: String::new(),
    };
    holder = after(&holder, &Deed::Decide(approval), &limits(), day(on)).unwrap();
    holder
}

#[test]
fn tc_21_exactly_three_years_is_full() {
    let person = cadre("2015-11-22", "1955-09-03");
    let category = |on: &str| person.category(day(on), &limits());
    assert_eq!(category("2018-11-21"), PersonCategory::RetiredUnderThree);
    assert_eq!(category("2018-11-22"), PersonCategory::RetiredOverThree);
    assert_eq!(
        rule(&found(&person, &[], "2018-11-22"), "PE-3"),
        Some(Severity::Must)
    );
    assert_eq!(rule(&found(&person, &[], "2018-11-22"), "PE-2"), None);
}

#[test]
fn tc_22_the_end_of_february_is_clamped() {
    assert_eq!(days::add_months(day("2016-02-29"), 36), day("2019-02-28"));
    let person = cadre("2016-02-29", "1955-09-03");
    assert_eq!(
        person.category(day("2019-02-27"), &limits()),
        PersonCategory::RetiredUnderThree
    );
    assert_eq!(
        person.category(day("2019-02-28"), &limits()),
        PersonCategory::RetiredOverThree
    );
}

#[test]
fn tc_23_a_filing_does_not_last_beyond_the_birthday() {
    let person = filed(cadre("2013-06-30", "1949-02-11"), "2018-10-17");
    let at = |today: &str| rule(&found(&person, &[], today), "PE-4");
    assert_eq!(at("2018-02-10"), None);
    assert_eq!(at("2018-02-11"), Some(Severity::Warn));
    assert_eq!(at("2019-02-10"), Some(Severity::Warn));
    assert_eq!(at("2019-02-11"), Some(Severity::Must));
    assert_eq!(
        person.standing(day("2018-11-22"), &limits()),
        Standing::Filed
    );
}

#[test]
fn tc_24_one_person_in_two_associations() {
    let here = Holder {
        id_tail: Some("0417".to_owned()),
        ..cadre("2012-07-31", "1950-06-12")
    };
    let there = Holder {
        association: AssociationId(2),
        id: 2,
        id_tail: None,
        ..here.clone()
    };
    let found_here = found(&here, std::slice::from_ref(&there), "2018-11-22");
    assert_eq!(rule(&found_here, "PE-5"), Some(Severity::Must));
    let words = found_here.iter().find(|each| each.rule == "PE-5").unwrap();
    assert!(
        words.reason.contains("另一社会组织任职"),
        "{}",
        words.reason
    );
    // A name alone, or another tail, is somebody else; so is one who resigned.
    let stranger = Holder {
        birth: None,
        ..there.clone()
    };
    let other = Holder {
        id_tail: Some("9999".to_owned()),
        ..there.clone()
    };
    let gone = Holder {
        resigned_on: Some(day("2018-10-01")),
        ..there
    };
    for nobody in [stranger, other, gone] {
        assert_eq!(rule(&found(&here, &[nobody], "2018-11-22"), "PE-5"), None);
    }
}

#[test]
fn tc_25_who_gives_no_answer_keeps_the_item_open() {
    let person = Holder {
        kind: "full".to_owned(),
        survey_key: Some("2".to_owned()),
        ..holder("serving")
    };
    let why = may_close(
        ("T4-06", "SV-60#2"),
        std::slice::from_ref(&person),
        day("2018-08-09"),
    )
    .unwrap_err();
    assert!(why.contains("尚未选择去留"), "{why}");
}

#[test]
fn tc_26_a_choice_counts_when_it_is_carried_out() {
    let person = Holder {
        kind: "full".to_owned(),
        survey_key: Some("2".to_owned()),
        ..holder("serving")
    };
    let closes = |holder: &Holder| {
        may_close(
            ("T4-06", "SV-60#2"),
            std::slice::from_ref(holder),
            day("2018-08-09"),
        )
    };
    let today = day("2018-11-22");
    let choose = Deed::Choose {
        stay: true,
        on: day("2018-11-09"),
    };
    let stays = after(&person, &choose, &limits(), today).unwrap();
    assert!(closes(&stays).is_err());
    assert_eq!(
        rule(&found(&stays, &[], "2018-11-22"), "PE-14"),
        Some(Severity::Must)
    );
    let half = Deed::Stay {
        ended: None,
        contract: Some(day("2018-11-12")),
    };
    let half = after(&stays, &half, &limits(), today).unwrap();
    assert!(closes(&half).is_err());
    let whole = Deed::Stay {
        ended: Some(day("2018-11-20")),
        contract: Some(day("2018-11-12")),
    };
    let whole = after(&half, &whole, &limits(), today).unwrap();
    assert_eq!(closes(&whole), Ok(()));
    assert_eq!(whole.standing(today, &limits()), Standing::Stayed);
    let place = Deed::Place {
        on: today,
        document: "文".to_owned(),
    };
    assert_eq!(
        after(&stays, &place, &limits(), today),
        Err(Refusal::OtherChoice)
    );
}

#[test]
fn tc_27_an_honorary_post_of_an_unretired_leader_is_a_post() {
    let person = holder("off_post");
    assert_eq!(
        person.category(day("2018-11-22"), &limits()),
        PersonCategory::OffPost
    );
    let found = found(&person, &[], "2018-11-22");
    assert_eq!(rule(&found, "PE-1"), Some(Severity::Must));
    assert_eq!(rule(&found, "PE-16"), Some(Severity::Must));
    assert!(
        found
            .iter()
            .any(|each| each.reason.contains("名誉职务、顾问同样"))
    );
    assert!(may_close(("T4-03", ""), &[person], day("2018-08-09")).is_err());
}

#[test]
fn tc_28_who_comes_after_the_clean_up_is_said_so() {
    let person = Holder {
        added_on: day("2018-12-05"),
        ..holder("incumbent")
    };
    let context = Context {
        today: day("2018-12-05"),
        limits: &limits(),
        peers: &[],
        others: &[],
        cleared_on: Some(day("2018-11-10")),
    };
    assert_eq!(
        rule(&findings(&person, context), "PE-18"),
        Some(Severity::Must)
    );
}

#[test]
fn tc_51_an_approval_keeps_the_limit_of_its_date() {
    let person = filed(cadre("2013-06-30", "1952-05-05"), "2018-10-17");
    let later = Limits {
        age_limit: 65,
        ..limits()
    };
    let context = Context {
        today: day("2018-12-03"),
        limits: &later,
        peers: &[],
        others: &[],
        cleared_on: None,
    };
    assert_eq!(
        rule(&findings(&person, context), "PE-4"),
        Some(Severity::Warn)
    );
    let fresh = cadre("2013-06-30", "1952-05-05");
    assert_eq!(
        rule(&findings(&fresh, context), "PE-4"),
        Some(Severity::Must)
    );
}

#[test]
fn the_arithmetic_is_said() {
    let person = cadre("2016-03-15", "1956-01-01");
    let found = found(&person, &[], "2018-11-22");
    let two = found.iter().find(|each| each.rule == "PE-2").unwrap();
    assert!(
        two.reason
            .starts_with("2016-03-15退休，满三年之日为2019-03-15，尚差113天"),
        "{}",
        two.reason
    );
    assert_eq!(two.next.map(|(on, _)| on), Some(day("2019-03-15")));
}

#[test]
fn unknown_retirement_must_be_settled_and_filing_within_three_years_is_refused() {
    let person = holder("retired_cadre");
    assert_eq!(
        rule(&found(&person, &[], "2018-11-22"), "PE-20"),
        Some(Severity::Must)
    );
    let young = cadre("2016-03-15", "1956-01-01");
    let filing = Approval {
        kind: "filed".to_owned(),
        authority: String::new(),
        number: "1".to_owned(),
        date: day("2018-11-01"),
        until: None,
        opinion: String::new(),
    };
    let refused = after(&young, &Deed::Decide(filing), &limits(), day("2018-11-22"));
    assert_eq!(refused, Err(Refusal::FilingTooEarly(day("2019-03-15"))));
}

#[test]
fn a_resignation_date_must_lie_within_the_time() {
    let mut person = holder("incumbent");
    person.resign_by = Some(day("2018-12-31"));
    assert_eq!(
        rule(&found(&person, &[], "2018-11-22"), "PE-16"),
        Some(Severity::Must)
    );
    person.resign_by = Some(day("2018-11-30"));
    assert_eq!(
        rule(&found(&person, &[], "2018-11-22"), "PE-16"),
        Some(Severity::Info)
    );
}

proptest! {
    #[test]
    fn months_never_leap_over_a_month(days_from in 0_i64..30_000, months in 0_u32..600) {
        use chrono::Datelike;
        let start = day("1930-01-01") + chrono::Duration::days(days_from);
        let end = days::add_months(start, months);
        let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        prop_assert_eq!(count(end) - count(start), i64::from(months));
        prop_assert!(end.day() <= start.day());
    }

    #[test]
    fn age_and_limit_agree(days_from in 0_i64..15_000, on in 0_i64..15_000) {
        let birth = day("1935-01-01") + chrono::Duration::days(days_from);
        let today = day("2000-01-01") + chrono::Duration::days(on);
        let reached = days::limit_day(birth, 70, AgeLimitMode::Reached) <= today;
        prop_assert_eq!(reached, days::age(birth, today) >= 70);
    }

    #[test]
    fn category_changes_once_and_on_the_day(days_from in 0_i64..3_000, on in 0_i64..3_000) {
        let retired = day("2012-01-01") + chrono::Duration::days(days_from);
        let today = retired + chrono::Duration::days(on);
        let person = Holder { retired_on: Some(retired), ..holder("retired_cadre") };
        let over = person.category(today, &limits()) == PersonCategory::RetiredOverThree;
        prop_assert_eq!(over, today >= days::add_months(retired, 36));
    }
}
