use super::Facts;
use crate::access::acts::Act;
use crate::access::policy::{Decision, decide};
use crate::access::{Actor, Capacity, Role};
use crate::ids::{AccountId, AssociationId, CapacityId, DepartmentId};

/// Acts that are about no unit's matter.
fn is_housekeeping(act: Act) -> bool {
    let name = act.name();
    [
        "account.",
        "department.",
        "settings.",
        "calendar.",
        "delegation.",
        "reminder.",
        "order.",
    ]
    .iter()
    .any(|room| name.starts_with(room))
        && act != Act::OrderSign
}

fn may(role: Role, act: Act, own: bool) -> bool {
    let capacity = Capacity {
        id: CapacityId(1),
        department: DepartmentId(1),
        department_name: String::new(),
        role,
        association: (role == Role::Association).then_some(AssociationId(7)),
        association_name: None,
        on_behalf_of: None,
    };
    let actor = Actor {
        account: AccountId(1),
        username: String::new(),
        name: String::new(),
        held: vec![capacity.clone()],
        capacity,
        must_change_password: false,
    };
    let facts = Facts {
        association: Some(AssociationId(7)),
        unit: Some(DepartmentId(if own { 1 } else { 2 })),
        asked: Some(DepartmentId(1)),
        verifiers: ["BB", "CZ", "JG", "ZZ", "RS", "CA"]
            .map(str::to_owned)
            .into(),
        ..Facts::default()
    };
    decide(&actor, act, &facts) == Decision::Allow
}

/// What a unit's clerk may not do, but its leader, the office or a department may.
fn signs_off(act: Act) -> bool {
    let above = Role::ALL.iter().any(|role| {
        let own = role.is_unit();
        *role != Role::UnitClerk && *role != Role::Association && may(*role, act, own)
    });
    act.writes()
        && above
        && !may(Role::UnitClerk, act, true)
        && !may(Role::Association, act, false)
        && !is_housekeeping(act)
}

#[test]
fn every_act_that_signs_or_decides_knows_what_prepares_it() {
    let mut wrong = Vec::new();
    for act in Act::ALL.iter().copied() {
        let (prepared, whole) = (!act.after().is_empty(), act.alone().is_some());
        if signs_off(act) && whole == prepared {
            wrong.push(format!("{act:?}: prepared {prepared}, whole {whole}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_prepares_is_a_change_and_not_the_act_itself() {
    for act in Act::ALL.iter().copied() {
        for draft in act.after() {
            assert!(draft.writes() && *draft != act, "{act:?} {draft:?}");
        }
    }
}
