//! 退出: 注销、撤销、合并 (SC-12, TC-40, TC-41).

use crate::access::acts::Exits;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, allow_if};

pub(super) fn exits(actor: &Actor, act: Exits, facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        Exits::ExitRead => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        Exits::ExitSave => allow_if(role == Role::UnitClerk && facts.own_unit(actor), ONLY_CLERK),
        Exits::ExitPropose => allow_if(
            role == Role::UnitLeader && facts.own_unit(actor),
            ONLY_LEADER,
        ),
        // Civil affairs decides under its own law, not under the scheme.
        Exits::ExitRefuse | Exits::ExitDecide => allow_if(
            role == Role::CivilReg,
            "只有民政局登记经办人可以登记退出决定。",
        ),
    }
}
