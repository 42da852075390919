//! Figures of the whole.

use crate::access::Role;
use crate::access::acts::acts;

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// Figures of the whole.
    Overview {
        DashboardRead = "dashboard.read", "查看进展看板";
        StatisticsRead = "statistics.read", "查看统计";
        TracksRead = "tracks.read", "查看五分离进展表";
        LedgersRead = "ledgers.read", "查看台账下载";
    }
}

/// Superiors see figures, not the rows behind them (TC-71).
pub(super) fn overview(role: Role, act: Overview) -> Decision {
    let stranger = matches!(role, Role::Sysadmin | Role::Association);
    match act {
        Overview::DashboardRead | Overview::StatisticsRead | Overview::LedgersRead => {
            allow_if(!stranger, NOT_FOR_ROLE)
        }
        Overview::TracksRead => allow_if(!stranger && role != Role::Superior, NOT_FOR_ROLE),
    }
}
