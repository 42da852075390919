use proptest::prelude::*;

use super::*;
use crate::access::Role;
use crate::scheme::Scheme;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn matter(key: &str, holder: i64, deadline: NaiveDate) -> Matter {
    Matter {
        key: key.to_owned(),
        kind: Kind::Item,
        ground: Ground::Own,
        holder,
        measure: String::new(),
        title: String::new(),
        association: None,
        subject: String::new(),
        href: String::new(),
        deadline,
    }
}

#[test]
fn the_ladder_has_its_steps_and_no_others() {
    let due = |late| step_on(late, 7);
    for (late, expected) in [
        (-8, None),
        (-7, Some(Step::Before(7))),
        (-6, None),
        (-1, Some(Step::Before(1))),
        (0, None),
        (1, Some(Step::After(1))),
        (2, None),
        (3, None),
        (4, Some(Step::After(4))),
        (7, Some(Step::After(7))),
        (8, None),
        (10, Some(Step::After(10))),
    ] {
        assert_eq!(due(late), expected, "{late}");
    }
    assert_eq!(Step::Before(7).label(), "到期前7天");
    assert!(!Step::After(1).reaches_leader());
    assert!(Step::After(4).reaches_leader());
}

#[test]
fn tc_43_no_step_on_a_holiday_and_the_made_up_saturday_counts() {
    let scheme = scheme();
    let on = |deadline, today| step_due(&scheme.campaign, deadline, today);
    // Sunday 9-30 is worked; 10-01 to 10-07 are not.
    let sunday = day(9, 30);
    assert_eq!(
        on(sunday, day(9, 29)),
        Some(Step::Before(1)),
        "a working Saturday"
    );
    for number in 1..=7 {
        assert_eq!(on(sunday, day(10, number)), None, "10-0{number}");
    }
    // What fell on the holidays is due once on the first day after them.
    assert_eq!(on(sunday, day(10, 8)), Some(Step::After(7)));
    assert_eq!(on(sunday, day(10, 9)), None);
    assert_eq!(on(sunday, day(10, 10)), Some(Step::After(10)));
}

#[test]
fn tc_43_nothing_is_sent_on_10_03_and_it_says_until_when() {
    let scheme = scheme();
    let judge = |today| {
        let reached = BTreeSet::from([1]);
        let pasts = Pasts::new();
        Judge {
            campaign: &scheme.campaign,
            today,
            pasts: &pasts,
            reached: &reached,
        }
        .may_remind(&matter("item:1", 1, day(9, 30)))
    };
    assert_eq!(judge(day(10, 3)), Err(Left::DayOff(day(10, 8))));
    assert_eq!(judge(day(9, 29)), Ok(()));
    assert_eq!(
        judge(day(10, 3)).unwrap_err().explain(),
        "今天不是工作日，不发催办；下一个工作日为2018-10-08"
    );
}

#[test]
fn a_reminder_cools_down_for_two_working_days_in_its_department_only() {
    let scheme = scheme();
    let reached = BTreeSet::from([1, 2]);
    let past = Past {
        times: 1,
        last: day(9, 28),
    };
    let pasts = Pasts::from([((1, "item:1".to_owned()), past)]);
    let may = |today, key, holder| {
        Judge {
            campaign: &scheme.campaign,
            today,
            pasts: &pasts,
            reached: &reached,
        }
        .may_remind(&matter(key, holder, day(9, 20)))
    };
    // Friday 9-28, worked Saturday and Sunday.
    let until = Left::Cooling(day(9, 30));
    assert_eq!(may(day(9, 28), "item:1", 1), Err(until));
    assert_eq!(may(day(9, 30), "item:1", 1), Err(until));
    assert_eq!(until.explain(), "冷却期内，至2018-09-30");
    assert_eq!(may(day(10, 8), "item:1", 1), Ok(()));
    assert_eq!(may(day(9, 29), "item:2", 1), Ok(()), "another matter");
    assert_eq!(may(day(9, 29), "item:1", 2), Ok(()), "another department");
    assert_eq!(may(day(9, 29), "item:1", 3), Err(Left::Nobody));
}

#[test]
fn notices_are_merged_and_what_is_grave_was_reminded_of() {
    let all = vec![
        matter("item:1", 2, day(9, 1)),
        matter("item:2", 1, day(9, 2)),
        matter("item:3", 2, day(9, 3)),
    ];
    let merged = merge(&all);
    let shape: Vec<(i64, usize)> = merged.iter().map(|(id, own)| (*id, own.len())).collect();
    assert_eq!(shape, [(2, 2), (1, 1)]);
    for (late, times, expected) in [(7, 3, false), (8, 0, false), (8, 1, true), (-1, 1, false)] {
        assert_eq!(escalates(late, times), expected, "{late} {times}");
    }
    for (late, expected) in [(-2, "还有2天"), (0, "今天到期"), (3, "逾期3天")] {
        assert_eq!(word(late), expected);
    }
}

fn item(id: i64, measure: &str, (lawful, due): (bool, NaiveDate)) -> ItemRow {
    ItemRow {
        id,
        association: 9,
        name: "某协会".to_owned(),
        holder: 1,
        measure: measure.to_owned(),
        lawful,
        due,
        reported: false,
    }
}

