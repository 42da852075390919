//! The main menu, drawn by what the person may open.

use crate::access::{Act, Actor, Decision, Facts, Role, decide};

/// An entry of the main menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The page is under it.
    pub current: bool,
    /// How many things wait there.
    pub count: Option<usize>,
}

pub(super) fn may_open(actor: &Actor, act: Act) -> bool {
    decide(actor, act, &Facts::default()) == Decision::Allow
}

/// The menu in the order of the campaign; only what the person may open.
pub(super) fn menu(actor: &Actor, path: &str) -> Vec<MenuEntry> {
    let entries = [
        ("/", "工作台", Act::WorkbenchRead),
        ("/associations", "协会台账", Act::RegistryList),
        ("/roster", "脱钩名单", Act::RosterRead),
        ("/approvals", "方案审批", Act::ApprovalList),
        ("/posts", "任职清理", Act::PostsOverview),
        ("/dashboard", "进展看板", Act::DashboardRead),
        ("/statistics", "统计", Act::StatisticsRead),
        ("/exits", "协会退出", Act::ExitRead),
        ("/timeline", "工作进度", Act::TimelineRead),
        ("/reminders", "催办督办", Act::ReminderList),
        ("/assets", "资产财务", Act::AssetsSurvey),
        ("/workgroups", "工作组", Act::WorkgroupRead),
        ("/departments", "单位", Act::DepartmentList),
        ("/accounts", "账号", Act::AccountList),
        ("/settings", "参数设置", Act::SettingsRead),
        ("/audit", "审计记录", Act::AuditRead),
    ];
    entries
        .into_iter()
        .filter(|(_, _, act)| may_open(actor, *act))
        .map(|(href, label, act)| MenuEntry {
            href,
            label: if act == Act::RegistryList && actor.role() == Role::Association {
                "本协会"
            } else {
                label
            },
            current: if href == "/" {
                path == "/"
            } else {
                path == href || path.starts_with(&format!("{href}/"))
            },
            count: None,
        })
        .collect()
}
