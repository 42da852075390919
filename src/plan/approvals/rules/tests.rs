use std::collections::BTreeSet;

use serde_json::json;

use crate::access::{Act, Case as _};
use crate::plan::samples::{day, scheme, survey};
use crate::plan::store::Plan;

use super::*;

fn approval(id: i64, code: &str, competence: &str, state: ApprovalState) -> Approval {
    Approval {
        id,
        plan: 1,
        association: AssociationId(1),
        code: code.to_owned(),
        competence: competence.to_owned(),
        department: DepartmentId(1),
        department_name: "财政局".to_owned(),
        state,
        requested_on: Some(day(10, 10)),
        decided_on: None,
        document_number: Some("绿财函〔2018〕5号".to_owned()),
        document_date: None,
        opinion: None,
        conditions: None,
        expires_on: None,
        withdrawn_on: None,
        withdrawn_reason: None,
        withdrawal_settled_on: None,
        withdrawal_settled_reason: None,
        version: 1,
    }
}

fn all(state: ApprovalState) -> (Vec<Demand>, Vec<Approval>) {
    let demands = demanded(&scheme(), &survey(), &Answers::default());
    let approvals = demands
        .iter()
        .zip(1..)
        .map(|(demand, id)| approval(id, &demand.code, &demand.competence, state))
        .collect();
    (demands, approvals)
}

#[test]
fn the_survey_demands_what_it_triggers() {
    let (demands, _) = all(ApprovalState::Required);
    let codes: Vec<String> = demands
        .iter()
        .map(|demand| format!("{}/{}", demand.code, demand.competence))
        .collect();
    assert_eq!(
        codes,
        [
            "PA-2/BB", "PA-3/CZ", "PA-4/CZ", "PA-5/JG", "PA-6/ZZ", "PA-7/ZZ", "PA-7/RS", "PA-9/ZZ",
            "PA-10/CA"
        ]
    );
}

#[test]
fn exceptions_are_demanded_of_the_department_that_verifies_the_item() {
    let mut content = Answers::default();
    let row = |key: &str, item: &str| json!({ "key": key, "item": item, "new_date": "2019-02-01" });
    content.set(
        "PL-14",
        Some(json!([
            row("1", "T3-11-1"),
            row("2", "T3-12"),
            row("3", "T4-01")
        ])),
    );
    let demands = demanded(&scheme(), &Answers::default(), &content);
    let asked: BTreeSet<_> = demands
        .iter()
        .filter(|demand| demand.code == EXCEPTION)
        .map(|demand| demand.competence.as_str())
        .collect();
    assert_eq!(asked, BTreeSet::from(["JG", "ZZ"]));
    let approvals = [
        approval(1, EXCEPTION, "JG", ApprovalState::Approved),
        approval(2, EXCEPTION, "ZZ", ApprovalState::Requested),
    ];
    let granted = exceptions(&scheme(), &content, &approvals, day(10, 12));
    assert_eq!(
        granted.keys().map(String::as_str).collect::<Vec<_>>(),
        ["T3-11-1", "T3-12"]
    );
}

#[test]
fn submitting_waits_for_asking_and_checking_waits_for_approvals() {
    let table = [
        (ApprovalState::Required, false, false),
        (ApprovalState::Requested, true, false),
        (ApprovalState::Approved, true, true),
        (ApprovalState::ApprovedWithConditions, true, true),
        (ApprovalState::Rejected, false, false),
        (ApprovalState::NotNeeded, false, false),
        (ApprovalState::Resting, true, false),
        (ApprovalState::Marked, true, false),
        (ApprovalState::Withdrawn, false, false),
    ];
    for (state, asked, approved) in table {
        let (demands, mut approvals) = all(ApprovalState::Approved);
        approvals[0].state = state;
        assert_eq!(
            all_asked(&scheme(), &demands, &approvals, day(10, 12)).is_ok(),
            asked,
            "{state:?}"
        );
        assert_eq!(
            all_approved(&scheme(), &demands, &approvals, day(10, 12)).is_ok(),
            approved,
            "{state:?}"
        );
    }
    let (demands, mut approvals) = all(ApprovalState::Approved);
    approvals.pop();
    assert!(
        all_asked(&scheme(), &demands, &approvals, day(10, 12)).is_err(),
        "one was never created"
    );
    assert_eq!(unplaced(&scheme(), &demands, &approvals).len(), 1);
}

#[test]
fn an_approval_out_of_force_counts_no_more_and_can_be_asked_for_again() {
    let (demands, mut approvals) = all(ApprovalState::Approved);
    approvals[2].expires_on = Some(day(10, 20));
    assert!(all_approved(&scheme(), &demands, &approvals, day(10, 20)).is_ok());
    assert!(all_approved(&scheme(), &demands, &approvals, day(10, 21)).is_err());
    assert_eq!(to_ask(&demands, &approvals, day(10, 21)), [3]);
}

