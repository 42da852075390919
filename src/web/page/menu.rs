//! The main menu, drawn by what the person may open.

use crate::access::{Act, Actor, Decision, Facts, Role, decide};
use crate::paths;

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
        (paths::dashboard::WORKBENCH, "工作台", Act::WorkbenchRead),
        (paths::registry::ASSOCIATIONS, "协会台账", Act::RegistryList),
        (paths::roster::ROSTER, "脱钩名单", Act::RosterRead),
        (
            paths::plan::WAITING_APPROVALS,
            "方案审批",
            Act::ApprovalList,
        ),
        (paths::posts::OVERVIEW, "任职清理", Act::PostsOverview),
        (paths::dashboard::DASHBOARD, "进展看板", Act::DashboardRead),
        (paths::dashboard::STATISTICS, "统计", Act::StatisticsRead),
        (paths::exits::EXITS, "协会退出", Act::ExitRead),
        (paths::timeline::TIMELINE, "工作进度", Act::TimelineRead),
        (paths::timeline::REMINDERS, "催办督办", Act::ReminderList),
        (
            paths::holdings::DISTRICT_ASSETS,
            "资产财务",
            Act::AssetsSurvey,
        ),
        (paths::workgroups::WORKGROUPS, "工作组", Act::WorkgroupRead),
        (paths::accounts::DEPARTMENTS, "单位", Act::DepartmentList),
        (paths::accounts::ACCOUNTS, "账号", Act::AccountList),
        (paths::settings::SETTINGS, "参数设置", Act::SettingsRead),
        (paths::accounts::AUDIT, "审计记录", Act::AuditRead),
    ];
    entries
        .into_iter()
        .filter(|(_, _, act)| may_open(actor, *act))
        .map(|(entry, label, act)| MenuEntry {
            href: entry.at(),
            label: if act == Act::RegistryList && actor.role() == Role::Association {
                "本协会"
            } else {
                label
            },
            current: path == entry.at()
                || entry != paths::dashboard::WORKBENCH && path.starts_with(&format!("{entry}/")),
            count: None,
        })
        .collect()
}
