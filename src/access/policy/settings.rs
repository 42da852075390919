//! 参数与代行 (domain 0.3; TC-51, TC-63).

use crate::access::acts::acts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE_LEADER, allow_if};

acts! {
    /// 参数、工作日历、代行 (domain 0.3; TC-51, TC-63).
    Settings {
        SettingsRead = "settings.read", "查看参数设置";
        SettingsChange = "settings.change", "修改参数", done "参数已修改，自生效日期起执行。", edit;
        CalendarChange = "calendar.change", "修改工作日历", done "工作日历已修改，自生效日期起执行。", edit;
        DelegationRead = "delegation.read", "查看代行";
        DelegationCreate = "delegation.create", "委托代行", done "代行已委托，自开始日期起生效。", free "there was nothing before";
        DelegationEnd = "delegation.end", "结束代行", done "代行已结束。", decision alone "the principal's own";
    }
}

pub(super) fn settings(actor: &Actor, act: Settings) -> Decision {
    let role = actor.role();
    match act {
        // Domain 2.2, row Parameters.
        Settings::SettingsRead => allow_if(
            role.is_unit()
                || role.is_office()
                || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Sysadmin),
            NOT_FOR_ROLE,
        ),
        Settings::CalendarChange => allow_if(
            matches!(role, Role::OfficeLeader | Role::Sysadmin),
            "只有脱钩办负责人和系统管理员可以修改工作日历。",
        ),
        Settings::SettingsChange => allow_if(role == Role::OfficeLeader, ONLY_OFFICE_LEADER),
        Settings::DelegationRead => allow_if(
            role.is_unit() || role.is_office() || role == Role::Sysadmin,
            NOT_FOR_ROLE,
        ),
        // TC-63: nobody passes on what was lent to them.
        Settings::DelegationCreate => allow_if(
            matches!(role, Role::UnitLeader | Role::OfficeLeader) && !actor.is_acting(),
            "只有业务主管单位和脱钩办的负责人本人可以委托代行。",
        ),
        Settings::DelegationEnd => allow_if(
            (matches!(role, Role::UnitLeader | Role::OfficeLeader) && !actor.is_acting())
                || role == Role::Sysadmin,
            "只有委托人本人和系统管理员可以结束代行。",
        ),
    }
}
