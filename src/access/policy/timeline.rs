//! 三个阶段的任务、时限与催办 (scheme 四; domain 9).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, ONLY_OFFICE_LEADER, allow_if};

acts! {
    /// 三个阶段的任务 (scheme 四; domain 9).
    Timeline {
        TimelineRead = "timeline.read", "查看任务进度";
        TimelineMove = "timeline.move", "调整任务时间", done "任务时间已调整，原时间保留在记录中。", edit alone "the head's own reason";
        ChangesRead = "changes.read", "查看新近变化";
    }
}

acts! {
    /// 催办、督办 (domain 9).
    Reminders {
        ReminderList = "reminder.list", "查看催办督办";
        ReminderSend = "reminder.send", "发送催办通知", done "催办通知已发送，按单位合并。", decision alone "reminds, decides nothing";
        ReminderRead = "reminder.read", "查看催办通知";
        ReminderAcknowledge = "reminder.acknowledge", "签收催办通知", done "催办通知已签收。", free "签收 decides nothing";
        OrderRead = "order.read", "查看督办单";
        OrderDraft = "order.draft", "拟制督办单", done "督办单已拟制，待脱钩办负责人签发。", decision alone "it is prepared itself, and signed by the office's head";
        OrderDiscard = "order.discard", "撤销督办单拟稿", done "督办单拟稿已撤销。", decision alone "nothing has gone out";
        OrderSign = "order.sign", "签发督办单", done "督办单已签发，文号已编定。", decision after [OrderDraft];
        OrderAcknowledge = "order.acknowledge", "签收督办单", done "督办单已签收。", free "签收 decides nothing";
        OrderAnswer = "order.answer", "报告督办事项办理情况", done "办理情况已报脱钩办。", decision alone "the leader writes and signs";
        OrderReturn = "order.return", "退回办理情况", done "办理情况已退回，请重新办理。", decision alone "sends back, decides nothing";
        OrderClose = "order.close", "办结督办单", done "督办单已办结。", decision alone "looks at what was answered";
    }
}

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
