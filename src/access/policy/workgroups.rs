//! 脱钩改革工作组、联络员、风险预案 (scheme 五(二), 六; PH-01 to PH-04).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, allow_if};

acts! {
    /// 工作组 (scheme 五(二), 六).
    Workgroups {
        WorkgroupRead = "workgroup.read", "查看工作组";
        WorkgroupSave = "workgroup.save", "填写工作组材料", done "工作组材料已保存。", edit;
        WorkgroupReport = "workgroup.report", "报送工作组材料", done "工作组材料已报送脱钩办。", decision after [WorkgroupSave];
        WorkgroupNote = "workgroup.note", "阅知工作组材料", done "已阅知。", decision alone "reads";
        WorkgroupReturn = "workgroup.return", "退回工作组材料", done "工作组材料已退回补正。", decision alone "sends back, decides nothing";
    }
}

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
