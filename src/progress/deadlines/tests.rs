use serde_json::json;

use super::{Steps, deadline, reason};
use crate::progress::rules::samples::day;
use crate::scheme::{Answers, ItemKey};

fn plan() -> Answers {
    let mut plan = Answers::default();
    plan.set(
        "PL-4",
        Some(json!([
            { "key": "1", "item": "T1-01-1", "step": "发文", "start": "2018-10-10", "due": "2018-10-20" },
            { "key": "2", "item": "T1-01-1", "step": "终止", "start": "2018-10-20", "due": "2018-10-26" },
            { "key": "3", "item": "T3-11-1", "step": "腾退", "start": "2018-10-20", "due": "2018-11-15" },
        ])),
    );
    plan
}

fn key(measure: &str, object: &str) -> ItemKey {
    ItemKey {
        measure: measure.into(),
        object: object.into(),
        label: String::new(),
    }
}

#[test]
fn the_last_step_counts() {
    let steps = Steps::of_plan(&plan());
    assert_eq!(steps.due(&key("T1-01", "SV-20#1")), Some(day("2018-10-26")));
    assert_eq!(steps.due(&key("T1-01", "SV-20#2")), None);
}

#[test]
fn exception_law_plan_campaign() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    let steps = Steps::of_plan(&plan());
    let answers = Answers::default();
    let of = |measure: &str, object: &str, exception: Option<&str>| {
        let measure_ = scheme.measure(measure).unwrap();
        deadline(
            &scheme,
            measure_,
            &answers,
            steps.due(&key(measure, object)),
            exception.map(day),
        )
    };
    assert_eq!(of("T1-01", "SV-20#1", None), day("2018-10-26"));
    assert_eq!(of("T1-01", "SV-20#2", None), day("2018-11-20"));
    // 办公用房 has its own day, whatever the plan says; only an approval moves it (TC-32, TC-33).
    assert_eq!(of("T3-11", "SV-55#1", None), day("2018-12-31"));
    assert_eq!(
        of("T3-11", "SV-55#1", Some("2019-06-30")),
        day("2019-06-30")
    );
    // A date of the office's calendar before the plan makes nothing late.
    assert_eq!(of("T2-01", "", None), day("2018-11-20"));
    assert_eq!(of("T6-01", "", None), day("2018-12-31"));
}

#[test]
fn each_deadline_has_its_reason() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    for (measure, due, words) in [
        ("T3-11", "2018-12-31", "方案三（三）规定的时限"),
        ("T3-11", "2019-06-30", "经批准调整的时限"),
        ("T1-01", "2018-10-26", "实施方案确定的完成日期"),
        ("T1-01", "2018-11-20", "实施阶段截止日期"),
        ("T1-01", "2018-12-05", "经批准调整的时限"),
        ("T3-06", "2018-11-20", "方案三（三）规定的时限"),
        ("T6-01", "2018-12-31", "登记变更和备案时限"),
    ] {
        assert_eq!(
            reason(&scheme, scheme.measure(measure).unwrap(), day(due)),
            words,
            "{measure} {due}"
        );
    }
}

#[test]
fn appropriation_paid_in_2018_is_overdue_at_once() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    let measure = scheme.measure("T3-06").unwrap();
    let mut answers = Answers::default();
    answers.set(
        "SV-46",
        Some(json!([{ "key": "1", "year": "2018", "class": "basic", "amount": 2_500_000 }])),
    );
    let due = deadline(&scheme, measure, &answers, Some(day("2018-11-20")), None);
    assert_eq!(due, day("2018-01-01"));
    assert_eq!(reason(&scheme, measure, due), "方案三（三）规定的时限");
}
