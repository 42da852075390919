//! 在谁手里, in words: since when and how many of its working days are used, computed
//! when it is read.

use chrono::NaiveDate;

use crate::scheme::calendar::workdays;
use crate::scheme::campaign::Campaign;

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

    /// Colour and words of its state on a day.
    #[must_use]
    pub fn state(&self, today: NaiveDate, warn: i64) -> (&'static str, String) {
        match self.late(today) {
            _ if self.suspended => ("grey", "暂停办理".to_owned()),
            None => ("grey", "未设时限".to_owned()),
            Some(late @ 1..) => ("red", format!("逾期{late}天")),
            Some(0) => ("yellow", "今天到期".to_owned()),
            Some(late) if -late <= warn => ("yellow", format!("还有{}天", -late)),
            Some(late) => ("green", format!("还有{}天", -late)),
        }
    }
}
