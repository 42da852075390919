//! The tabs of a workbench: what a person has to do, to read, what others have, what is done.

use crate::access::{Actor, Role};
use crate::dashboard::store::bench::Bench;
use crate::dashboard::store::beside::beyond;
use crate::web::list::Query;

crate::words! {
    /// A tab.
    pub enum Tab {
        /// What lies in the person's hands.
        Todo = "todo", "待办";
        /// Comments that they are asked to read.
        Read = "read", "待阅";
        /// What of their unit's, or of the campaign's, lies with others.
        Others = "others", "在别人手里";
        /// Their own acts.
        Done = "done", "我已办理";
        /// Items that are finished.
        Closed = "closed", "办结";
    }
}

impl Tab {
    /// The one that an address asks for; none: there is no such.
    pub(super) fn asked(query: &Query) -> Option<Self> {
        query.get("view").map_or(Some(Self::Todo), Self::from_key)
    }

    /// Whether a person has it at all.
    pub(super) fn has(self, actor: &Actor, follows: bool) -> bool {
        let role = actor.role();
        let reads = !matches!(role, Role::Association | Role::Sysadmin | Role::Superior);
        match self {
            Self::Todo | Self::Done => true,
            Self::Read => reads,
            Self::Others | Self::Closed => follows,
        }
    }
}

/// A tab as it is drawn.
pub(super) struct TabView {
    pub(super) label: &'static str,
    pub(super) href: String,
    pub(super) count: String,
    pub(super) current: bool,
}

/// How much stands behind each.
pub(super) struct Counts {
    pub(super) todo: i64,
    pub(super) read: i64,
    pub(super) counted: Bench,
}

impl Counts {
    /// Behind one of them.
    pub(super) const fn of(&self, tab: Tab) -> i64 {
        match tab {
            Tab::Todo => self.todo,
            Tab::Read => self.read,
            Tab::Others => self.counted.others,
            Tab::Done => self.counted.done,
            Tab::Closed => self.counted.closed,
        }
    }
}

/// The tabs of a person.
pub(super) fn tabs(
    (actor, follows): (&Actor, bool),
    (current, counts): (Tab, &Counts),
    address: &str,
) -> Vec<TabView> {
    let own = Tab::ALL.into_iter().filter(|tab| tab.has(actor, follows));
    let tabs = own.map(|tab| {
        let count = counts.of(tab);
        TabView {
            label: tab.label(),
            href: match tab {
                Tab::Todo => address.to_owned(),
                tab => format!("{address}?view={}", tab.key()),
            },
            count: match tab {
                Tab::Closed => count.to_string(),
                _ => beyond(count).unwrap_or_else(|| count.to_string()),
            },
            current: tab == current,
        }
    });
    tabs.collect()
}