fn other(kind: &str, role: Role, holder: i64) -> OtherRow {
    OtherRow {
        kind: kind.to_owned(),
        case: 5,
        holder,
        role,
        title: format!("办理{kind}"),
        association: None,
        subject: "某协会".to_owned(),
        href: String::new(),
        due: day(11, 20),
    }
}

fn office(id: i64, codes: &[&str]) -> Office {
    Office {
        id,
        name: String::new(),
        full_name: String::new(),
        competences: codes.iter().map(|code| (*code).to_owned()).collect(),
    }
}

fn task(measured: &str, unit: i64, due: NaiveDate) -> TaskRow {
    TaskRow {
        measured: measured.to_owned(),
        unit,
        open: 1,
        due,
    }
}

#[test]
fn a_matter_is_with_whoever_must_act_next() {
    let scheme = scheme();
    let today = day(11, 22);
    let matters = derive(&Sources {
        scheme: &scheme,
        items: &[
            item(1, "T3-01", (false, day(11, 20))),
            // Reported on Monday 11-12: the department's five working days end on 11-19.
            ItemRow {
                holder: 3,
                reported: true,
                ..item(2, "T3-01", (false, day(11, 19)))
            },
            // Sent back: the day of its clock, and no other deadline by law.
            item(3, "T3-01", (false, day(11, 29))),
            item(4, "T3-11", (true, day(12, 31))),
        ],
        // PH-01 lies on the first unit's desk.
        tasks: &[task("group", 1, day(8, 24))],
        others: &[other("approval", Role::Bianban, 4)],
        offices: &[office(3, &["CZ"]), office(4, &["BB"])],
    });
    let told: Vec<(&str, i64, Ground, i64)> = matters
        .iter()
        .map(|each| {
            (
                each.key.as_str(),
                each.holder,
                each.ground,
                each.late(today),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("task:PH-01", 1, Ground::Own, 90),
            ("verify:2", 3, Ground::Verification, 3),
            ("item:1", 1, Ground::Own, 2),
            ("approval:5", 4, Ground::Approval, 2),
            ("item:3", 1, Ground::Own, -7),
            ("item:4", 1, Ground::Lawful, -39),
        ]
    );
    assert_eq!(matters[0].href, "/workgroups/1");
    assert_eq!(matters[0].subject, "尚未办结");
}

#[test]
fn every_kind_of_the_desk_is_a_matter_and_one_in_each_department() {
    let scheme = scheme();
    let of = |others: &[OtherRow]| {
        derive(&Sources {
            scheme: &scheme,
            items: &[],
            tasks: &[],
            others,
            offices: &[],
        })
    };
    for (kind, role, is, ground) in [
        ("approval", Role::UnitClerk, Kind::Approval, Ground::Own),
        ("approval", Role::Finance, Kind::Approval, Ground::Approval),
        ("condition", Role::UnitLeader, Kind::Condition, Ground::Own),
        ("notice", Role::UnitClerk, Kind::Notice, Ground::Own),
        ("holding", Role::Jiguan, Kind::Register, Ground::Department),
        ("post", Role::OrgDept, Kind::Post, Ground::Department),
        ("post_register", Role::UnitLeader, Kind::Post, Ground::Own),
        ("extension", Role::CivilReg, Kind::Other, Ground::Department),
        ("correction", Role::Audit, Kind::Other, Ground::Department),
        ("activity", Role::UnitClerk, Kind::Other, Ground::Own),
        ("roster_request", Role::UnitLeader, Kind::Other, Ground::Own),
        ("plan", Role::UnitLeader, Kind::Other, Ground::Own),
    ] {
        let matters = of(&[other(kind, role, 4)]);
        let [matter] = matters.as_slice() else {
            panic!("{kind}: {matters:?}");
        };
        assert_eq!((matter.kind, matter.ground), (is, ground), "{kind}");
        assert_eq!(matter.key, format!("{kind}:5"));
        assert_eq!(matter.title, format!("办理{kind}"));
        assert_eq!(matter.deadline, day(11, 20));
    }
    // Clerk and leader have it both: it is pressed for once, by what the clerk does.
    let clerk = other("notice", Role::UnitClerk, 4);
    let leader = OtherRow {
        title: "回复".to_owned(),
        ..other("notice", Role::UnitLeader, 4)
    };
    let matters = of(&[clerk, leader, other("notice", Role::UnitClerk, 7)]);
    let held: Vec<(i64, &str)> = matters
        .iter()
        .map(|each| (each.holder, each.title.as_str()))
        .collect();
    assert_eq!(held, [(4, "办理notice"), (7, "办理notice")]);
}

proptest! {
    /// Every step is due on exactly one working day: its own, or the first after it.
    #[test]
    fn every_step_is_due_once_and_on_a_working_day(offset in 0_i64..100, span in 0_i64..60) {
        let scheme = scheme();
        let deadline = day(8, 20) + TimeDelta::days(offset);
        let step_day = deadline + TimeDelta::days(span - 10);
        let first = (0..30)
            .map(|days| step_day + TimeDelta::days(days))
            .find(|day| is_workday(&scheme.campaign, *day))
            .unwrap();
        if step_on(span - 10, 7).is_some() {
            prop_assert!(step_due(&scheme.campaign, deadline, first).is_some());
        }
        let found = step_due(&scheme.campaign, deadline, step_day);
        if found.is_some() {
            prop_assert!(is_workday(&scheme.campaign, step_day));
        }
    }
}
