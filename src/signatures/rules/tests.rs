use serde_json::json;

use crate::scheme::{Answers, Scheme};

use super::{Content, Kind};

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn answers(value: serde_json::Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

#[test]
fn every_kind_has_an_act_a_state_and_a_way_back_or_something_held_up() {
    for kind in Kind::ALL {
        let told = kind.told();
        assert!(!told.acts.is_empty() && !told.states.is_empty(), "{kind:?}");
        assert!(!told.about.is_empty(), "{kind:?}");
        assert_ne!(told.back.is_none(), told.holds_up.is_empty(), "{kind:?}");
    }
}

#[test]
fn what_is_of_persons_stands_apart_and_counts() {
    let scheme = scheme();
    let of = |name: &str| {
        let people = answers(json!({ "PL-10": [
            { "key": "1", "person": name, "category": "任职的在职公务员", "disposition": "离开", "due": "2018-11-20" },
        ] }));
        Content::default().answer(&scheme, ("PL-10", &people), |_| true)
    };
    let (before, after) = (of("李某"), of("张某"));
    assert!(!json!(before.open).to_string().contains("李某"));
    assert_eq!(before.open, after.open);
    assert_eq!(before.differing(&after), ["PL-10"]);
    assert_ne!(before.canonical(), after.canonical());
    assert_eq!(before.answers(false).rows("PL-10")[0].text("person"), None);
    assert_eq!(
        before.answers(true).rows("PL-10")[0].text("person"),
        Some("李某")
    );
}

#[test]
fn values_are_compared_and_not_how_they_were_written() {
    let scheme = scheme();
    let of = |value: serde_json::Value| {
        Content::default().answer(&scheme, ("PL-11", &answers(value)), |_| true)
    };
    let written = of(json!({ "PL-11": [
        { "key": "1", "object": "312室", "disposition": "清理腾退", "due": "2018-12-31", "owner": "" },
    ] }));
    let again = of(json!({ "PL-11": [
        { "owner": null, "due": "2018-12-31", "disposition": "清理腾退", "object": "312室", "key": "1" },
    ] }));
    assert_eq!(written, again);
    assert_eq!(written.canonical(), again.canonical());
    assert!(written.differing(&again).is_empty());
    assert_ne!(of(json!({ "PL-11": [] })), of(json!({})));
    assert_eq!(
        Kind::Approval.labels(&scheme, &["PL-11".to_owned()]),
        "资产与办公用房处置"
    );
}
