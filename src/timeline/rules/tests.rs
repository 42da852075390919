use crate::words::Mark;
use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::progress::lights::Light;
use crate::scheme::Scheme;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

const fn facts(total: i64, done: i64, done_on: Option<NaiveDate>) -> Facts {
    Facts {
        total,
        done,
        late: 0,
        pending: 0,
        waiting: 0,
        started: done > 0,
        done_on,
        open_due: None,
        still: 0,
    }
}

fn window() -> Window {
    Window {
        from: day(9, 1),
        due: Some(day(9, 15)),
    }
}

#[test]
fn every_state_of_a_task() {
    let begun = Facts {
        started: true,
        ..facts(2, 0, None)
    };
    let own = Facts {
        late: 1,
        ..facts(2, 2, None)
    };
    let extended = Facts {
        open_due: Some(day(12, 31)),
        ..facts(2, 1, None)
    };
    let stepped = Facts {
        open_due: Some(day(9, 3)),
        ..facts(2, 1, None)
    };
    let pending = Facts {
        pending: 1,
        ..facts(2, 2, Some(day(9, 10)))
    };
    let still = |total| Facts {
        still: 1,
        ..facts(total, 1, Some(day(9, 2)))
    };
    for (facts, today, expected) in [
        (still(2), day(9, 25), State::Still),
        (still(3), day(9, 25), State::Late(10)),
        (facts(2, 0, None), day(8, 31), State::NotDue),
        (facts(2, 0, None), day(9, 1), State::NotStarted),
        (begun, day(9, 1), State::Running),
        (facts(2, 1, Some(day(9, 2))), day(9, 2), State::Running),
        // TC-69: the day itself is not late.
        (facts(2, 1, None), day(9, 15), State::Running),
        (facts(2, 1, None), day(9, 16), State::Late(1)),
        (facts(2, 0, None), day(9, 25), State::Late(10)),
        (facts(2, 2, Some(day(9, 15))), day(11, 1), State::OnTime),
        (facts(2, 2, Some(day(9, 16))), day(11, 1), State::DoneLate),
        (own, day(11, 1), State::DoneLate),
        (facts(0, 0, None), day(11, 1), State::NoTask),
        // A lawful extension of an open one is respected; an earlier step of a
        // plan does not make the task late.
        (extended, day(11, 1), State::Running),
        (
            extended,
            NaiveDate::from_ymd_opt(2019, 1, 2).unwrap(),
            State::Late(2),
        ),
        (stepped, day(9, 10), State::Running),
        (pending, day(9, 20), State::Late(5)),
    ] {
        assert_eq!(
            state(true, window(), &facts, today),
            expected,
            "{today} {facts:?}"
        );
    }
}

#[test]
fn a_task_without_an_end_stands_and_one_without_a_room_is_not_registered() {
    let open_end = Window {
        due: None,
        ..window()
    };
    assert_eq!(
        state(true, open_end, &facts(2, 1, None), day(11, 1)),
        State::Standing
    );
    assert_eq!(
        state(false, window(), &facts(0, 0, None), day(11, 1)),
        State::Unregistered
    );
}

#[test]
fn tc_69_the_deadline_day_itself_is_not_overdue_in_state_and_light() {
    let open = facts(1, 0, None);
    let on = |today| {
        let state = state(true, window(), &open, today);
        (state, light(state, window(), &open, (today, 7)))
    };
    assert_eq!(on(day(9, 7)).1, Light::OnTrack);
    assert_eq!(on(day(9, 8)).1, Light::DueSoon(7));
    assert_eq!(on(day(9, 15)), (State::NotStarted, Light::DueSoon(0)));
    assert_eq!(on(day(9, 16)), (State::Late(1), Light::Overdue(1)));
}

#[test]
fn tc_43_on_a_holiday_lights_are_computed() {
    let due = Window {
        from: day(9, 1),
        due: Some(day(9, 30)),
    };
    let open = facts(1, 0, None);
    assert_eq!(
        state(true, due, &open, day(9, 30)),
        State::NotStarted,
        "the Sunday is the deadline"
    );
    let holiday = day(10, 3);
    let found = state(true, due, &open, holiday);
    assert_eq!(found, State::Late(3));
    assert_eq!(light(found, due, &open, (holiday, 7)), Light::Overdue(3));
}

fn board(facts: &BTreeMap<String, Measured>, today: NaiveDate) -> Board {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let names = BTreeMap::from([(1, "甲局".to_owned()), (2, "乙局".to_owned())]);
    let window = |from, due| Window {
        from,
        due: Some(due),
    };
    let moved = MovedWindow {
        first: window(day(8, 31), day(9, 20)),
        now: window(day(9, 15), day(9, 28)),
    };
    let moved = BTreeMap::from([("PH-07".to_owned(), moved)]);
    Board::new(&Shape {
        scheme: &scheme,
        moved: &moved,
        facts,
        names: &names,
        today,
    })
}

#[test]
fn the_board_says_who_holds_what_and_what_blocks_which() {
    let mut known = BTreeMap::new();
    let both = |one, other| Measured {
        by: vec![(1, one), (2, other)],
    };
    known.insert(
        "PH-05".to_owned(),
        both(facts(3, 3, Some(day(9, 12))), facts(2, 1, Some(day(9, 12)))),
    );
    let waiting = Facts {
        waiting: 1,
        ..facts(3, 2, Some(day(9, 14)))
    };
    known.insert("PH-06".to_owned(), both(waiting, facts(2, 1, None)));
    let board = board(&known, day(9, 25));
    let survey = board.line("PH-05").unwrap();
    assert_eq!(survey.state, State::Late(10));
    assert_eq!(survey.held_by(), "乙局");
    // A late unit does not make the other one late.
    assert_eq!(survey.holders[0].state, State::OnTime);
    // survey_due + 5 working days; the office's own and what has not come.
    let confirmation = board.line("PH-06").unwrap();
    assert_eq!(confirmation.window.due, Some(day(9, 21)));
    assert_eq!(
        confirmation.held_by(),
        "脱钩办（待办1个）；乙局（尚未报来1个）"
    );
    assert_eq!(confirmation.blocked_by, ["PH-05"]);
    // The moved window counts.
    let recommendation = board.line("PH-07").unwrap();
    assert_eq!(recommendation.window.due, Some(day(9, 28)));
    assert_eq!(recommendation.moved_from.unwrap().due, Some(day(9, 20)));
    // What the program keeps nothing of says so and blocks nothing.
    let summary = board.line("PH-20").unwrap();
    assert_eq!(summary.state, State::Unregistered);
    assert_eq!(board.lines.len(), 30);
}

proptest! {
    #[test]
    fn a_task_only_gets_later(total in 1_i64..5, done in 0_i64..5, offset in 0_i64..90) {
        let done = done.min(total);
        let facts = facts(total, done, (done > 0).then(|| day(9, 10)));
        let today = day(8, 20) + TimeDelta::days(offset);
        let now = state(true, window(), &facts, today);
        let next = state(true, window(), &facts, today + TimeDelta::days(1));
        match now {
            State::Late(days) => prop_assert_eq!(next, State::Late(days + 1)),
            State::OnTime | State::DoneLate => prop_assert_eq!(next, now),
            _ => prop_assert!(!matches!(next, State::OnTime | State::DoneLate)),
        }
        // Marked so if and only if late.
        let late = light(now, window(), &facts, (today, 7)).mark() == Mark::Late;
        prop_assert_eq!(late, matches!(now, State::Late(_)));
    }
}
