//! By when an item is due, and why (domain 7.1): approved exception, then the scheme's own
//! deadline, then a date given with the reply or after a standstill, then the measure's own
//! date, then the plan's step, then the end of implementation.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::registry::rules::suspension::moved;
use crate::scheme::campaign::Campaign;
use crate::scheme::{Answers, ItemKey, Measure, Scheme};

/// Days that departments have approved beyond the deadline, by item text.
pub type Exceptions = BTreeMap<String, NaiveDate>;

/// The days on which the plan's steps end, by the items' numbers (`T1-01-1`), and by how
/// much dates have moved because the association stood still.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    days: BTreeMap<String, (NaiveDate, NaiveDate)>,
    stood: Stood,
    reply: Option<Reply>,
}

/// Working days that an association stood still (FD-4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stood {
    /// Since it is in the campaign: so far dates of its batch move.
    pub batch: i64,
    /// Since the steps were written: so far they move.
    pub steps: i64,
}

impl Steps {
    /// Reads part PL-4 of a plan; of several steps the last one counts.
    #[must_use]
    pub fn of_plan(content: &Answers) -> Self {
        let mut steps = BTreeMap::new();
        for row in content.rows("PL-4") {
            if let (Some(item), Some(due)) = (row.text("item"), row.date("due")) {
                let start = row.date("start").unwrap_or(due).min(due);
                let known = steps.entry(item.trim().to_owned()).or_insert((start, due));
                *known = (start.min(known.0), due.max(known.1));
            }
        }
        Self {
            days: steps,
            ..Self::default()
        }
    }

    /// The same for a plan that was replied to.
    #[must_use]
    pub fn replied(mut self, reply: Reply) -> Self {
        self.reply = Some(reply);
        self
    }

    /// The same for an association that stood still.
    #[must_use]
    pub const fn standing(mut self, stood: Stood) -> Self {
        self.stood = stood;
        self
    }

    /// A deadline, moved by the working days that the association stood still.
    #[must_use]
    pub fn moved(&self, campaign: &Campaign, due: Due) -> Due {
        let days = if due.by == PLAN {
            self.stood.steps
        } else {
            self.stood.batch
        };
        due.after(campaign, days)
    }

    /// A date that lies before the reply is another one: no item is born late (FD-2).
    #[must_use]
    pub fn fair(&self, campaign: &Campaign, key: &ItemKey, due: Due) -> Due {
        let key = key.text();
        match &self.reply {
            Some(reply) => reply.fair(campaign, (&key, self.days.get(&key)), due),
            None => due,
        }
    }

    /// A step that ends with the stage follows the stage: `end` is the stage's last
    /// day as it stood when the plan was written.
    #[must_use]
    pub fn ending(mut self, end: NaiveDate) -> Self {
        self.days.retain(|_, (_, due)| *due != end);
        self
    }

    /// The day on which the plan finishes this item.
    #[must_use]
    pub fn due(&self, key: &ItemKey) -> Option<NaiveDate> {
        self.days.get(&key.text()).map(|(_, due)| *due)
    }
}

/// A step of the plan gives the day.
pub const PLAN: &str = "plan";
/// A department has granted the day.
pub const GRANTED: &str = "granted";
/// A statute gives the day: the period of T6 runs from its meeting (7.7).
pub const STATUTE: &str = "statute";
/// The auditor has set the day (T3-13).
pub const AUDIT: &str = "audit";
/// What an item is about came to light too late for the stage: it has working days of its own.
pub const LATER: &str = "added_later";
/// The office's head has given the day with the reply (FD-2).
pub const REPLY: &str = "reply";
/// The batch had ended before the reply, which gave no date (FD-2).
pub const BEYOND: &str = "beyond";
/// The day that everything is due on where nothing else says so.
pub const STAGE: &str = "implement_due";
/// What T3-06 is due by: 2018-01-01 where money was paid since.
const APPROPRIATION: &str = "appropriation";

mod reply;

pub use reply::Reply;

/// By when an item is due, and what gives the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The end of this day.
    pub day: NaiveDate,
    /// [`PLAN`], [`GRANTED`], [`STATUTE`], [`AUDIT`], [`LATER`], or the name of the scheme's date.
    pub by: String,
    /// By how many working days of standstill it was moved.
    pub stood: i64,
}

/// Whether a date goes on while the association stands still (FD-4): the document's own
/// dates and approved exceptions do; dates of the batch and of steps do not.
#[must_use]
pub fn goes_on(by: &str) -> bool {
    matches!(
        by,
        GRANTED | STATUTE | "office_space_due" | "appropriation_stop" | "issue_date"
    )
}

/// What is said beside a date that was moved.
#[must_use]
pub fn stood_still(stood: i64) -> String {
    if stood > 0 {
        format!("，暂停顺延{stood}个工作日")
    } else {
        String::new()
    }
}

