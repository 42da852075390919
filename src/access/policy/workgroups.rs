//! 脱钩改革工作组、联络员、风险预案 (scheme 五(二), 六; PH-01 to PH-04).

use crate::access::acts::Workgroups;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, allow_if};

pub(super) fn workgroups(actor: &Actor, act: Workgroups, facts: &Facts) -> Decision {
    let role = actor.role();
    let own = facts.unit == Some(actor.department());
    match act {
        Workgroups::WorkgroupRead => allow_if(role.is_unit() || role.reads_all(), NOT_FOR_ROLE),
        Workgroups::WorkgroupSave => allow_if(
            role == Role::UnitClerk && own,
            "只有本单位经办人可以填写工作组材料。",
        ),
        // Invariant (a): the leader reports, the clerk never does.
        Workgroups::WorkgroupReport => allow_if(
            role == Role::UnitLeader && own,
            "只有本单位负责人可以报送工作组材料。",
        ),
        Workgroups::WorkgroupNote | Workgroups::WorkgroupReturn => {
            allow_if(role.is_office(), ONLY_OFFICE)
        }
    }
}
