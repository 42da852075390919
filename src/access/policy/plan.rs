//! 一会一方案 (scheme 四·2·1; domain 6).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{
    Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, PLAN_ENDED, allow_if,
    decided_by_office,
};

pub(super) fn plan(actor: &Actor, act: Act, facts: &Facts) -> Decision {
    if facts.plan_ended && act.writes() {
        return Decision::Deny(PLAN_ENDED);
    }
    let role = actor.role();
    let clerk = role == Role::UnitClerk && facts.own_unit(actor);
    let leader = role == Role::UnitLeader && facts.own_unit(actor);
    match act {
        Act::ApprovalList => allow_if(role.reads_all() || role.is_unit(), NOT_FOR_ROLE),
        Act::PlanCreate | Act::PlanSave | Act::ApprovalRequest => allow_if(clerk, ONLY_CLERK),
        Act::ApprovalAnswer => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有被报请的部门可以出具审批意见。",
        ),
        Act::PlanSubmit | Act::PlanBegin | Act::ChangeRequest | Act::ConditionReport => {
            allow_if(leader, ONLY_LEADER)
        }
        Act::PlanCheck => allow_if(role == Role::OfficeClerk, "只有脱钩办经办人可以受理。"),
        Act::PlanReturn | Act::ConditionConfirm | Act::ConditionReturn => {
            allow_if(role.is_office(), ONLY_OFFICE)
        }
        Act::PlanApprove
        | Act::PlanVoid
        | Act::PlanSuspend
        | Act::PlanResume
        | Act::ChangeApprove
        | Act::ChangeReject
        | Act::WithdrawalSettle => decided_by_office(actor, facts),
        Act::ApprovalWithdraw => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有作出审批的部门可以撤回。",
        ),
        Act::NoticeSend => allow_if(clerk || leader, ONLY_CLERK),
        // 五(二): the notice is the linked department's to read and to answer (TC-50).
        Act::NoticeRead => allow_if(
            role != Role::Association && role != Role::Superior && role != Role::Sysadmin,
            NOT_FOR_ROLE,
        ),
        Act::NoticeSign | Act::NoticeAnswer => {
            allow_if(facts.only_linked(actor), "只有被通报的部门可以签收和回复。")
        }
        _ => Decision::Allow,
    }
}
