use crate::words::Mark;
use chrono::NaiveDate;

use super::*;

fn full() -> Content {
    Content {
        leader: "某局长".to_owned(),
        leader_post: "局长".to_owned(),
        members: vec![Member {
            number: 1,
            name: "某科长".to_owned(),
            post: "科长".to_owned(),
        }],
        liaison_name: "某人".to_owned(),
        liaison_phone: "0431-00000000".to_owned(),
        liaison_joined: Some(true),
        timetable: vec![Step {
            number: 1,
            what: "完成摸底调查".to_owned(),
            due: NaiveDate::from_ymd_opt(2018, 9, 12).unwrap(),
            who: "某科".to_owned(),
        }],
        risks: vec![Risk {
            number: 1,
            risk: "人员安置".to_owned(),
            measure: "逐人谈话".to_owned(),
            owner: "某科".to_owned(),
        }],
    }
}

fn report(part: Part, reported: bool) -> Report {
    let day = NaiveDate::from_ymd_opt(2018, 8, 24);
    Report {
        part,
        reported_on: day.filter(|_| reported),
        read_on: None,
        returned_on: day.filter(|_| !reported),
        return_reason: None,
    }
}

/// Takes something out of a full content.
type Spoil = fn(&mut Content);

#[test]
fn each_part_says_what_it_lacks() {
    let cases: [(Part, Spoil, &str); 7] = [
        (Part::Group, |content| content.leader.clear(), "组长"),
        (Part::Group, |content| content.members.clear(), "成员"),
        (
            Part::Liaison,
            |content| content.liaison_name.clear(),
            "专职",
        ),
        (
            Part::Liaison,
            |content| content.liaison_phone.clear(),
            "电话",
        ),
        (
            Part::Liaison,
            |content| content.liaison_joined = Some(false),
            "工作群",
        ),
        (
            Part::Timetable,
            |content| content.timetable.clear(),
            "时间表",
        ),
        (Part::Risks, |content| content.risks.clear(), "风险预案"),
    ];
    for (part, spoil, words) in cases {
        let mut content = full();
        assert_eq!(content.lacks(part), None);
        spoil(&mut content);
        assert!(content.lacks(part).unwrap().contains(words), "{words}");
        // The other parts stay complete.
        assert_eq!(to_report(&content, &[]).len(), 3, "{words}");
    }
}

#[test]
fn a_report_sends_what_is_complete_and_not_with_the_office() {
    assert_eq!(to_report(&full(), &[]), Part::ALL);
    let reports = [report(Part::Group, true), report(Part::Liaison, false)];
    assert_eq!(
        to_report(&full(), &reports),
        [Part::Liaison, Part::Timetable, Part::Risks]
    );
    assert_eq!(standing(Some(&reports[1]), true).mark(), Mark::Soon);
    assert_eq!(standing(Some(&reports[0]), true).mark(), Mark::Going);
    assert_eq!(standing(None, false).mark(), Mark::Todo);
}

#[test]
fn telephone_numbers_are_for_the_unit_the_office_and_the_registrar() {
    let shown: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| shows_phone(*role, false))
        .collect();
    assert_eq!(
        shown,
        [Role::OfficeClerk, Role::OfficeLeader, Role::CivilReg]
    );
    assert!(shows_phone(Role::UnitClerk, true));
}
