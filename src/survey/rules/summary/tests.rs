use serde_json::{Value, json};

use super::*;

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn example() -> Answers {
    serde_json::from_str(include_str!("../../../scheme/tests/worked_example.json")).unwrap()
}

fn told(more: &[(&str, Value)]) -> Summary {
    let mut answers = example();
    for (code, value) in more {
        answers.set(code, Some(value.clone()));
    }
    Summary::of(&scheme(), &answers, ["区交通运输局", "交通局"])
}

#[test]
fn the_worked_example_in_a_row() {
    let row = told(&[]);
    assert_eq!(row.ties, "区工业和信息化局（联系）");
    assert_eq!(
        (row.units, row.persons, row.members),
        (Some(86), Some(4), Some(90))
    );
    assert_eq!((row.functions, row.transfers), (Some(1), Some(2)));
    let years = [2015, 2016, 2017, 2018].map(|year| row.appropriated(year));
    assert_eq!(years, [0, 5_000_000, 5_000_000, 2_500_000].map(Some));
    assert_eq!(
        (row.assets, row.debts, row.net),
        (Some(34_150_000), Some(3_200_000), Some(30_950_000))
    );
    assert_eq!((row.state_owned, row.rooms), (Some(800_000), Some(3_850)));
    // 王某 retired in March 2016, 赵某 in 2013; the survey is of August 2018.
    let staff = Staff {
        full: 4,
        servants: 1,
        incumbent: 1,
        under_three: 1,
        over_three: 1,
        ..Staff::default()
    };
    assert_eq!(row.staff, Some(staff));
    assert_eq!(
        (row.posts, row.contracts, row.party_members),
        (Some(1), Some(2), Some(4))
    );
    assert_eq!((row.party_body.as_str(), row.foreign), ("否", Some(0)));
    assert_eq!(
        (row.institutions.as_str(), row.joint, row.account),
        ("否", Some(false), Some(false))
    );
    assert_eq!(row.opinion, "参加2018年脱钩");
}

#[test]
fn what_is_not_answered_is_not_told() {
    let row = Summary::of(&scheme(), &Answers::default(), ["区商务局", "商务局"]);
    assert_eq!(row, Summary::default());
    assert_eq!(row.appropriated(2017), None);
    // An empty table is an answer, and so is a no.
    let row = told(&[
        ("SV-46", json!([])),
        ("SV-51", json!([])),
        ("SV-54", json!(false)),
        ("SV-31", json!(false)),
    ]);
    assert_eq!(row.appropriated(2017), Some(0));
    assert_eq!(
        (row.state_owned, row.rooms, row.functions),
        (Some(0), Some(0), Some(0))
    );
}

#[test]
fn what_is_bought_is_no_appropriation_and_cadres_without_a_day_are_told_apart() {
    let money = json!([
        { "key": "1", "year": "2017", "class": "purchase", "amount": 100 },
        { "key": "2", "year": "2017", "class": "retiree", "amount": 20 },
        { "key": "3", "year": "2017", "class": "basic", "amount": 3 },
    ]);
    let people = json!([
        { "key": "1", "name": "甲", "identity": "retired_cadre", "post": "adviser", "kind": "concurrent" },
        { "key": "2", "name": "乙", "identity": "off_post", "post": "director", "kind": "concurrent" },
        { "key": "3", "name": "丙", "identity": "hired", "post": "staff", "kind": "concurrent" },
        { "key": "4", "name": "丁", "identity": "incumbent", "post": "president", "kind": "full" },
    ]);
    let party = json!([{ "key": "1", "name": "党支部", "kind": "branch", "superior": "局党委", "secretary": "戊" }]);
    let row = told(&[
        ("SV-46", money),
        ("SV-60", people),
        ("SV-71", json!(true)),
        ("SV-72", party),
    ]);
    assert_eq!(row.appropriated(2017), Some(23));
    let staff = row.staff.unwrap();
    assert_eq!((staff.full, staff.part), (1, 1));
    assert_eq!((staff.unknown, staff.off_post, staff.incumbent), (1, 1, 0));
    assert_eq!(row.party_body, "党支部");
    assert!(!format!("{row:?}").contains('戊'));
}

#[test]
fn every_answer_that_a_row_is_made_from_is_read() {
    let all = example();
    let names = ["区交通运输局", "交通局"];
    let read = all.only(READ);
    assert_eq!(
        Summary::of(&scheme(), &read, names),
        Summary::of(&scheme(), &all, names)
    );
    assert!(READ.iter().all(|code| scheme().question(code).is_some()));
}