/// What is said beside a date where a report made in time was sent back.
#[must_use]
pub fn sent_back(again_on: Option<NaiveDate>, deadline: NaiveDate) -> String {
    match again_on.filter(|until| *until > deadline) {
        Some(until) => format!("，按期报送后被退回，可在{until}前重新报送"),
        None => String::new(),
    }
}

impl Due {
    /// On this day, for this reason.
    #[must_use]
    pub fn new(day: NaiveDate, by: &str) -> Self {
        Self {
            day,
            by: by.to_owned(),
            stood: 0,
        }
    }

    /// After so many working days more of standstill.
    #[must_use]
    pub fn after(mut self, campaign: &Campaign, days: i64) -> Self {
        if days > 0 && !goes_on(&self.by) {
            self.day = moved(campaign, self.day, days);
            self.stood += days;
        }
        self
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
) -> Due {
    if let Some(day) = exception {
        return Due::new(day, GRANTED);
    }
    let end = scheme.campaign.parameters.implement_due;
    let ordered = scheme.deadline(measure, answers);
    if measure.deadline == APPROPRIATION {
        let by = if ordered == end {
            STAGE
        } else {
            "appropriation_stop"
        };
        return Due::new(ordered, by);
    }
    // A date of its own is not replaced by a step.
    if !matches!(measure.deadline.as_str(), PLAN | STAGE) {
        return Due::new(ordered, &measure.deadline);
    }
    match step {
        Some(day) if day == end => Due::new(end, STAGE),
        Some(day) => Due::new(day, PLAN),
        None => Due::new(end, STAGE),
    }
}

/// What is said beside a date (FD-2).
#[must_use]
pub fn word(by: &str) -> &'static str {
    match by {
        GRANTED => "经批准的例外",
        PLAN => "方案步骤",
        REPLY => "批复调整",
        STATUTE => "法定时限",
        AUDIT => "审计整改期限",
        BEYOND => "超出方案时限",
        "office_space_due" | "appropriation_stop" | "issue_date" => "《方案》规定时限",
        _ => "批次时限",
    }
}

/// How a date was counted, as its page says it (FD-6).
#[must_use]
pub fn counted(campaign: &Campaign, by: &str) -> String {
    let set = &campaign.parameters;
    match by {
        GRANTED => "由负责该事项的职能部门批准。".to_owned(),
        PLAN => "实施方案“时间步骤”中该事项最后一步的完成日期。".to_owned(),
        REPLY => "批复时按方案自定的工作日数，从批复之日起计算，最晚到批次最后日期。".to_owned(),
        STATUTE => format!(
            "自会议作出决定之日的次日起{}天；末日是休息日的，顺延到其后第一个工作日。",
            set.registration_days
        ),
        AUDIT => "由审计局在审计发现中确定。".to_owned(),
        BEYOND => "批复在批次最后日期之后，不再给出时限。".to_owned(),
        "office_space_due" | "appropriation_stop" | "issue_date" => {
            "方案写明的日期，遇休息日不顺延。".to_owned()
        }
        "plan_submit_due" => "本批实施方案的报送截止日期，以方案报送之日为准。".to_owned(),
        "filing_due" => "本批实施阶段截止后30天。".to_owned(),
        "registration_due" => "本批的变更登记截止日期。".to_owned(),
        _ => "本批实施阶段的截止日期。".to_owned(),
    }
}

/// Why the deadline is what it is, as pages say it.
#[must_use]
pub fn reason(scheme: &Scheme, measure: &Measure, by: &str) -> String {
    let campaign = &scheme.campaign;
    let why = match by {
        GRANTED => return "经批准调整的时限".to_owned(),
        PLAN => return "实施方案确定的完成日期".to_owned(),
        REPLY => return "批复晚于计划，随批复调整的日期".to_owned(),
        BEYOND => return "批复时本批已经结束，按例外申请办理或者列入以后批次".to_owned(),
        STATUTE => return "法定时限，自会议作出决定起算".to_owned(),
        AUDIT => return "审计局确定的整改期限".to_owned(),
        LATER => return "实施中新增的事项，自登记之日起另计办理时限".to_owned(),
        STAGE => "实施阶段截止日期".to_owned(),
        _ if goes_on(by) => format!("方案{}规定的时限", measure.basis),
        "plan_submit_due" => "实施方案报送时限".to_owned(),
        _ => "登记变更和备案时限".to_owned(),
    };
    let first = campaign.defaults.get(by).and_then(|value| value.as_str());
    match first {
        Some(first)
            if campaign
                .parameters
                .date(by)
                .map(|day| day.to_string())
                .as_deref()
                != Some(first) =>
        {
            format!("{why}，原为{first}，经脱钩办调整")
        }
        _ => why,
    }
}

#[cfg(test)]
mod tests;
