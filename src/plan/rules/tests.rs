use proptest::prelude::*;

use crate::access::Case as _;
use crate::plan::approvals::rules::{ApprovalState, Verdict, answerable, asking};
use crate::plan::store::Plan;

use super::*;

/// A plan with three prior approvals, walked by the machine's own rules.
#[derive(Debug, Clone)]
struct Walk {
    state: State,
    approvals: [ApprovalState; 3],
    sent: bool,
}

#[derive(Debug, Clone)]
enum Deed {
    Act(Act),
    Answer(usize, Verdict),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let plan = [
        Act::PlanSave,
        Act::ApprovalRequest,
        Act::ApprovalMark,
        Act::PlanSubmit,
        Act::PlanCheck,
        Act::PlanReturn,
        Act::PlanApprove,
        Act::PlanBegin,
        Act::PlanVoid,
        Act::ChangeRequest,
        Act::ChangeApprove,
        Act::ChangeReject,
    ];
    prop_oneof![
        4 => (0..plan.len()).prop_map(move |index| Deed::Act(plan[index])),
        1 => (0..Act::ALL.len()).prop_map(|index| Deed::Act(Act::ALL[index])),
        4 => (0_usize..3, prop_oneof![4 => Just(Verdict::Agree), 2 => Just(Verdict::OnConditions), 1 => Just(Verdict::Refuse)])
            .prop_map(|(which, verdict)| Deed::Answer(which, verdict)),
    ]
}

impl Walk {
    fn guarded(&self, act: Act) -> bool {
        match act {
            Act::ApprovalRequest | Act::ApprovalMark => act == asking(self.sent),
            Act::PlanSubmit => self.approvals.iter().all(|state| {
                let asked = *state == ApprovalState::Requested || state.waits_for_sending();
                asked || state.is_approved()
            }),
            Act::PlanCheck | Act::PlanApprove => {
                self.approvals.iter().all(|state| state.is_approved())
            }
            _ => true,
        }
    }

    fn perform(&mut self, deed: &Deed) -> bool {
        match deed {
            Deed::Act(act) => {
                let Some(to) = Plan::next(self.state, *act).filter(|_| self.guarded(*act)) else {
                    return false;
                };
                for state in &mut self.approvals {
                    *state = match *act {
                        Act::ApprovalRequest if !state.is_approved() => ApprovalState::Requested,
                        Act::ApprovalMark if *state == ApprovalState::Rejected => {
                            ApprovalState::Marked
                        }
                        Act::PlanReturn | Act::PlanVoid | Act::PlanRecall | Act::SignatureVoid => {
                            state.in_a_returned_plan()
                        }
                        Act::PlanSubmit => state.once_sent(true, self.sent),
                        _ => *state,
                    };
                }
                self.sent = self.sent || *act == Act::PlanSubmit;
                self.state = to;
            }
            Deed::Answer(which, verdict) => {
                if self.approvals[*which] != ApprovalState::Requested || !answerable(self.state) {
                    return false;
                }
                self.approvals[*which] = verdict.state();
                let back = Plan::next(self.state, Act::PlanReturn);
                if let Some(to) = back.filter(|_| *verdict == Verdict::Refuse) {
                    self.approvals = self.approvals.map(ApprovalState::in_a_returned_plan);
                    self.state = to;
                }
            }
        }
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn random_walks_keep_the_rules(deeds in proptest::collection::vec(any_deed(), 1..60)) {
        let mut walk = Walk { state: State::Draft, approvals: [ApprovalState::Required; 3], sent: false };
        let (mut submitted, mut checked) = (false, false);
        for deed in &deeds {
            let before = walk.clone();
            if !walk.perform(deed) {
                prop_assert_eq!(walk.state, before.state);
                continue;
            }
            submitted = (submitted || walk.state == State::Submitted) && !walk.state.is_open();
            checked = (checked || walk.state == State::UnderReview) && !matches!(walk.state, State::Draft | State::Returned | State::Submitted);
            // Nobody decides on what was not sent and checked.
            prop_assert!(!matches!(walk.state, State::Approved | State::Implementing) || (submitted && checked));
            // No open prior approval from the check on.
            let open = !walk.approvals.iter().all(|state| state.is_approved());
            prop_assert!(!open || !(walk.state == State::UnderReview || walk.state.is_replied()));
            // TC-66: what was refused is with the unit.
            if matches!(deed, Deed::Answer(_, Verdict::Refuse)) && before.state != State::ChangePending {
                prop_assert!(walk.state.is_open());
            }
            // FD-4: a plan that was sent and is with its unit again asks nobody; one with the
            // office has nothing that waits for its sending.
            let asks = |wanted: fn(ApprovalState) -> bool| walk.approvals.iter().any(|state| wanted(*state));
            prop_assert!(!(walk.sent && walk.state.is_open() && asks(|state| state == ApprovalState::Requested)));
            prop_assert!(walk.state != State::Submitted || !asks(ApprovalState::waits_for_sending));
            // A reply is taken back only as void, and only before it is carried out.
            let void = matches!(deed, Deed::Act(Act::PlanVoid));
            let left = walk.state == State::Terminated;
            prop_assert!(!before.state.is_replied() || walk.state.is_replied() || left || (void && before.state == State::Approved));
            // What is carried out stays so, with a change or without.
            prop_assert!(!before.state.is_carried_out() || walk.state.is_carried_out() || walk.state == State::Closed || left);
            // What is with the office is not rewritten.
            prop_assert!(!matches!(deed, Deed::Act(Act::PlanSave)) || before.state.is_open());
        }
    }
}

#[test]
fn every_state_but_the_closed_can_still_be_carried_out() {
    for start in State::ALL
        .into_iter()
        .filter(|state| !matches!(state, State::Closed | State::Terminated))
    {
        let mut reached = vec![start];
        while let Some(more) = STEPS
            .iter()
            .find(|(from, _, to)| reached.contains(from) && !reached.contains(to))
            .map(|(_, _, to)| *to)
        {
            reached.push(more);
        }
        assert!(reached.contains(&State::Implementing), "{start:?}");
    }
}

#[test]
fn one_act_leads_to_one_state() {
    for (index, (from, act, _)) in STEPS.iter().enumerate() {
        let twice = STEPS
            .iter()
            .skip(index + 1)
            .any(|(other, same, _)| other == from && same == act);
        assert!(!twice, "{from:?} {act:?}");
    }
}

#[test]
fn no_two_states_have_one_label() {
    let mut labels: Vec<&str> = State::ALL.iter().map(|state| state.label()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), State::ALL.len());
}

#[test]
fn nothing_moves_in_a_suspension_but_its_end() {
    for act in Act::ALL {
        assert_eq!(
            held_up(true, *act),
            !matches!(*act, Act::PlanResume | Act::ExitDecide | Act::RosterAmend)
        );
        assert_eq!(held_up(false, *act), *act == Act::PlanResume);
    }
}
