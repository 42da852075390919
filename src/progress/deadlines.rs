//! By when an item is due, and why (domain 7.1): approved exception, then the
//! scheme's own deadline, then the plan's step, then the end of implementation.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::scheme::{Answers, ItemKey, Measure, Scheme};

/// The days on which the plan's steps end, by the items' numbers (`T1-01-1`).
#[derive(Debug, Clone, Default)]
pub struct Steps(BTreeMap<String, NaiveDate>);

impl Steps {
    /// Reads part PL-4 of a plan; of several steps the last one counts.
    #[must_use]
    pub fn of_plan(content: &Answers) -> Self {
        let mut steps = BTreeMap::new();
        for row in content.rows("PL-4") {
            if let (Some(item), Some(due)) = (row.text("item"), row.date("due")) {
                let last = steps.entry(item.trim().to_owned()).or_insert(due);
                *last = due.max(*last);
            }
        }
        Self(steps)
    }

    /// The day on which the plan finishes this item.
    #[must_use]
    pub fn due(&self, key: &ItemKey) -> Option<NaiveDate> {
        self.0.get(&key.text()).copied()
    }
}

/// The deadline of an item.
#[must_use]
pub fn deadline(
    scheme: &Scheme,
    measure: &Measure,
    answers: &Answers,
    step: Option<NaiveDate>,
    exception: Option<NaiveDate>,
) -> NaiveDate {
    if let Some(day) = exception {
        return day;
    }
    let ordered = scheme.deadline(measure, answers);
    if legal(measure) {
        return ordered;
    }
    // Dates of the office's calendar (plan_submit_due) do not make an item late
    // that begins with the plan; later ones (registration_due) stand.
    step.unwrap_or_else(|| ordered.max(scheme.campaign.parameters.implement_due))
}

/// Whether the scheme itself fixes the day.
#[must_use]
pub fn legal(measure: &Measure) -> bool {
    measure.own_deadline || measure.deadline == "appropriation"
}

/// Why the deadline is what it is, as pages say it.
#[must_use]
pub fn reason(scheme: &Scheme, measure: &Measure, deadline: NaiveDate) -> String {
    let parameters = &scheme.campaign.parameters;
    let end = parameters.implement_due;
    let named = parameters.date(&measure.deadline).unwrap_or(end);
    let own = deadline == named || (measure.deadline == "appropriation" && deadline <= end);
    if legal(measure) && own {
        format!("方案{}规定的时限", measure.basis)
    } else if legal(measure) || (deadline > end && deadline != named) {
        "经批准调整的时限".to_owned()
    } else if deadline == end {
        "实施阶段截止日期".to_owned()
    } else if deadline == named {
        "登记变更和备案时限".to_owned()
    } else {
        "实施方案确定的完成日期".to_owned()
    }
}

#[cfg(test)]
mod tests;
