//! 三个阶段的任务、时限与催办 (scheme 四; domain 9).

use crate::access::acts::{Reminders, Timeline};
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, ONLY_OFFICE_LEADER, allow_if};

pub(super) fn timeline(actor: &Actor, act: Timeline) -> Decision {
    match act {
        Timeline::TimelineRead | Timeline::ChangesRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        Timeline::TimelineMove => allow_if(actor.role() == Role::OfficeLeader, ONLY_OFFICE_LEADER),
    }
}

/// 催办、督办单: the office sends and signs, the department that was asked signs
/// for it and answers; civil affairs and development and reform read along (matrix
/// row Issue). Nobody else knows of them.
pub(super) fn reminders(actor: &Actor, act: Reminders, facts: &Facts) -> Decision {
    let role = actor.role();
    let oversees =
        role.is_office() || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Ndrc);
    let own = (role.is_unit() || role.is_specialist()) && facts.unit == Some(actor.department());
    let of_one = !matches!(
        act,
        Reminders::ReminderList | Reminders::ReminderSend | Reminders::OrderDraft
    );
    if of_one && !own && !oversees {
        return Decision::Hide;
    }
    match act {
        Reminders::ReminderList => allow_if(
            oversees,
            "只有脱钩办、登记管理机关和发展改革部门可以查看全区催办情况。",
        ),
        Reminders::ReminderRead | Reminders::OrderRead => Decision::Allow,
        Reminders::ReminderAcknowledge => allow_if(own, "只有被催办的单位可以签收。"),
        // Invariant (a): the leader answers in the unit's name.
        Reminders::OrderAcknowledge | Reminders::OrderAnswer => allow_if(
            own && role != Role::UnitClerk,
            "督办单由被督办单位的负责人签收和答复。",
        ),
        Reminders::OrderSign => allow_if(role == Role::OfficeLeader, ONLY_OFFICE_LEADER),
        Reminders::ReminderSend
        | Reminders::OrderDraft
        | Reminders::OrderDiscard
        | Reminders::OrderReturn
        | Reminders::OrderClose => allow_if(role.is_office(), ONLY_OFFICE),
    }
}
