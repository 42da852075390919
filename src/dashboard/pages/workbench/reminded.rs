//! Today's reminders (domain 9.2): which of the to-dos stand on a step of the
//! ladder today. Nothing is stored, so that what is settled is gone.

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::desk::store::reading::Lying;
use crate::registry::names::short;
use crate::timeline::rules::reminders::step_due;
use crate::web::App;

/// A to-do that is reminded of today.
pub(super) struct Reminded {
    /// 到期前7天 …
    pub(super) step: String,
    /// What.
    pub(super) title: String,
    /// Whose.
    pub(super) association: String,
    /// Where.
    pub(super) href: String,
}

/// What is reminded of: the clerk of everything, the leader of what is some days
/// overdue; the office has its list. What rests is not (FD-4), nor is a letter.
pub(super) fn of(app: &App, actor: &Actor, lying: &[Lying], today: NaiveDate) -> Vec<Reminded> {
    let role = actor.role();
    let clerk = role == Role::UnitClerk || role.is_specialist();
    if !clerk && role != Role::UnitLeader {
        return Vec::new();
    }
    let reminded = lying
        .iter()
        .filter(|row| !row.suspended && !row.is_letter());
    let reminded = reminded.filter_map(|row| {
        let step = step_due(&app.scheme.campaign, row.due_on?, today)?;
        (clerk || step.reaches_leader()).then(|| Reminded {
            step: step.label(),
            title: row.title(&app.scheme),
            association: short(
                row.name.as_deref().unwrap_or_default(),
                &app.scheme.campaign.region_name,
            )
            .to_owned(),
            href: row.href(&app.scheme),
        })
    });
    reminded.collect()
}
