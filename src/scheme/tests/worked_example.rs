//! Domain 12.1: the checklist and the prior approvals of 汽车维修行业协会.

use std::collections::BTreeMap;

use serde_json::json;

use super::{answers, day, scheme};

fn example() -> serde_json::Value {
    json!({
        "SV-05": "jiaotong", "SV-20": [{ "key": "1", "kind": "supervise", "department": "区交通运输局" }, { "key": "2", "kind": "liaise", "department": "区工业和信息化局" }],
        "SV-21": false, "SV-23": false, "SV-25": false, "SV-30": "none", "SV-31": true,
        "SV-32": [{ "key": "1", "name": "机动车维修备案初审", "source": "delegated", "opinion": "strip" }],
        "SV-34": [{ "key": "1", "name": "维修行业统计" }, { "key": "2", "name": "维修技工培训" }],
        "SV-42": false, "SV-43": false, "SV-44": "organ",
        "SV-46": [
            { "key": "1", "year": "2016", "class": "project", "amount": 5_000_000 },
            { "key": "2", "year": "2017", "class": "project", "amount": 5_000_000 },
            { "key": "3", "year": "2018", "class": "project", "amount": 2_500_000 },
        ],
        "SV-51": [{ "key": "1", "name": "计算机4台", "ownership": "state" }, { "key": "2", "name": "办公家具", "ownership": "association" }],
        "SV-54": true, "SV-55": [{ "key": "1", "location": "办公楼", "room_no": "312" }],
        "SV-60": [
            { "key": "1", "name": "孙某", "identity": "member", "post": "president", "is_officer": true, "kind": "concurrent" },
            { "key": "2", "name": "李某", "identity": "serving", "post": "secretary", "is_officer": true, "kind": "full" },
            { "key": "3", "name": "陈某", "identity": "institution", "post": "staff", "kind": "full" },
            { "key": "4", "name": "刘某", "identity": "hired", "post": "staff", "kind": "full" },
            { "key": "5", "name": "何某", "identity": "hired", "post": "staff", "kind": "full" },
            { "key": "6", "name": "张某", "identity": "incumbent", "post": "vice_president", "is_officer": true, "kind": "concurrent" },
            { "key": "7", "name": "王某", "identity": "retired_cadre", "post": "honorary", "kind": "concurrent", "retired_on": "2016-03-15" },
            { "key": "8", "name": "赵某", "identity": "retired_cadre", "post": "adviser", "kind": "concurrent", "retired_on": "2013-06-30" },
        ],
        "SV-65-1": 1, "SV-70-1": 4, "SV-82": [{ "key": "1", "matter": "社会保险代办" }], "SV-83": [], "SV-97": ["domicile"],
    })
}

#[test]
fn the_checklist_has_exactly_thirty_eight_items() {
    let items = scheme().applicable(&answers(&example()), day("2018-09-14"));
    let mut by_track: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in &items {
        by_track
            .entry(&item.measure[..2])
            .or_default()
            .push(&item.measure);
    }
    assert_eq!(
        by_track["T1"],
        ["T1-01", "T1-01", "T1-02", "T1-03", "T1-04"]
    );
    assert_eq!(
        by_track["T2"],
        [
            "T2-01", "T2-02", "T2-04", "T2-05", "T2-05", "T2-06", "T2-06"
        ]
    );
    assert_eq!(
        by_track["T3"],
        [
            "T3-01", "T3-02", "T3-03", "T3-05", "T3-06", "T3-07", "T3-08", "T3-09", "T3-10",
            "T3-11", "T3-12"
        ]
    );
    assert_eq!(
        by_track["T4"],
        [
            "T4-01", "T4-02", "T4-03", "T4-04", "T4-05", "T4-06", "T4-07", "T4-08", "T4-09",
            "T4-10", "T4-11", "T4-12"
        ]
    );
    assert_eq!(by_track["T5"], ["T5-01", "T5-02", "T5-04"]);
    assert_eq!(by_track["T6"], ["T6-01", "T6-02", "T6-04", "T6-06"]);
    assert_eq!(items.len() - by_track["T6"].len(), 38);
}

#[test]
fn the_prior_approvals_are_those_of_the_example() {
    let answers = answers(&example());
    let scheme = scheme();
    let asked: Vec<(&str, &str)> = scheme
        .approvals_required(&answers)
        .into_iter()
        .map(|(approval, competence)| (approval.code(), competence))
        .collect();
    assert_eq!(
        asked,
        [
            ("PA-1", "BB"),
            ("PA-2", "BB"),
            ("PA-3", "CZ"),
            ("PA-4", "CZ"),
            ("PA-5", "JG"),
            ("PA-6", "ZZ"),
            ("PA-7", "ZZ"),
            ("PA-7", "RS"),
            ("PA-8", "RS"),
            ("PA-9", "ZZ"),
            ("PA-10", "CA"),
        ]
    );
}

#[test]
fn amb_7_money_paid_in_2018_is_overdue_at_once() {
    let scheme = scheme();
    let measure = scheme.measure("T3-06").unwrap();
    assert_eq!(
        scheme.deadline(measure, &answers(&example())),
        day("2018-01-01")
    );
    let before =
        json!({ "SV-46": [{ "key": "1", "year": "2017", "class": "project", "amount": 1 }] });
    assert_eq!(
        scheme.deadline(measure, &answers(&before)),
        day("2018-11-20")
    );
}
