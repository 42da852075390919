//! 退出: 注销、撤销、合并 (SC-12, TC-40, TC-41).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, allow_if};

acts! {
    /// 退出 (SC-12, TC-40, TC-41).
    Exits {
        ExitRead = "exit.read", "查看退出办理";
        ExitSave = "exit.save", "填写退出建议", done "退出建议已保存。", edit;
        ExitPropose = "exit.propose", "报送退出建议", done "退出建议已报民政局。", decision after [ExitSave];
        ExitRefuse = "exit.refuse", "不予退出", done "已退回退出建议。", decision after [ExitSave, ExitPropose];
        ExitDecide = "exit.decide", "决定退出", done "退出决定已登记，方案和未办事项已终止。", decision after [ExitSave, ExitPropose];
    }
}

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
