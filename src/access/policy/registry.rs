//! Register, ties and scope (scheme 二; domain 3).

use crate::access::acts::Registry;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, allow_if, decided_by_office};

pub(super) fn registry(actor: &Actor, act: Registry, facts: &Facts) -> Decision {
    let role = actor.role();
    let keeps = role == Role::CivilReg || (role == Role::UnitClerk && facts.own_unit(actor));
    match act {
        Registry::RegistryList => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        Registry::AssociationCreate => allow_if(
            matches!(role, Role::CivilReg | Role::UnitClerk),
            "只有业务主管单位经办人和登记管理机关经办人可以登记协会。",
        ),
        Registry::AssociationCorrect => allow_if(keeps || role == Role::OfficeClerk, ONLY_CLERK),
        Registry::TieAdd | Registry::TieEnd => allow_if(
            role.is_unit() && facts.own_unit(actor),
            "只有业务主管单位可以登记关系。",
        ),
        Registry::ScopePropose => {
            allow_if(role == Role::UnitClerk && facts.own_unit(actor), ONLY_CLERK)
        }
        // TC-62: the certificate is civil affairs'; the office's head may put it on record.
        Registry::UnitChange => allow_if(
            matches!(role, Role::CivilReg | Role::OfficeLeader),
            "只有民政局登记经办人和脱钩办负责人可以变更业务主管单位。",
        ),
        Registry::FoundingSave => allow_if(
            role == Role::CivilReg,
            "只有民政局登记经办人可以作新设立核查。",
        ),
        Registry::ScopeDecide => decided_by_office(actor, facts),
        Registry::AssociationRead | Registry::HistoryRead | Registry::FoundingRead => {
            Decision::Allow
        }
    }
}
