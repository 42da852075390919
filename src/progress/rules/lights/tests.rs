use crate::words::Mark;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::{Light, all_at_rest, at_rest, late, light, of_counters, still, worst};
use crate::progress::rules::samples::{day, item};
use crate::progress::rules::{Item, ItemState};

const WARN: i64 = 7;

fn on(text: &str, state: ItemState) -> Light {
    light(&Item { state, ..item() }, day(text), WARN)
}

#[test]
fn tc_69_the_day_itself_is_not_overdue() {
    // The sample is due on 2018-11-20.
    assert_eq!(on("2018-11-19", ItemState::Open).word(), "临期，还有1天");
    assert_eq!(on("2018-11-20", ItemState::Open).word(), "临期，今天截止");
    assert_eq!(on("2018-11-21", ItemState::Open), Light::Overdue(1));
    assert_eq!(on("2018-11-23", ItemState::Returned).word(), "逾期3天");
}

#[test]
fn the_table_of_9_2() {
    for (today, state, mark) in [
        ("2018-11-12", ItemState::Open, Mark::Going),
        ("2018-11-13", ItemState::Open, Mark::Soon),
        ("2018-12-31", ItemState::Exempted, Mark::Void),
        ("2018-12-31", ItemState::NotApplicable, Mark::Void),
    ] {
        assert_eq!(on(today, state).mark(), mark, "{today} {state:?}");
    }
}

#[test]
fn tc_44_the_unit_is_measured_by_its_report() {
    let verified = |reported: Option<&str>, resolved: &str| Item {
        state: ItemState::Verified,
        reported_on: reported.map(day),
        resolved_on: Some(day(resolved)),
        ..item()
    };
    let slow_verifier = verified(Some("2018-11-19"), "2018-11-26");
    assert_eq!(
        light(&slow_verifier, day("2018-11-30"), WARN),
        Light::OnTime
    );
    assert!(!late(&slow_verifier));
    let slow_unit = verified(Some("2018-11-21"), "2018-11-21");
    assert_eq!(
        light(&slow_unit, day("2018-11-30"), WARN).word(),
        "逾期完成"
    );
    assert_eq!(
        light(&verified(None, "2018-11-20"), day("2018-11-30"), WARN),
        Light::OnTime
    );
    assert_eq!(
        light(&verified(None, "2018-11-21"), day("2018-11-30"), WARN).mark(),
        Mark::DoneLate
    );
}

#[test]
fn tc_73_what_was_reported_in_time_waits_for_the_verifier() {
    let campaign = crate::scheme::Scheme::lvyuan_2018().unwrap().campaign;
    let reported = |on: &str, again: Option<&str>| Item {
        state: ItemState::ReportedDone,
        reported_on: Some(day(on)),
        again_on: again.map(day),
        ..item()
    };
    for (item, today, mark, word, whose) in [
        (
            reported("2018-11-19", None),
            "2018-11-20",
            Mark::Going,
            "待核实",
            None,
        ),
        (
            reported("2018-11-20", None),
            "2018-11-28",
            Mark::Going,
            "待核实",
            Some("责任单位按期报送；核实单位超过时限1天"),
        ),
        (
            reported("2018-11-22", None),
            "2018-11-30",
            Mark::Late,
            "逾期2天报送，待核实",
            Some("超过时限的是责任单位"),
        ),
        // Sent back on the 20th, with three working days more.
        (
            reported("2018-11-23", Some("2018-11-23")),
            "2018-11-23",
            Mark::Going,
            "待核实",
            None,
        ),
        (
            reported("2018-11-24", Some("2018-11-23")),
            "2018-11-24",
            Mark::Late,
            "逾期1天报送，待核实",
            Some("超过时限的是责任单位"),
        ),
    ] {
        let today = day(today);
        let light = light(&item, today, WARN);
        assert_eq!((light.mark(), light.word().as_str()), (mark, word));
        assert_eq!(super::whose(&item, &campaign, today).as_deref(), whose);
        let verified = Item {
            state: ItemState::Verified,
            resolved_on: Some(day("2018-12-20")),
            ..item
        };
        assert_eq!(late(&verified), mark == Mark::Late, "{word}");
    }
}

#[test]
fn a_report_made_in_time_and_sent_back_has_three_working_days_after_each_return() {
    let campaign = crate::scheme::Scheme::lvyuan_2018().unwrap().campaign;
    let reported = |on: &str, again: Option<&str>| Item {
        reported_on: Some(day(on)),
        again_on: again.map(day),
        ..item()
    };
    for (item, returned, until) in [
        (
            reported("2018-11-19", None),
            "2018-11-21",
            Some("2018-11-26"),
        ),
        (
            reported("2018-11-26", Some("2018-11-26")),
            "2018-11-27",
            Some("2018-11-30"),
        ),
        (
            reported("2018-11-27", Some("2018-11-26")),
            "2018-11-28",
            Some("2018-11-26"),
        ),
        (reported("2018-11-21", None), "2018-11-22", None),
        // An exemption that was refused was no report.
        (item(), "2018-11-22", None),
    ] {
        assert_eq!(item.sent_back(&campaign, day(returned)), until.map(day));
    }
}

