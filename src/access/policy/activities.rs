//! 重大业务活动 (scheme 五(三); MA-1 to MA-3).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if, decided_by_office};

acts! {
    /// 重大业务活动 (scheme 五(三); MA-1 to MA-3).
    Activities {
        ActivityRead = "activity.read", "查看重大业务活动";
        ActivitySave = "activity.save", "登记重大业务活动", done "重大业务活动已登记。", edit;
        ActivityNote = "activity.note", "登记批准文件", done "批准文件已登记。", edit;
        ActivityApprove = "activity.approve", "同意重大业务活动", done "已同意开展。", decision after [ActivitySave, ActivityNote];
        ActivityReturn = "activity.return", "退回重大业务活动", done "已退回补正。", decision after [ActivitySave, ActivityNote];
        ActivityAllow = "activity.allow", "批准重大业务活动", done "已批准开展。", decision after [ActivitySave, ActivityNote, ActivityApprove];
        ActivityRefuse = "activity.refuse", "不予批准重大业务活动", done "已作出不予批准的决定。", decision after [ActivitySave, ActivityNote, ActivityApprove];
        ActivityFinish = "activity.finish", "登记重大业务活动结果", done "活动结果已登记。", edit;
    }
}

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
