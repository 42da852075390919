//! Today's reminders (domain 9.2): which of the to-dos stand on a step of the
//! ladder today. Nothing is stored, so that what is settled is gone.

use chrono::NaiveDate;

use crate::access::Role;
use crate::timeline::rules::reminders::step_due;
use crate::web::App;

use super::Todo;

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
/// overdue; the office has its list.
pub(super) fn of(
    app: &App,
    role: Role,
    todos: &[(NaiveDate, Todo)],
    today: NaiveDate,
) -> Vec<Reminded> {
    let clerk = role == Role::UnitClerk || role.is_specialist();
    if !clerk && role != Role::UnitLeader {
        return Vec::new();
    }
    let reminded = todos.iter().filter_map(|(due, todo)| {
        let step = step_due(&app.scheme.campaign, *due, today)?;
        (clerk || step.reaches_leader()).then(|| Reminded {
            step: step.label(),
            title: todo.title.clone(),
            association: todo.association.clone(),
            href: todo.href.clone(),
        })
    });
    reminded.collect()
}
