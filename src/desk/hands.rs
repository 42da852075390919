//! 在谁手里, in words: since when and how many of its working days are used, computed
//! when it is read.

use chrono::NaiveDate;

use crate::scheme::calendar::workdays;
use crate::scheme::campaign::Campaign;
use crate::words::Mark;
use crate::words::mark::days;

use super::store::reading::Lying;

impl Lying {
    /// Days late; negative: days left; none: no day is set.
    #[must_use]
    pub fn late(&self, today: NaiveDate) -> Option<i64> {
        self.due_on.map(|due| (today - due).num_days())
    }

    /// 已用3/5个工作日: of the days that it was given, how many are over.
    #[must_use]
    pub fn used(&self, campaign: &Campaign, today: NaiveDate) -> String {
        let used = workdays(campaign, self.since, today);
        match self.due_on {
            Some(due) if due >= self.since => {
                format!("已用{used}/{}个工作日", workdays(campaign, self.since, due))
            }
            _ => format!("已用{used}个工作日"),
        }
    }

    /// 第3个工作日，应5个: the same as a sentence counts it.
    #[must_use]
    pub fn day(&self, campaign: &Campaign, today: NaiveDate) -> String {
        let used = workdays(campaign, self.since, today);
        match self.due_on {
            Some(due) if due >= self.since => {
                format!(
                    "第{used}个工作日，应{}个",
                    workdays(campaign, self.since, due)
                )
            }
            _ => format!("第{used}个工作日"),
        }
    }

    /// What its day means, and its words.
    #[must_use]
    pub fn state(&self, today: NaiveDate, warn: i64) -> (Mark, String) {
        match self.late(today) {
            _ if self.suspended => (Mark::Void, "暂停办理".to_owned()),
            None => (Mark::Going, "未设时限".to_owned()),
            Some(late) => (Mark::of_days(late, warn), days(late)),
        }
    }
}
