//! Measures that only some associations have: the answer that calls for each.

use serde_json::json;

use super::{has, items_of};

fn person(identity: &str, post: &str, kind: &str) -> serde_json::Value {
    json!({ "SV-60": [{ "key": "1", "name": "某", "identity": identity, "post": post, "kind": kind,
        "is_officer": true, "is_legal_rep": true }] })
}

#[test]
fn each_measure_comes_from_its_answer() {
    let cases = [
        (json!({ "SV-05": "jiaotong" }), "T1-02"),
        (
            json!({ "SV-21": true, "SV-22": [{ "key": "1", "other_name": "甲", "kind": "entrusted" }] }),
            "T1-05-1",
        ),
        (json!({ "SV-30": "merge" }), "T1-06"),
        (
            json!({ "SV-23": true, "SV-24": [{ "key": "1", "name": "甲", "disposition": "merge" }] }),
            "T1-07-1",
        ),
        (
            json!({ "SV-23": true, "SV-24": [{ "key": "1", "name": "甲", "disposition": "transfer" }] }),
            "T1-08-1",
        ),
        (
            json!({ "SV-25": true, "SV-26": [{ "key": "1", "unit": "甲" }] }),
            "T1-09-1",
        ),
        (json!({ "SV-42": false }), "T3-03"),
        (json!({ "SV-43": true }), "T3-04"),
        (json!({ "SV-44": "central" }), "T3-05"),
        (json!({ "SV-65-1": 1 }), "T4-11"),
        (person("institution", "staff", "full"), "T4-12-1"),
        (person("diverted", "staff", "full"), "T4-13-1"),
        (json!({ "SV-80-1": true }), "T5-03"),
        (
            json!({ "SV-82": [{ "key": "1", "matter": "社保代理" }] }),
            "T5-04-1",
        ),
        (
            json!({ "SV-83": [{ "key": "1", "matter": "公章" }] }),
            "T5-05-1",
        ),
        (person("incumbent", "president", "concurrent"), "T6-03"),
        (json!({ "SV-97": ["domicile"] }), "T6-04"),
        (json!({ "SV-97": ["scope"] }), "T6-05"),
        (person("incumbent", "president", "concurrent"), "T6-06"),
    ];
    let none = items_of(json!({ "SV-05": "direct" }));
    for (answer, item) in cases {
        assert!(!none.iter().any(|known| known == item), "{item} unasked");
        assert!(has(answer.clone(), item), "{item} of {answer}");
    }
}