#[test]
fn an_association_is_as_bad_as_its_worst_item() {
    let today = day("2018-11-22");
    let with = |state, mandatory| Item {
        state,
        mandatory,
        resolved_on: Some(today),
        reported_on: Some(today),
        ..item()
    };
    let open = with(ItemState::Open, true);
    let done = with(ItemState::Verified, true);
    assert_eq!(worst(&[], today, WARN), Light::NotApplicable);
    assert_eq!(
        worst(
            &[done.clone(), with(ItemState::Exempted, true)],
            today,
            WARN
        )
        .mark(),
        Mark::Done
    );
    assert_eq!(worst(&[done.clone(), open], today, WARN), Light::Overdue(2));
    let all = worst(&[done, with(ItemState::Open, false)], today, WARN);
    assert_eq!((all.mark(), all.word().as_str()), (Mark::Done, "全部完成"));
}

fn any_item() -> impl Strategy<Value = Item> {
    (
        0..ItemState::ALL.len(),
        0_u64..60,
        any::<bool>(),
        proptest::option::of(0_u64..60),
    )
        .prop_map(|(state, due, mandatory, reported)| {
            let first = day("2018-10-01");
            let state = *ItemState::ALL.get(state).unwrap();
            Item {
                state,
                mandatory,
                deadline: first + Days::new(due),
                reported_on: (reported
                    .or_else(|| (state == ItemState::ReportedDone).then_some(30)))
                .map(|days| first + Days::new(days)),
                resolved_on: state.resolved().then(|| first + Days::new(30)),
                ..item()
            }
        })
}

proptest! {
    #[test]
    fn counters_mean_the_same(items in proptest::collection::vec(any_item(), 0..12), days in 0_u64..90) {
        let today: NaiveDate = day("2018-09-15") + Days::new(days);
        let counted: Vec<&Item> = items.iter().filter(|item| item.mandatory && item.state != ItemState::NotApplicable).collect();
        let count = |fits: &dyn Fn(&Item) -> bool| i64::try_from(counted.iter().filter(|item| fits(item)).count()).unwrap();
        let counts = (
            count(&|_| true),
            count(&|item| item.state.resolved()),
            count(&|item| item.state == ItemState::ReportedDone),
        );
        let owed = |item: &&&Item| !(item.state.resolved() || item.state == ItemState::ReportedDone && item.reported_in_time());
        let next = counted.iter().filter(owed).map(|item| item.owed_on()).min();
        let (one, other) = (worst(&items, today, WARN), of_counters(counts, next, today, WARN));
        prop_assert_eq!(one.mark(), other.mark());
        if let Light::Overdue(_) = one {
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn overdue_counts_whole_days(item in any_item(), days in 0_u64..90) {
        let today = day("2018-09-15") + Days::new(days);
        match light(&item, today, WARN) {
            Light::Overdue(days) => prop_assert_eq!(days, (today - item.deadline).num_days()),
            Light::DueSoon(left) => prop_assert!((0..=WARN).contains(&left)),
            Light::OnTrack => prop_assert!((item.deadline - today).num_days() > WARN),
            Light::OnTime | Light::Late => prop_assert!(item.state.resolved()),
            Light::AllResolved => prop_assert!(false, "only of many items"),
            Light::Still(_) => prop_assert!(false, "only of what stands still"),
            Light::Waiting => prop_assert!(item.state == ItemState::ReportedDone && item.reported_on <= Some(item.deadline)),
            Light::Beyond => prop_assert!(false, "it has a date"),
            Light::ReportedLate(days) => prop_assert!(days > 0 && item.state == ItemState::ReportedDone),
            Light::Exempted | Light::NotApplicable => prop_assert!(!item.state.resolved() || item.state == ItemState::Exempted),
        }
    }
}

#[test]
fn what_stands_still_is_neither_late_nor_near() {
    for (today, state, due_by, word) in [
        ("2018-11-12", ItemState::Open, "plan", "暂停办理"),
        ("2018-12-20", ItemState::Open, "plan", "暂停办理"),
        (
            "2018-12-20",
            ItemState::Returned,
            "implement_due",
            "暂停办理",
        ),
        (
            "2018-11-20",
            ItemState::Open,
            "office_space_due",
            "暂停办理",
        ),
        (
            "2018-11-21",
            ItemState::Open,
            "office_space_due",
            "暂停办理·已过《方案》时限",
        ),
        (
            "2018-11-21",
            ItemState::Returned,
            "granted",
            "暂停办理·已过《方案》时限",
        ),
        ("2018-12-20", ItemState::Exempted, "plan", "依法保留"),
    ] {
        let item = Item {
            state,
            due_by: due_by.to_owned(),
            ..item()
        };
        let light = at_rest(&item, day(today));
        assert_eq!(light.word(), word, "{today} {state:?} {due_by}");
        assert_eq!(light.mark(), Mark::Void, "{today} {state:?}");
    }
    let fixed = Item {
        due_by: "office_space_due".to_owned(),
        ..item()
    };
    let items = [item(), fixed];
    for (today, past) in [("2018-11-20", false), ("2018-11-21", true)] {
        let today = day(today);
        assert_eq!(all_at_rest(&items, today), Light::Still(past));
        assert_eq!(still(Some(day("2018-11-20")), today), Light::Still(past));
        assert_eq!(all_at_rest(&items[..1], today), Light::Still(false));
        assert_eq!(still(None, today), Light::Still(false));
    }
}
