//! Who is signed in, as the head of a page says it.

use crate::access::{Act, Actor, Role};

use super::menu::may_open;

/// Who is signed in, for the head of the page.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The person.
    pub name: String,
    /// The department.
    pub department: String,
    /// The role.
    pub role: &'static str,
    /// In whose name they act: 区交通运输局·经办人, or their association's name.
    pub place: String,
    /// There are other capacities to switch to.
    pub can_switch: bool,
    /// There are delegations to look at.
    pub delegations: bool,
}

impl Identity {
    pub(super) fn of(actor: &Actor) -> Self {
        let department = actor.capacity.department_name.clone();
        let role = actor.role().label();
        Self {
            name: actor.name.clone(),
            place: place(actor),
            department,
            role,
            can_switch: actor.held.len() > 1,
            delegations: may_open(actor, Act::DelegationRead),
        }
    }
}

/// An association is not shown under the name of the office that it is to be cut from.
fn place(actor: &Actor) -> String {
    let capacity = &actor.capacity;
    match &capacity.association_name {
        Some(name) if actor.role() == Role::Association => name.clone(),
        _ => format!("{}·{}", capacity.department_name, actor.role().label()),
    }
}
