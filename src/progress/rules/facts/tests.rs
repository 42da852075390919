use serde_json::{Value, from_value, json};
use sqlx::types::Json;

use super::*;
use crate::progress::rules::samples::item;
use crate::scheme::Scheme;

#[test]
fn dn_1_an_item_lacks_what_its_facts_do_not_say() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let of = |code: &str| scheme.measure(code).unwrap();
    let item = |facts: Value| Item {
        facts: Json(from_value(facts).unwrap()),
        ..item()
    };
    let survey: Answers = from_value(json!({
        "SV-70-1": 3, "SV-70-3": 3, "SV-65-1": 2,
        "SV-24": [{ "key": "1", "posts": 5, "staff": 4 }],
    }))
    .unwrap();
    let lacks = |code: &str, object: &str, facts: Value| {
        let found = lacking(
            of(code),
            &Item {
                object: object.to_owned(),
                ..item(facts)
            },
            &survey,
        );
        found
            .into_iter()
            .map(|(field, _)| field)
            .collect::<Vec<_>>()
    };
    // Nothing is said: every fact that must be is missing.
    assert_eq!(
        lacks("T3-03", "", json!({})),
        ["T3-03-1", "T3-03-2", "T3-03-3"]
    );
    // signed = required.
    let contracts = |signed: i64| {
        let told = json!({ "T4-08-1": 3, "T4-08-2": signed, "T4-08-3": "2018-11-01" });
        lacks("T4-08", "", told)
    };
    assert_eq!(contracts(2), ["T4-08-2"]);
    assert!(contracts(3).is_empty());
    // recovered = used.
    let posts = |back: i64| {
        lacks(
            "T4-11",
            "",
            json!({ "T4-11-1": back, "T4-11-2": "2018-11-09" }),
        )
    };
    assert_eq!(posts(1), ["T4-11-1"]);
    assert!(posts(2).is_empty());
    // The posts and people of the institution's own row.
    let merged = |posts: i64| {
        let told = json!({ "T1-07-1": "2018-11-01", "T1-07-2": posts, "T1-07-3": 4 });
        lacks("T1-07", "SV-24#1", told)
    };
    assert_eq!(merged(4), ["T1-07-2"]);
    assert!(merged(5).is_empty());
    // Assets are asked for where there are any (TC-18).
    let apart = |assets: bool| {
        let told = json!({ "T1-09-1": "2018-11-01", "T1-09-2": "2018-11-01", "T1-09-3": assets });
        lacks("T1-09", "", told)
    };
    assert_eq!(apart(true), ["T1-09-4"]);
    assert!(apart(false).is_empty());
}

#[test]
fn tc_52_three_members_need_a_party_body() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let measure = scheme.measure("T5-02").unwrap();
    let lacks = |members: [i64; 2], kind: &str| {
        let survey = json!({ "SV-70-1": members[0], "SV-70-3": members[1] });
        let told = json!({ "T5-02-1": kind, "T5-02-2": "无", "T5-02-3": "2018-11-15" });
        let item = Item {
            facts: Json(from_value(told).unwrap()),
            ..item()
        };
        !lacking(measure, &item, &from_value(survey).unwrap()).is_empty()
    };
    for (members, kind, refused) in [
        ([3, 3], "contact", true),
        ([3, 3], "own", false),
        ([3, 3], "joint", false),
        ([3, 2], "contact", false),
        ([2, 2], "contact", false),
    ] {
        assert_eq!(lacks(members, kind), refused, "{members:?} {kind}");
    }
}
