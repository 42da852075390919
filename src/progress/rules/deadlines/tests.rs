use serde_json::json;

use super::{
    Due, GRANTED, LATER, PLAN, REPLY, Reply, STAGE, Steps, Stood, counted, deadline, goes_on,
    later, reason, stood_still, word,
};
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
        .day
    };
    assert_eq!(of("T1-01", "SV-20#1", None), day("2018-10-26"));
    assert_eq!(of("T1-01", "SV-20#2", None), day("2018-11-20"));
    // 办公用房 has its own day, whatever the plan says; only an approval moves it (TC-32, TC-33).
    assert_eq!(of("T3-11", "SV-55#1", None), day("2018-12-31"));
    assert_eq!(
        of("T3-11", "SV-55#1", Some("2019-06-30")),
        day("2019-06-30")
    );
    // A date of the measure's own is not replaced by a step (7.1).
    assert_eq!(of("T2-01", "", None), day("2018-10-19"));
    assert_eq!(of("T1-05", "SV-22#1", None), day("2018-12-31"));
    assert_eq!(of("T6-01", "", None), day("2018-12-31"));
}

#[test]
fn each_deadline_has_its_reason() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    for (measure, by, words) in [
        ("T3-11", "office_space_due", "方案三（三）规定的时限"),
        ("T3-11", GRANTED, "经批准调整的时限"),
        ("T1-01", PLAN, "实施方案确定的完成日期"),
        ("T1-01", "implement_due", "实施阶段截止日期"),
        ("T3-06", "appropriation_stop", "方案三（三）规定的时限"),
        ("T6-01", "registration_due", "登记变更和备案时限"),
    ] {
        let measure = scheme.measure(measure).unwrap();
        assert_eq!(reason(&scheme, measure, by), words, "{by}");
    }
}

/// The scheme after the office has moved the end of implementation.
fn moved(to: &str) -> crate::scheme::Scheme {
    let changes = [("implement_due".to_owned(), json!(to))].into();
    crate::scheme::Scheme::lvyuan_2018()
        .unwrap()
        .under(&changes)
}

#[test]
fn a_step_that_ends_with_the_stage_follows_the_stage_and_an_own_day_stays() {
    let mut plan = Answers::default();
    let row = |key: &str, item: &str, due: &str| json!({ "key": key, "item": item, "due": due });
    plan.set(
        "PL-4",
        Some(json!([
            row("1", "T1-01-1", "2018-11-20"),
            row("2", "T1-01-2", "2018-11-15")
        ])),
    );
    let written = Steps::of_plan(&plan).ending(day("2018-11-20"));
    for (to, own) in [
        ("2018-11-27", PLAN),
        ("2018-11-10", PLAN),
        ("2018-11-15", "implement_due"),
    ] {
        let scheme = moved(to);
        let measure = scheme.measure("T1-01").unwrap();
        let due = |object: &str| {
            let step = written.due(&key("T1-01", object));
            deadline(&scheme, measure, &Answers::default(), step, None)
        };
        assert_eq!(due("SV-20#1"), Due::new(day(to), "implement_due"));
        // Later than the stage or not: it is the plan's day, and is called so.
        assert_eq!(due("SV-20#2"), Due::new(day("2018-11-15"), own));
        let words = reason(&scheme, measure, "implement_due");
        assert_eq!(words, "实施阶段截止日期，原为2018-11-20，经脱钩办调整");
    }
}