#[test]
fn tc_66_a_refusal_returns_the_plan_and_what_is_pending_rests() {
    for state in State::ALL {
        let expected =
            matches!(state, State::Submitted | State::UnderReview).then_some(State::Returned);
        assert_eq!(Plan::next(state, Act::PlanReturn), expected, "{state:?}");
    }
    for state in ApprovalState::ALL {
        let expected = if state == ApprovalState::Requested {
            ApprovalState::Resting
        } else {
            state
        };
        assert_eq!(state.in_a_returned_plan(), expected, "{state:?}");
    }
    let (demands, mut approvals) = all(ApprovalState::Requested);
    approvals[0].state = ApprovalState::Approved;
    approvals[1].state = Verdict::Refuse.state();
    for approval in &mut approvals {
        approval.state = approval.state.in_a_returned_plan();
    }
    // Only the refused one is asked for anew; the others go on by themselves.
    assert_eq!(to_ask(&demands, &approvals, day(10, 12)), [2]);
    assert!(all_asked(&scheme(), &demands, &approvals, day(10, 12)).is_err());
    approvals[1].state = ApprovalState::Marked;
    assert!(all_asked(&scheme(), &demands, &approvals, day(10, 12)).is_ok());
    let sent = sending(&demands, &approvals, true);
    assert_eq!(sent.asked, (2..=9).collect::<Vec<i64>>());
    assert_eq!(sent.closed, [0; 0]);
    // What the plan does not call for any more is closed as it is sent.
    let fewer: Vec<Demand> = demands.iter().skip(3).cloned().collect();
    let sent = sending(&fewer, &approvals, true);
    assert_eq!(sent.asked, (4..=9).collect::<Vec<i64>>());
    assert_eq!(sent.closed, [2, 3]);
}

#[test]
fn sending_moves_only_what_waits_for_it() {
    use ApprovalState as At;
    for state in At::ALL {
        for again in [false, true] {
            let waits = state.waits_for_sending();
            let kept = if waits { At::Requested } else { state };
            assert_eq!(state.once_sent(true, again), kept, "{state:?} {again}");
            let asked = state == At::Requested && again;
            let closed = waits || asked || state == At::Required;
            let closed = if closed { At::NotNeeded } else { state };
            assert_eq!(state.once_sent(false, again), closed, "{state:?} {again}");
        }
    }
    // A request of a first draft keeps its clock.
    let (demands, approvals) = all(At::Requested);
    assert_eq!(sending(&demands, &approvals, false), Sent::default());
    // Of a plan returned before requests rested, it begins anew.
    assert_eq!(sending(&demands, &approvals, true).asked.len(), 9);
}

#[test]
fn in_a_plan_with_its_unit_nobody_answers() {
    for state in State::ALL {
        let expected = matches!(
            state,
            State::Draft | State::ForSignature | State::Submitted | State::ChangePending
        );
        assert_eq!(answerable(state), expected, "{state:?}");
    }
}

#[test]
fn every_answer_and_every_asking_is_a_step() {
    let step = |from, act, to| STEPS.contains(&(from, act, to));
    for verdict in Verdict::ALL {
        let to = verdict.state();
        assert!(step(ApprovalState::Requested, Act::ApprovalAnswer, to));
    }
    for state in ApprovalState::ALL {
        let asked = state == ApprovalState::Requested || state.waits_for_sending();
        let to = ApprovalState::Requested;
        assert_ne!(step(state, Act::ApprovalRequest, to), asked, "{state:?}");
        let marked = step(state, Act::ApprovalMark, ApprovalState::Marked);
        assert_ne!(marked, asked, "{state:?}");
        for demanded in [false, true] {
            for again in [false, true] {
                let to = state.once_sent(demanded, again);
                let stays = to == state;
                assert!(stays || step(state, Act::PlanSubmit, to), "{state:?}");
            }
        }
        let withdrawn = ApprovalState::Withdrawn;
        let takes_back = step(state, Act::ApprovalWithdraw, withdrawn);
        assert_eq!(takes_back, state.is_approved(), "{state:?}");
    }
}

#[test]
fn conditions_are_copied_with_their_source() {
    let mut one = approval(1, "PA-4", "CZ", ApprovalState::ApprovedWithConditions);
    one.conditions = Some("2018年已拨2.50万元于10月31日前退回。".to_owned());
    let two = approval(2, "PA-3", "CZ", ApprovalState::Approved);
    assert_eq!(
        conditions(&[one, two], day(10, 24)),
        ["2018年已拨2.50万元于10月31日前退回（财政局，绿财函〔2018〕5号）"]
    );
}

#[test]
fn working_days_leave_out_holidays_and_count_days_made_up() {
    let campaign = scheme().campaign;
    // Friday 28 September to Monday 8 October: 29 and 30 worked, 1 to 5 off.
    assert_eq!(workdays(&campaign, day(9, 28), day(10, 8)), 3);
    assert_eq!(workdays(&campaign, day(10, 12), day(10, 12)), 0);
    assert_eq!(workdays_after(&campaign, day(10, 12), 5), day(10, 19));
}
