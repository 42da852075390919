//! Where the desk is not what the states say, and how that is told.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Key, Row};

/// Where the desk is not what the states say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The states say so, and the desk has it not.
    Missing(Row),
    /// The desk has it, and no state says so.
    Stray(Row),
    /// Both have it, with other days or numbers: as it is, as it should be.
    Other(Row, Row),
    /// What the timeline counts of an association, or altogether, is not what is there.
    Task(String),
    /// What pages count of an association, or altogether, is not what is there.
    Figure(String),
}

/// The differences of two desks: what stands, and what the states say.
#[must_use]
pub fn differences(mut stands: BTreeMap<Key, Row>, should: BTreeMap<Key, Row>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (key, row) in should {
        match stands.remove(&key) {
            None => found.push(Difference::Missing(row)),
            Some(there) if there != row => found.push(Difference::Other(there, row)),
            Some(_) => {}
        }
    }
    found.extend(stands.into_values().map(Difference::Stray));
    found
}

impl std::fmt::Display for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(row) => write!(formatter, "缺 missing {row}"),
            Self::Stray(row) => write!(formatter, "多 stray {row}"),
            Self::Task(told) => write!(formatter, "工作进度 timeline {told}"),
            Self::Figure(told) => write!(formatter, "统计数字 figure {told}"),
            Self::Other(there, row) => {
                write!(formatter, "异 differs {there}；应为 should be {row}")
            }
        }
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
        write!(
            formatter,
            "{}:{} 协会{} 单位{} {} {} 自{} 起办{} 时限{} ×{}{} {}",
            self.kind,
            self.case,
            self.association.unwrap_or_default(),
            self.department,
            self.role.key(),
            self.act,
            self.since,
            day(self.from_on),
            day(self.due_on),
            self.count,
            if self.suspended { " 暂停" } else { "" },
            self.note,
        )
    }
}
