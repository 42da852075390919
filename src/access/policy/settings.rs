//! 参数与代行 (domain 0.3; TC-51, TC-63).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE_LEADER, allow_if};

pub(super) fn settings(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        // Domain 2.2, row Parameters.
        Act::SettingsRead => allow_if(
            role.is_unit()
                || role.is_office()
                || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Sysadmin),
            NOT_FOR_ROLE,
        ),
        _ => Decision::Deny(ONLY_OFFICE_LEADER),
    }
}
