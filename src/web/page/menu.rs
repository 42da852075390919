//! The main menu, drawn by what the person may open.

use crate::access::{Act, Actor, Decision, Facts, Role, decide};
use crate::paths::{self, Path};

/// An entry of the main menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The page is under it.
    pub current: bool,
    /// How many things wait there for the person.
    pub count: Option<String>,
    /// It stands in the row itself, not under 更多.
    pub first: bool,
    act: Act,
}

/// Entries in the row; with 更多 they are one more.
const IN_ROW: usize = 6;
/// More things than this are not counted.
const COUNTED: i64 = 99;

/// Which kinds of the desk's matters an entry counts; the workbench counts all.
pub const WAITING: &[(Act, &[&str])] = &[
    (
        Act::RosterRead,
        &["recommendation", "roster_request", "amendment", "objection"],
    ),
    (
        Act::ApprovalList,
        &["plan", "approval", "change", "condition"],
    ),
    (Act::PostsOverview, &["post", "post_register"]),
    (Act::ReminderList, &["reminder", "supervision_order"]),
    (Act::WorkgroupRead, &["workgroup"]),
    (Act::ExitRead, &["exit"]),
];

pub(super) fn may_open(actor: &Actor, act: Act) -> bool {
    decide(actor, act, &Facts::default()) == Decision::Allow
}

/// Every entry, in the order of the campaign.
const ENTRIES: &[(Path<0>, &str, Act)] = &[
    (paths::dashboard::WORKBENCH, "工作台", Act::WorkbenchRead),
    (paths::signing::SIGNING, "待签发", Act::SigningRead),
    (paths::registry::ASSOCIATIONS, "协会台账", Act::RegistryList),
    (paths::roster::ROSTER, "脱钩名单", Act::RosterRead),
    (
        paths::plan::WAITING_APPROVALS,
        "方案审批",
        Act::ApprovalList,
    ),
    (paths::posts::OVERVIEW, "任职清理", Act::PostsOverview),
    (
        paths::holdings::DISTRICT_ASSETS,
        "资产财务",
        Act::AssetsSurvey,
    ),
    (paths::timeline::REMINDERS, "催办督办", Act::ReminderList),
    (paths::dashboard::DASHBOARD, "进展看板", Act::DashboardRead),
    (paths::dashboard::STATISTICS, "统计", Act::StatisticsRead),
    (
        paths::closing::COMPLETION,
        "完成情况表",
        Act::CompletionRead,
    ),
    (paths::dashboard::LEDGERS, "台账下载", Act::LedgersRead),
    (paths::timeline::TIMELINE, "任务进度", Act::TimelineRead),
    (paths::oversight::PROBLEMS, "问题", Act::DocketList),
    (paths::oversight::POLICIES, "配套文件", Act::DocketList),
    (paths::oversight::REPORTS, "报告", Act::DocketList),
    (paths::oversight::VISITS, "督导", Act::DocketList),
    (paths::oversight::AUDITS, "审计抽查", Act::DocketList),
    (paths::exits::EXITS, "协会退出", Act::ExitRead),
    (paths::workgroups::WORKGROUPS, "工作组", Act::WorkgroupRead),
    (paths::accounts::DEPARTMENTS, "单位", Act::DepartmentList),
    (paths::accounts::ACCOUNTS, "账号", Act::AccountList),
    (paths::settings::SETTINGS, "参数设置", Act::SettingsRead),
    (paths::accounts::AUDIT, "审计记录", Act::AuditRead),
];

/// Where there are too many entries for the row, the most wanted stay in it: who presses
/// others has their reminders there, the others what they clear.
fn wanted(role: Role, act: Act) -> usize {
    let presses = matches!(role, Role::OfficeClerk | Role::OfficeLeader);
    match act {
        Act::WorkbenchRead => 0,
        Act::RegistryList | Act::SigningRead => 1,
        Act::DashboardRead => 2,
        Act::ApprovalList => 3,
        Act::RosterRead => 4,
        Act::ReminderList if presses => 5,
        Act::PostsOverview if !presses => 5,
        Act::TimelineRead => 6,
        _ => 7,
    }
}

/// The menu in the order of the campaign; only what the person may open.
pub(super) fn menu(actor: &Actor, path: &str) -> Vec<MenuEntry> {
    let role = actor.role();
    let mut menu: Vec<MenuEntry> = ENTRIES
        .iter()
        .filter(|(_, _, act)| may_open(actor, *act))
        .map(|(entry, label, act)| MenuEntry {
            href: entry.at(),
            label: match *act {
                Act::RegistryList if role == Role::Association => "本协会",
                _ => label,
            },
            current: path == entry.at()
                || *entry != paths::dashboard::WORKBENCH && path.starts_with(&format!("{entry}/")),
            count: None,
            first: true,
            act: *act,
        })
        .collect();
    if menu.len() > IN_ROW + 1 {
        let mut order: Vec<(usize, usize)> = menu
            .iter()
            .enumerate()
            .map(|(at, entry)| (wanted(role, entry.act), at))
            .collect();
        order.sort_unstable();
        for (_, at) in order.into_iter().skip(IN_ROW) {
            if let Some(entry) = menu.get_mut(at) {
                entry.first = false;
            }
        }
    }
    menu
}

/// Puts the numbers of what waits for the person beside the entries.
pub(super) fn counted(menu: &mut [MenuEntry], waiting: &[(String, i64)]) {
    for entry in menu {
        let kinds = WAITING.iter().find(|(act, _)| *act == entry.act);
        let all = entry.act == Act::WorkbenchRead;
        let counts =
            |kind: &String| all || kinds.is_some_and(|(_, kinds)| kinds.contains(&kind.as_str()));
        let sum: i64 = waiting
            .iter()
            .filter(|(kind, _)| counts(kind))
            .map(|(_, count)| count)
            .sum();
        entry.count = match sum {
            0 => None,
            many if many > COUNTED => Some(format!("{COUNTED}+")),
            few => Some(few.to_string()),
        };
    }
}

impl super::Page {
    /// The entries of the menu that stand in its row.
    pub fn in_row(&self) -> impl Iterator<Item = &MenuEntry> {
        self.menu.iter().filter(|entry| entry.first)
    }

    /// Whether the menu has entries that are not in its row.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.menu.iter().any(|entry| !entry.first)
    }

    /// Whether the page is under such an entry.
    #[must_use]
    pub fn is_in_more(&self) -> bool {
        self.menu.iter().any(|entry| entry.current && !entry.first)
    }
}
