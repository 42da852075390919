use proptest::prelude::*;

use super::{List, NO_TASK, NOTHING, Unit, rate};

fn list(listed: i64, exited: i64, complete: i64, basic: i64) -> List {
    List {
        listed,
        exited,
        complete,
        basic,
    }
}

#[test]
fn tc_40_an_exit_leaves_the_denominator_and_is_printed() {
    // 包头 (domain 0.1): 272 listed, 124 passed, 137 revoked or deregistered.
    let real = list(272, 137, 124, 0);
    assert_eq!(real.active(), 135);
    assert_eq!(real.completion(), "91.9%");
    assert_eq!(real.settled(), "96.0%");
    assert_eq!(list(10, 0, 4, 0).completion(), "40.0%");
    assert_eq!(list(10, 2, 4, 0).completion(), "50.0%");
    assert_eq!(list(10, 2, 4, 0).settled(), "60.0%");
    assert_eq!(list(10, 2, 4, 2).basic_completion(), "75.0%");
}

#[test]
fn nothing_is_divided_by_zero() {
    assert_eq!(rate(0, 0), NOTHING);
    let all_gone = list(3, 3, 0, 0);
    assert_eq!(all_gone.completion(), NOTHING);
    assert_eq!(all_gone.settled(), "100.0%");
    assert_eq!(list(0, 0, 0, 0).settled(), NOTHING);
}

#[test]
fn tc_70_a_unit_without_base_has_no_task() {
    let none = Unit::of((0, 0, 0), (List::default(), List::default()), (1, 2));
    assert_eq!(none.or_no_task(none.current.completion()), NO_TASK);
    assert_eq!(none.share(), NO_TASK);
    let idle = Unit::of((3, 3, 3), (list(2, 0, 0, 0), list(2, 0, 0, 0)), (1, 2));
    assert_eq!(idle.or_no_task(idle.current.completion()), "0.0%");
    assert_eq!(idle.required, 2);
    assert_eq!(idle.share_then(), "66.7%");
}

#[test]
fn the_requirement_of_the_district_is_the_sum_of_the_units() {
    let unit = |base| {
        Unit::of(
            (base, base, base),
            (List::default(), List::default()),
            (1, 2),
        )
    };
    // ⌈3/2⌉ + ⌈3/2⌉ = 4, not ⌈6/2⌉ = 3.
    assert_eq!((unit(3) + unit(3)).required, 4);
}

proptest! {
    #[test]
    fn both_numerators_agree_where_nobody_left(listed in 0_i64..200, done in 0_i64..200) {
        let done = done.min(listed);
        let list = list(listed, 0, done, 0);
        prop_assert_eq!(list.completion(), list.settled());
    }

    #[test]
    fn full_is_earned(listed in 1_i64..200, exited in 0_i64..200, complete in 0_i64..200) {
        let exited = exited.min(listed);
        let complete = complete.min(listed - exited);
        let list = list(listed, exited, complete, 0);
        let full = listed > exited && complete == listed - exited;
        prop_assert_eq!(list.completion() == "100.0%", full);
    }
}
