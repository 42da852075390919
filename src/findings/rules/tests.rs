use chrono::NaiveDate;

use super::{Entry, Finding, Kind, Level, Refusal, State, of_object};
use crate::ids::AssociationId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn finding(state: State) -> Finding {
    Finding {
        id: 3,
        association: AssociationId(1),
        state,
        entry: Entry {
            kind: Kind::Mismatch,
            level: Level::Normal,
            assets: String::new(),
            summary: "会费收入未及时入账".to_owned(),
            amount_cents: Some(120_000),
            found_on: day("2018-11-08"),
            due_on: day("2018-12-10"),
        },
        mended: None,
        version: 1,
    }
}

#[test]
fn a_finding_is_mended_after_it_was_found_and_not_on_a_day_to_come() {
    let today = day("2018-11-22");
    for (found, due, refusal) in [
        ("2018-11-08", "2018-12-10", None),
        ("2018-11-08", "2018-11-08", None),
        ("2018-11-08", "2018-11-07", Some(Refusal::DueTooEarly)),
        ("2018-11-23", "2018-12-10", Some(Refusal::ToCome)),
    ] {
        let entry = Entry {
            found_on: day(found),
            due_on: day(due),
            ..finding(State::Open).entry
        };
        assert_eq!(entry.check(today).err(), refusal, "{found} {due}");
    }
    for (on, fits) in [
        ("2018-11-07", false),
        ("2018-11-08", true),
        ("2018-11-22", true),
        ("2018-11-23", false),
    ] {
        let outcome = finding(State::Open).may_close(day(on), today);
        assert_eq!(outcome.is_ok(), fits, "{on}");
    }
}

#[test]
fn t3_13_is_verified_once_the_auditor_has_closed_the_finding() {
    assert!(finding(State::Open).missing().is_some());
    assert_eq!(finding(State::Closed).missing(), None);
    assert_eq!(of_object(&finding(State::Open).object()), Some(3));
    assert_eq!(of_object("SV-51#3"), None);
    assert_eq!(of_object(""), None);
}