#[test]
fn stages_move_and_days_that_the_document_fixes_stay() {
    let scheme = moved("2018-11-27");
    for (name, moves) in [
        ("implement_due", true),
        ("registration_due", true),
        ("office_space_due", false),
        ("plan_submit_due", false),
        ("midterm_due", false),
    ] {
        assert_eq!(scheme.is_stage_date(name), moves, "{name}");
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
    assert_eq!(due, Due::new(day("2018-01-01"), "appropriation_stop"));
}

#[test]
fn dates_of_batch_and_steps_move_by_what_stood_still() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    let stood = Stood { batch: 5, steps: 2 };
    let steps = Steps::of_plan(&plan()).standing(stood);
    for (by, from, to, days) in [
        ("implement_due", "2018-11-20", "2018-11-27", 5),
        (PLAN, "2018-10-26", "2018-10-30", 2),
        // At most to the batch's final day, which its own date is already.
        ("registration_due", "2018-12-31", "2018-12-31", 5),
        // What the document says and what was granted has gone on.
        ("office_space_due", "2018-12-31", "2018-12-31", 0),
        ("appropriation_stop", "2018-01-01", "2018-01-01", 0),
        (GRANTED, "2019-06-30", "2019-06-30", 0),
    ] {
        let due = steps.moved(&scheme.campaign, Due::new(day(from), by));
        assert_eq!((due.day, due.stood), (day(to), days), "{by}");
        assert_eq!(goes_on(by), days == 0, "{by}");
    }
    assert_eq!(stood_still(5), "，暂停顺延5个工作日");
    assert_eq!(stood_still(0), "");
}

#[test]
fn tc_74_no_item_is_born_late_but_by_the_scheme_itself() {
    let scheme = crate::scheme::Scheme::lvyuan_2018().unwrap();
    let given = [("T1-03".to_owned(), day("2018-12-10"))].into();
    let reply = Reply {
        on: day("2018-11-22"),
        given,
    };
    let steps = Steps::of_plan(&plan()).replied(reply);
    for (item, by, from, to) in [
        // The plan gave it twelve working days, from 10-10 to 10-26.
        (key("T1-01", "SV-20#1"), PLAN, "2018-10-26", "2018-12-10"),
        // Nothing but the batch's date: as long as from its replies to that date.
        (
            key("T1-04", ""),
            "implement_due",
            "2018-11-20",
            "2018-12-12",
        ),
        (
            key("T1-03", ""),
            "implement_due",
            "2018-11-20",
            "2018-12-10",
        ),
        (
            key("T2-01", ""),
            "plan_submit_due",
            "2018-10-19",
            "2018-11-27",
        ),
    ] {
        let due = steps.fair(&scheme.campaign, &item, Due::new(day(from), by));
        assert_eq!(due, Due::new(day(to), REPLY), "{}", item.measure);
    }
    for (by, on) in [
        ("appropriation_stop", "2018-01-01"),
        (GRANTED, "2018-11-01"),
        (PLAN, "2018-11-22"),
    ] {
        let due = Due::new(day(on), by);
        assert_eq!(
            steps.fair(&scheme.campaign, &key("T3-06", ""), due.clone()),
            due
        );
    }
    let late = Reply {
        on: day("2018-12-28"),
        ..Reply::default()
    };
    let steps = Steps::of_plan(&plan()).replied(late);
    let due = Due::new(day("2018-11-20"), "implement_due");
    let due = steps.fair(&scheme.campaign, &key("T1-04", ""), due);
    assert_eq!(due.day, scheme.campaign.parameters.batch_final_day);
}

#[test]
fn what_comes_later_says_so_and_how_its_date_was_counted() {
    let campaign = crate::scheme::Scheme::lvyuan_2018().unwrap().campaign;
    for (today, due, by, gives, how) in [
        (
            "2018-11-01",
            "2018-11-20",
            STAGE,
            "批次时限",
            "本批实施阶段的截止日期。",
        ),
        (
            "2018-11-12",
            "2018-11-26",
            LATER,
            "新增事项时限",
            "自登记之日起10个工作日。",
        ),
    ] {
        let found = later(&campaign, day(today));
        assert_eq!(found, Due::new(day(due), by), "{today}");
        assert_eq!(word(&found.by), gives);
        assert_eq!(counted(&campaign, &found.by), how);
    }
}
