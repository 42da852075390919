//! 三个阶段的任务、时限与催办 (scheme 四; domain 9).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, ONLY_OFFICE_LEADER, allow_if};

pub(super) fn timeline(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::TimelineRead | Act::ChangesRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => allow_if(actor.role() == Role::OfficeLeader, ONLY_OFFICE_LEADER),
    }
}

/// 催办、督办单: the office sends and signs, the department that was asked signs
/// for it and answers; civil affairs and development and reform read along (matrix
/// row Issue). Nobody else knows of them.
pub(super) fn reminders(actor: &Actor, act: Act, facts: &Facts) -> Decision {
    let role = actor.role();
    let oversees =
        role.is_office() || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Ndrc);
    let own = (role.is_unit() || role.is_specialist()) && facts.unit == Some(actor.department());
    let of_one = !matches!(act, Act::ReminderList | Act::ReminderSend | Act::OrderDraft);
    if of_one && !own && !oversees {
        return Decision::Hide;
    }
    match act {
        Act::ReminderList => allow_if(
            oversees,
            "只有脱钩办、登记管理机关和发展改革部门可以查看全区催办情况。",
        ),
        Act::ReminderRead | Act::OrderRead => Decision::Allow,
        Act::ReminderAcknowledge => allow_if(own, "只有被催办的单位可以签收。"),
        // Invariant (a): the leader answers in the unit's name.
        Act::OrderAcknowledge | Act::OrderAnswer => allow_if(
            own && role != Role::UnitClerk,
            "督办单由被督办单位的负责人签收和答复。",
        ),
        Act::OrderSign => allow_if(role == Role::OfficeLeader, ONLY_OFFICE_LEADER),
        _ => allow_if(role.is_office(), ONLY_OFFICE),
    }
}
