//! 申请更正: what can no longer be taken back is asked to be sent back.

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// 申请更正.
    Corrections {
        CorrectionList = "correction.list", "查看各协会更正申请";
        CorrectionRead = "correction.read", "查看更正申请";
        CorrectionAsk = "correction.ask", "申请更正", done "更正申请已提出。", decision alone "asks, decides nothing";
        CorrectionRefuse = "correction.refuse", "答复不予更正", done "已答复不予更正。", decision alone "leaves the matter as it was submitted";
    }
}

pub(super) fn corrections(actor: &Actor, act: Corrections, facts: &Facts) -> Decision {
    let role = actor.role();
    let answerable = facts.verifiers.iter().any(|code| code == role.code());
    match act {
        Corrections::CorrectionList => {
            allow_if(role.is_office() || role.is_specialist(), NOT_FOR_ROLE)
        }
        // What passes between the unit and who checks it is read by these.
        Corrections::CorrectionRead => allow_if(
            facts.own_unit(actor) || role.is_office() || answerable,
            NOT_FOR_ROLE,
        ),
        Corrections::CorrectionAsk => allow_if(
            role == Role::UnitLeader && facts.own_unit(actor),
            "只有业务主管单位的负责人可以申请更正。",
        ),
        Corrections::CorrectionRefuse => allow_if(
            role.is_office() || answerable,
            "只有脱钩办和该事项的职能部门可以答复更正申请。",
        ),
    }
}
