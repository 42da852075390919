//! What is next to be done rests on the same rules as what is found.

use super::*;

/// The rules of which a pressing finding means that somebody must do something now.
const TO_DO: [&str; 7] = ["PE-1", "PE-2", "PE-3", "PE-14", "PE-15", "PE-16", "PE-20"];

fn days_of_2018() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of((0_u64..330).prop_map(|days| day("2018-01-10") + chrono::Days::new(days)))
}

prop_compose! {
    fn anybody()(
        identity in proptest::sample::select(vec![
            "incumbent", "off_post", "serving", "retired_cadre", "retired_servant", "institution",
            "diverted", "hired", "member",
        ]),
        kind in proptest::sample::select(vec!["full", "concurrent"]),
        choice in proptest::sample::select(vec![None, Some("stay"), Some("leave")]),
        paper in proptest::sample::select(vec![None, Some("approved"), Some("filed"), Some("refused")]),
        (recommended, document, resigned) in any::<(bool, bool, bool)>(),
        retired_on in proptest::option::of((0_u64..2000).prop_map(|days| day("2013-01-10") + chrono::Days::new(days))),
        days in (days_of_2018(), days_of_2018(), days_of_2018(), days_of_2018(), days_of_2018(), days_of_2018()),
    ) -> Holder {
        let (post_start, ended, contract, placed, until, resign_by) = days;
        Holder {
            kind: kind.to_owned(),
            choice: choice.map(str::to_owned),
            approval_kind: paper.map(str::to_owned),
            approval_date: paper.map(|_| day("2018-10-17")),
            approval_until: until,
            recommended,
            retired_on,
            post_start,
            civil_status_ended_on: ended,
            contract_on: contract,
            placed_on: placed,
            placement_document: document.then(|| "文1号".to_owned()),
            resigned_on: resigned.then(|| day("2018-10-20")),
            resign_by,
            ..holder(identity)
        }
    }
}

proptest! {
    /// Something is to be done exactly where a rule is pressing, and SQL leaves nobody out.
    #[test]
    fn something_is_to_be_done_where_a_rule_presses(person in anybody()) {
        let today = "2018-11-22";
        let pressing = found(&person, &[], today)
            .iter()
            .any(|each| each.severity == Severity::Must && TO_DO.contains(&each.rule));
        let next = steps(&person, &limits(), day(today));
        prop_assert_eq!(!next.is_empty(), pressing, "{:?} {:?}", next, person);
        let read = SETTLED.contains(&person.identity.as_str()) || person.recommended;
        prop_assert!(next.is_empty() || read);
    }
}

#[test]
fn tc_26_each_step_of_a_choice_follows_the_one_before() {
    let on = day("2018-11-22");
    let next = |person: &Holder| steps(person, &limits(), on);
    let mut person = Holder {
        kind: "full".to_owned(),
        ..holder("serving")
    };
    assert_eq!(next(&person), vec![Step::Choose]);
    person = after(&person, &Deed::Choose { stay: true, on }, &limits(), on).unwrap();
    assert_eq!(next(&person), vec![Step::Stay]);
    let half = Deed::Stay {
        ended: Some(on),
        contract: None,
    };
    person = after(&person, &half, &limits(), on).unwrap();
    assert_eq!(next(&person), vec![Step::Stay]);
    let whole = Deed::Stay {
        ended: Some(on),
        contract: Some(on),
    };
    person = after(&person, &whole, &limits(), on).unwrap();
    assert_eq!(next(&person), vec![]);
}

#[test]
fn what_was_asked_waits_until_it_is_decided_and_may_be_asked_again() {
    let on = day("2018-11-22");
    let mut person = cadre("2013-06-30", "1955-02-11");
    assert_eq!(steps(&person, &limits(), on), vec![Step::Ask]);
    person = after(&person, &Deed::Ask, &limits(), on).unwrap();
    assert_eq!(steps(&person, &limits(), on), vec![Step::Decide(on)]);
    person = filed(person, "2018-11-22");
    assert_eq!(steps(&person, &limits(), on), vec![]);
    person = after(&person, &Deed::Ask, &limits(), on).unwrap();
    assert_eq!(steps(&person, &limits(), on), vec![Step::Decide(on)]);
}
