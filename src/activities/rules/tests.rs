use chrono::NaiveDate;
use serde_json::json;

use super::*;
use crate::access::Case as _;
use crate::activities::store::Activity;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

fn subject(kind: Kind, held_on: NaiveDate) -> Subject<'static> {
    Subject {
        kind,
        held_on,
        candidates: &[],
        declared: false,
        approved_by: &[],
    }
}

#[test]
fn ma_2_a_disposal_during_the_inventory_needs_finance() {
    let base = day(8, 31);
    let finance = ["CZ".to_owned()];
    let other = ["JG".to_owned()];
    for (held, closed, approved_by, refused) in [
        (day(8, 30), false, &[][..], false),
        (day(8, 31), false, &[][..], true),
        (day(11, 20), false, &[][..], true),
        (day(11, 20), false, &other[..], true),
        (day(11, 20), false, &finance[..], false),
        (day(12, 20), true, &[][..], false),
    ] {
        let disposal = Subject {
            approved_by,
            ..subject(Kind::Disposal, held)
        };
        let answer = may_approve(&disposal, (base, closed), 0);
        assert_eq!(
            answer == Err(Refusal::NoFinance),
            refused,
            "{held} {closed}"
        );
        let fair = Subject {
            kind: Kind::Event,
            ..disposal
        };
        assert_eq!(may_approve(&fair, (base, closed), 0), Ok(()));
    }
}

#[test]
fn ma_3_an_election_names_declares_and_elects_nobody_who_must_leave() {
    let period = (day(8, 31), false);
    let names = ["甲".to_owned(), "乙".to_owned()];
    let mut election = subject(Kind::Election, day(11, 10));
    assert_eq!(
        may_approve(&election, period, 0),
        Err(Refusal::NoCandidates)
    );
    election.candidates = &names;
    assert_eq!(may_approve(&election, period, 0), Err(Refusal::NotDeclared));
    election.declared = true;
    assert_eq!(may_approve(&election, period, 1), Err(Refusal::Barred(1)));
    assert_eq!(may_approve(&election, period, 0), Ok(()));

    let mut answers = Answers::default();
    answers.set(
        "SV-60",
        Some(json!([
            {"key": "1", "name": "甲", "identity": "retired_cadre", "kind": "concurrent", "retired_on": "2015-11-10"},
            {"key": "2", "name": "乙", "identity": "incumbent", "kind": "concurrent"},
            {"key": "3", "name": "丙", "identity": "serving", "kind": "concurrent"},
            {"key": "4", "name": "丁", "identity": "member", "kind": "concurrent"},
        ])),
    );
    let found = |on| {
        barred(&names, &answers, on, 36)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    // 甲's three years are full on the day itself (PE-2).
    assert_eq!(found(day(11, 9)), ["甲", "乙"]);
    assert_eq!(found(day(11, 10)), ["乙"]);
}

#[test]
fn every_step_and_nothing_else() {
    let next = Activity::next;
    // The unit's leader says whether the office must agree too.
    assert_eq!(next(State::Registered, Act::ActivityApprove), None);
    for to in [State::Approved, State::WithOffice] {
        assert!(STEPS.contains(&(State::Registered, Act::ActivityApprove, to)));
    }
    assert_eq!(next(State::Registered, Act::ActivityFinish), None);
    assert_eq!(next(State::WithOffice, Act::ActivityApprove), None);
    assert_eq!(next(State::Done, Act::ActivitySave), None);
    assert_eq!(next(State::Refused, Act::ActivityFinish), None);
    assert_eq!(next(State::Approved, Act::ActivityNote), None);
}
