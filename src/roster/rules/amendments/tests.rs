use super::{AmendmentKind, Ended, Standing, base_moved};
use crate::registry::rules::{Scope, Stage};
use crate::roster::rules::requests::Change;

fn standing() -> Standing {
    Standing {
        id: 1,
        name: "甲协会".to_owned(),
        unit: "工信局".to_owned(),
        scope: Scope::In,
        version: 1,
        stage: Stage::SurveyConfirmed,
        listed: false,
        exited: false,
        new: false,
        appropriation: Some(false),
        published: true,
        ended: None,
        asked: None,
    }
}

#[test]
fn an_amendment_is_called_after_what_it_does() {
    assert_eq!(AmendmentKind::of(0, 0, 0), None);
    assert_eq!(AmendmentKind::of(2, 0, 0), Some(AmendmentKind::Add));
    assert_eq!(AmendmentKind::of(0, 1, 0), Some(AmendmentKind::Withdraw));
    assert_eq!(AmendmentKind::of(1, 1, 0), Some(AmendmentKind::Adjust));
    assert_eq!(AmendmentKind::of(0, 0, 3), Some(AmendmentKind::Correct));
    assert_eq!(AmendmentKind::of(1, 0, 1), Some(AmendmentKind::Adjust));
}

#[test]
fn tc_17_appropriation_found_later_makes_an_addition_due() {
    assert!(!standing().must_be_added());
    let found = Standing {
        appropriation: Some(true),
        ..standing()
    };
    assert!(found.must_be_added());
    // Not where the law of the list does not reach: out of scope, gone, new, listed.
    for other in [
        Standing {
            scope: Scope::Defer,
            ..found.clone()
        },
        Standing {
            exited: true,
            ..found.clone()
        },
        Standing {
            new: true,
            ..found.clone()
        },
        Standing {
            listed: true,
            ..found.clone()
        },
        Standing {
            appropriation: None,
            ..found
        },
    ] {
        assert!(!other.must_be_added(), "{other:?}");
    }
}

#[test]
fn what_is_listed_can_be_withdrawn_and_with_a_plan_only_on_request() {
    let listed = Standing {
        listed: true,
        stage: Stage::Listed,
        ..standing()
    };
    assert!(listed.may_be_withdrawn());
    let exited = Standing {
        exited: true,
        ..listed.clone()
    };
    let planned = Standing {
        stage: Stage::PlanDraft,
        ..listed.clone()
    };
    let mandatory = Standing {
        appropriation: Some(true),
        ..listed.clone()
    };
    for other in [exited, planned, mandatory.clone()] {
        assert!(!other.may_be_withdrawn(), "{other:?}");
    }
    let out = Standing {
        scope: Scope::Out,
        ..mandatory
    };
    assert!(out.may_be_withdrawn());
}

#[test]
fn a_plan_ends_only_where_somebody_else_has_asked_for_it() {
    let planned = Standing {
        listed: true,
        stage: Stage::Implementing,
        ..standing()
    };
    assert_eq!(planned.askable(), Ok(Change::Withdrawn));
    assert!(!planned.may_be_withdrawn());
    let asked = Standing {
        asked: Some(Change::Withdrawn),
        ..planned.clone()
    };
    assert!(asked.may_be_withdrawn());
    // What is closed is done, and what was broken off does not come back (6.3).
    let closed = Standing {
        ended: Some(Ended::Closed),
        ..asked
    };
    assert!(!closed.may_be_withdrawn() && closed.askable().is_err());
    let back = Standing {
        ended: Some(Ended::Terminated),
        ..standing()
    };
    assert!(standing().askable() == Ok(Change::Added) && back.askable().is_err());
    assert!(!back.may_be_added());
}

#[test]
fn a_decision_stands_while_its_base_stands() {
    assert!(!base_moved(&[1, 2], &[2, 1]));
    assert!(base_moved(&[1, 2], &[1]));
    assert!(base_moved(&[1], &[1, 2]));
}
