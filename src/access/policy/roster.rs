//! 脱钩名单 (scheme 四·1·2; domain 5).

use crate::access::acts::Roster;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, ONLY_OFFICE_LEADER, allow_if, decided_by_office};

pub(super) fn roster(actor: &Actor, act: Roster, facts: &Facts) -> Decision {
    let role = actor.role();
    let own = facts.unit == Some(actor.department());
    match act {
        // Anybody who signs in may read the published list; a unit's recommendation
        // is for the unit and for those who read everything (TC-71).
        Roster::RosterRead => {
            let published = facts.unit.is_none();
            allow_if(
                role != Role::Sysadmin && (published || role.is_unit() || role.reads_all()),
                NOT_FOR_ROLE,
            )
        }
        Roster::RosterSave => allow_if(
            role == Role::UnitClerk && own,
            "只有本单位经办人可以填写推荐名单。",
        ),
        Roster::RosterSubmit => allow_if(
            role == Role::UnitLeader && own,
            "只有本单位负责人可以报送推荐名单。",
        ),
        Roster::RosterReturn
        | Roster::RosterPreview
        | Roster::ObjectionRecord
        | Roster::ObjectionAttach
        | Roster::ObjectionAnswer => allow_if(role.is_office(), ONLY_OFFICE),
        // Who objects is not everybody's to know.
        Roster::ObjectionRead => allow_if(
            role.is_office() || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Ndrc),
            NOT_FOR_ROLE,
        ),
        Roster::RosterPublish => allow_if(role == Role::OfficeLeader, ONLY_OFFICE_LEADER),
        Roster::AmendmentRead => allow_if(role.is_unit() || role.reads_all(), NOT_FOR_ROLE),
        // Domain 2.2, published list: the office's clerk prepares, its head decides (LI-9).
        Roster::AmendmentSave | Roster::AmendmentAttach | Roster::AmendmentDetach => allow_if(
            (role == Role::UnitClerk && facts.own_unit(actor)) || role == Role::OfficeClerk,
            "只有该协会业务主管单位的经办人和脱钩办经办人可以填写名单调整申请。",
        ),
        Roster::AmendmentPropose => allow_if(
            (role == Role::UnitLeader && facts.own_unit(actor)) || role == Role::OfficeClerk,
            "只有该协会业务主管单位的负责人和脱钩办经办人可以报送名单调整申请。",
        ),
        Roster::RosterOverride
        | Roster::RosterApprove
        | Roster::RosterAmend
        | Roster::AmendmentRefuse => decided_by_office(actor, facts),
    }
}
