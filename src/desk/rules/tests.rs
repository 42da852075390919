//! Who has what, and by when, state by state.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Batches, Difference, Found, Judge, Offices, Row, differences};
use crate::registry::rules::suspension::Standstill;
use crate::scheme::Scheme;

mod hands;

use hands::HANDS;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn offices() -> Offices {
    let departments = [
        (1, ["CA", "OFFICE"].map(str::to_owned).to_vec()),
        (2, vec!["CZ".to_owned()]),
        (3, vec!["JG".to_owned()]),
        (4, vec!["ZZ".to_owned()]),
        (5, vec!["RS".to_owned()]),
        (6, vec!["BB".to_owned()]),
    ];
    Offices::of(
        departments
            .iter()
            .map(|(id, codes)| (*id, codes.as_slice(), *id == 1)),
    )
}

/// A matter of association 70 of unit 9, with the state since Friday 28 September 2018:
/// 29 and 30 September are worked, 1 to 7 October are not (domain 9.2).
fn matter(kind: &str, state: &str) -> Found {
    Found {
        kind: kind.to_owned(),
        case: 700,
        association: Some(70),
        unit: 9,
        asked: None,
        finder: None,
        state: state.to_owned(),
        note: String::new(),
        since: day("2018-09-28"),
        due: None,
        from_on: None,
        count: 1,
        complete: false,
        suspended: false,
    }
}

fn desk(matters: &[Found]) -> Vec<Row> {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let (offices, windows) = (offices(), BTreeMap::new());
    // Association 71 stood still from Friday 28 September to Thursday 11 October: six days.
    let still = Standstill {
        from: day("2018-09-28"),
        until: Some(day("2018-10-11")),
    };
    let stood = BTreeMap::from([(71, vec![still])]);
    let judge = Judge {
        scheme: &scheme,
        offices: &offices,
        windows: &windows,
        stood: &stood,
        batches: &Batches::default(),
    };
    judge.desk(matters).into_values().collect()
}

/// Department, role, act and day of each row.
fn told(matter: Found) -> Vec<String> {
    let rows = desk(&[matter]).into_iter();
    rows.map(|row| {
        let due = row.due_on.map_or_else(String::new, |day| day.to_string());
        format!("{} {} {} {due}", row.department, row.role.key(), row.act)
    })
    .collect()
}

#[test]
fn each_state_names_the_hands_and_their_day() {
    for (kind, state, expected) in HANDS {
        assert_eq!(told(matter(kind, state)), *expected, "{kind} {state}");
    }
}

#[test]
fn a_leader_signs_what_is_complete_and_nothing_else() {
    let complete = |kind: &str, state: &str| {
        told(Found {
            complete: true,
            due: Some(day("2018-11-20")),
            ..matter(kind, state)
        })
    };
    assert_eq!(
        complete("plan", "draft"),
        ["9 unit_clerk plan.save 2018-11-23"]
    );
    assert_eq!(
        complete("recommendation", "draft"),
        [
            "9 unit_clerk roster.save 2018-09-20",
            "9 unit_leader roster.submit 2018-09-20"
        ]
    );
    assert_eq!(
        complete("plan", "submitted"),
        ["1 office_clerk plan.check 2018-10-10"]
    );
    assert_eq!(
        complete("plan", "under_review"),
        ["1 office_leader plan.approve 2018-10-10"]
    );
    assert_eq!(
        complete("item", "in_progress"),
        ["9 unit_clerk item.save 2018-11-20"]
    );
    assert_eq!(
        complete("item", "for_signature"),
        ["9 unit_leader item.report 2018-11-20"]
    );
}

#[test]
fn a_survey_sent_back_is_due_after_that_in_whichever_of_the_units_hands() {
    for (state, hands) in [
        ("draft", "9 unit_clerk survey.save"),
        ("for_signature", "9 unit_leader survey.submit"),
        ("returned", "9 unit_clerk survey.save"),
    ] {
        let sent_back = Found {
            since: day("2018-10-09"),
            due: Some(day("2018-09-28")),
            ..matter("survey", state)
        };
        assert_eq!(told(sent_back), [format!("{hands} 2018-10-08")]);
    }
}

#[test]
fn departments_are_found_by_their_competence() {
    let with = |kind: &str, state: &str, note: &str, asked| {
        told(Found {
            note: note.to_owned(),
            asked,
            due: Some(day("2018-11-20")),
            ..matter(kind, state)
        })
    };
    assert_eq!(
        with("approval", "requested", "CZ", Some(2)),
        ["2 finance approval.answer 2018-10-10"]
    );
    assert_eq!(
        with("approval", "required", "CZ", Some(2)),
        ["9 unit_clerk approval.request 2018-10-19"]
    );
    assert_eq!(
        with("holding", "submitted", "room", None),
        ["3 jiguan room.accept 2018-10-10"]
    );
    assert_eq!(
        with("holding", "submitted", "asset", None),
        [
            "2 finance disposition.approve 2018-10-10",
            "3 jiguan disposition.approve 2018-10-10",
        ]
    );
    // A disposition that was approved is then carried out.
    assert_eq!(
        with("holding", "approved", "asset", None),
        ["9 unit_clerk asset.record 2018-11-20"]
    );
    // The linked department has five working days to sign for the notice and answer it.
    assert_eq!(
        with("notice", "sent", "", Some(8)),
        [
            "8 unit_clerk notice.sign 2018-10-10",
            "8 unit_leader notice.answer 2018-10-10",
        ]
    );
    assert_eq!(
        with("item", "verified", "T1-01", None),
        ["1 office_leader item.accept 2018-10-10"]
    );
    assert_eq!(
        with("post", "decide", "", None),
        [
            "4 org_dept post.decide 2018-10-10",
            "5 hrss post.decide 2018-10-10",
        ]
    );
}

