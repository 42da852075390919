//! 一会一方案 (scheme 四·2·1; domain 6).

use crate::access::acts::{Act, Plan};
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{
    Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, PLAN_ENDED, allow_if,
    decided_by_office,
};

pub(super) fn plan(actor: &Actor, act: Plan, facts: &Facts) -> Decision {
    if facts.plan_ended && Act::from(act).writes() {
        return Decision::Deny(PLAN_ENDED);
    }
    let role = actor.role();
    let clerk = role == Role::UnitClerk && facts.own_unit(actor);
    let leader = role == Role::UnitLeader && facts.own_unit(actor);
    match act {
        Plan::ApprovalList => allow_if(role.reads_all() || role.is_unit(), NOT_FOR_ROLE),
        Plan::PlanCreate | Plan::PlanSave | Plan::ApprovalRequest => allow_if(clerk, ONLY_CLERK),
        Plan::ApprovalAnswer => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有被报请的部门可以出具审批意见。",
        ),
        Plan::PlanSubmit | Plan::PlanBegin | Plan::ChangeRequest | Plan::ConditionReport => {
            allow_if(leader, ONLY_LEADER)
        }
        Plan::PlanCheck => allow_if(role == Role::OfficeClerk, "只有脱钩办经办人可以受理。"),
        Plan::PlanReturn | Plan::ConditionConfirm | Plan::ConditionReturn => {
            allow_if(role.is_office(), ONLY_OFFICE)
        }
        Plan::PlanApprove
        | Plan::PlanVoid
        | Plan::PlanSuspend
        | Plan::PlanResume
        | Plan::ChangeApprove
        | Plan::ChangeReject
        | Plan::WithdrawalSettle => decided_by_office(actor, facts),
        Plan::ApprovalWithdraw => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有作出审批的部门可以撤回。",
        ),
        Plan::NoticeSend => allow_if(clerk || leader, ONLY_CLERK),
        // 五(二): the notice is the linked department's to read and to answer (TC-50).
        Plan::NoticeRead => allow_if(
            role != Role::Association && role != Role::Superior && role != Role::Sysadmin,
            NOT_FOR_ROLE,
        ),
        Plan::NoticeSign | Plan::NoticeAnswer => {
            allow_if(facts.only_linked(actor), "只有被通报的部门可以签收和回复。")
        }
        Plan::PlanRead => Decision::Allow,
    }
}
