//! No item is born late, except by the scheme itself (FD-2): where a step of the plan or a
//! date of the batch lies before the reply, the item has as many working days from the reply
//! as the plan had given it, at most until the batch's final day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{BEYOND, Due, REPLY, goes_on};
use crate::scheme::calendar::{workdays, workdays_after};
use crate::scheme::campaign::Campaign;

/// Working days that an item has at the least.
const LEAST: i64 = 3;

/// A reply, as far as dates of items go.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// When it was given.
    pub on: NaiveDate,
    /// Dates that the office's head gave with it, by the items' numbers.
    pub given: BTreeMap<String, NaiveDate>,
}

impl Reply {
    /// A date as it stands after the reply. `step`: from when until when the plan does it.
    #[must_use]
    pub fn fair(
        &self,
        campaign: &Campaign,
        (key, step): (&str, Option<&(NaiveDate, NaiveDate)>),
        due: Due,
    ) -> Due {
        if due.day >= self.on || goes_on(&due.by) {
            return due;
        }
        if campaign.is_over(self.on) {
            return Due::new(due.day, BEYOND);
        }
        let given = self.given.get(key).copied();
        let day = given.unwrap_or_else(|| self.proposed(campaign, step, due.day));
        Due::new(day.max(self.on), REPLY)
    }

    /// The plan's own number of working days, from the reply.
    fn proposed(
        &self,
        campaign: &Campaign,
        step: Option<&(NaiveDate, NaiveDate)>,
        due: NaiveDate,
    ) -> NaiveDate {
        let approved = campaign.parameters.plan_approve_due;
        let (from, to) = step.copied().unwrap_or((approved, due));
        let days = workdays(campaign, from, to).max(LEAST);
        let last = campaign.parameters.batch_final_day;
        workdays_after(campaign, self.on, days).min(last)
    }
}