#[test]
fn letters_reach_whom_they_are_to() {
    let to = |unit, kind: &str, state: &str| {
        let rows = desk(&[Found {
            unit,
            due: Some(day("2018-11-20")),
            ..matter(kind, state)
        }]);
        let told = rows
            .iter()
            .map(|row| format!("{} {}", row.role.key(), row.act));
        told.collect::<Vec<_>>()
    };
    assert_eq!(to(2, "reminder", "sent"), ["finance reminder.acknowledge"]);
    // Sent on Friday 28 September, signed for on the Saturday that is worked.
    let sent = told(Found {
        unit: 2,
        ..matter("reminder", "sent")
    });
    assert_eq!(sent, ["2 finance reminder.acknowledge 2018-09-29"]);
    assert_eq!(
        to(1, "reminder", "sent"),
        [
            "civil_reg reminder.acknowledge",
            "unit_clerk reminder.acknowledge",
            "unit_leader reminder.acknowledge",
        ]
    );
    assert_eq!(
        to(2, "supervision_order", "signed"),
        ["finance order.acknowledge"]
    );
    assert_eq!(
        to(1, "supervision_order", "signed"),
        [
            "civil_reg order.acknowledge",
            "unit_leader order.acknowledge"
        ]
    );
}

#[test]
fn a_checklist_is_one_row_with_the_earliest_day() {
    let item = |count, due: &str| Found {
        case: 70,
        count,
        due: Some(day(due)),
        ..matter("item", "open")
    };
    let rows = desk(&[item(3, "2018-11-20"), item(2, "2018-11-05")]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows.first().unwrap().count, 5);
    assert_eq!(rows.first().unwrap().due_on, Some(day("2018-11-05")));
}

#[test]
fn a_suspension_stops_the_plan_and_no_register() {
    let suspended = |kind: &str, state: &str| {
        let rows = desk(&[Found {
            suspended: true,
            ..matter(kind, state)
        }]);
        rows.iter().all(|row| row.suspended)
    };
    assert!(suspended("plan", "draft"));
    assert!(suspended("change", "pending"));
    assert!(!suspended("exit", "proposed"));
    assert!(!suspended("post", "ask"));
}

#[test]
fn differences_are_named() {
    let rows = desk(&[matter("exit", "draft"), matter("change", "pending")]);
    let by = |rows: &[Row]| rows.iter().map(|row| (row.key(), row.clone())).collect();
    let mut other = rows.clone();
    other.first_mut().unwrap().count = 2;
    assert!(differences(by(&rows), by(&rows)).is_empty());
    let found = differences(by(&other), by(&rows));
    assert!(matches!(found.as_slice(), [Difference::Other(_, _)]));
    let one: Vec<Row> = rows.iter().skip(1).cloned().collect();
    let found = differences(by(&one), by(&rows));
    assert!(matches!(found.as_slice(), [Difference::Missing(_)]));
    let found = differences(by(&rows), by(&one));
    assert!(matches!(found.as_slice(), [Difference::Stray(_)]));
}

#[test]
fn what_stood_still_has_as_much_more_time() {
    let of = |association: i64, kind: &str, state: &str, since: &str| {
        told(Found {
            association: Some(association),
            asked: Some(2),
            note: "CZ".to_owned(),
            since: day(since),
            due: (kind == "item").then(|| day("2018-11-20")),
            ..matter(kind, state)
        })
    };
    for (kind, state, since, was, now) in [
        // Clocks of hands: only what stood still since then.
        (
            "approval",
            "requested",
            "2018-09-28",
            "2018-10-10",
            "2018-10-18",
        ),
        (
            "approval",
            "requested",
            "2018-10-10",
            "2018-10-17",
            "2018-10-18",
        ),
        (
            "approval",
            "requested",
            "2018-10-12",
            "2018-10-19",
            "2018-10-19",
        ),
        ("plan", "approved", "2018-09-28", "2018-10-05", "2018-10-15"),
        // A date of the batch.
        (
            "plan_start",
            "none",
            "2018-09-28",
            "2018-10-19",
            "2018-10-29",
        ),
        ("plan", "draft", "2018-10-12", "2018-10-19", "2018-10-29"),
        // An item's own day was moved when it went on.
        ("item", "open", "2018-09-28", "2018-11-20", "2018-11-20"),
        // No register stands still.
        ("survey", "draft", "2018-09-28", "2018-09-15", "2018-09-15"),
    ] {
        let ends = |association: i64, day: &str| {
            let rows = of(association, kind, state, since);
            assert!(!rows.is_empty(), "{kind} {state}");
            for row in rows {
                assert!(
                    row.ends_with(day),
                    "{kind} {state} {since}: {row}, not {day}"
                );
            }
        };
        ends(70, was);
        ends(71, now);
    }
}
