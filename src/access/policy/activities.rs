//! 重大业务活动 (scheme 五(三); MA-1 to MA-3).

use crate::access::acts::Activities;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if, decided_by_office};

pub(super) fn activities(actor: &Actor, act: Activities, facts: &Facts) -> Decision {
    let role = actor.role();
    let own = facts.own_unit(actor);
    match act {
        Activities::ActivityRead => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        // Domain 2.2: DC CRU, AS C S; an association sees only its own.
        Activities::ActivitySave | Activities::ActivityNote | Activities::ActivityFinish => {
            allow_if(
                role == Role::Association || (role == Role::UnitClerk && own),
                "只有协会和该协会业务主管单位的经办人可以登记重大业务活动。",
            )
        }
        Activities::ActivityApprove | Activities::ActivityReturn => allow_if(
            role == Role::UnitLeader && own,
            "只有该协会业务主管单位的负责人可以审批重大业务活动。",
        ),
        Activities::ActivityAllow | Activities::ActivityRefuse => decided_by_office(actor, facts),
    }
}
