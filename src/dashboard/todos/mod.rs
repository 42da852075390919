//! To-dos of single rooms, for the workbench.

pub mod before_reply;
pub mod plans;
pub mod posts;
pub mod registry;
pub mod reminders;
pub mod tasks;

use chrono::NaiveDate;

/// Something to do.
pub(super) struct Todo {
    pub(super) title: String,
    pub(super) association: String,
    pub(super) unit: String,
    pub(super) href: String,
    pub(super) due: String,
    pub(super) tag: &'static str,
    pub(super) state: String,
}

impl Todo {
    /// Something to do at an address, due on a day.
    pub(super) fn new(
        title: &str,
        (association, unit): (String, String),
        href: String,
        (due, today): (NaiveDate, NaiveDate),
    ) -> Self {
        let late = (today - due).num_days();
        Self {
            title: title.to_owned(),
            association,
            unit,
            href,
            due: due.to_string(),
            tag: tag(late),
            state: state(late),
        }
    }
}

/// Colour of what is due this many days ago.
pub(super) const fn tag(late: i64) -> &'static str {
    if late > 0 { "red" } else { "green" }
}

/// The same in words.
pub(super) fn state(late: i64) -> String {
    if late > 0 {
        format!("逾期{late}天")
    } else {
        format!("还有{}天", -late)
    }
}
