//! What civil affairs registers and files (domain 7.7, 10.8, DN-2).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// 登记和备案 (domain 7.7, 10.8).
    Registrations {
        RegistrationRead = "registration.read", "查看登记和备案";
        RegistrationEnter = "registration.enter", "登记收件", done "收件已登记。", free "one more beside the others" alone "says what was received";
        RegistrationDecide = "registration.decide", "登记办理结果", done "办理结果已登记，清单事项已按结果办理。", decision alone "civil affairs decides under its own law";
        RegistrationCorrect = "registration.correct", "更正登记和备案", done "登记和备案已更正。", edit alone "says what the paper says";
    }
}

pub(super) fn registrations(actor: &Actor, act: Registrations, facts: &Facts) -> Decision {
    let role = actor.role();
    let civil = matches!(role, Role::CivilReg | Role::CivilLeader);
    match act {
        // Domain 2.2, row Registration change.
        Registrations::RegistrationRead => allow_if(
            civil || role.is_office() || facts.own_unit(actor) || role == Role::Association,
            NOT_FOR_ROLE,
        ),
        Registrations::RegistrationEnter
        | Registrations::RegistrationDecide
        | Registrations::RegistrationCorrect => allow_if(civil, "只有登记管理机关可以登记和备案。"),
    }
}
