//! By when an item is due, and why (domain 7.1): approved exception, then the scheme's own
//! deadline, then a date given with the reply or after a standstill, then the measure's own
//! date, then the plan's step, then the end of implementation.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::registry::rules::suspension::moved;
use crate::scheme::calendar::workdays_after;
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

/// Dates of the document itself, by their names in the scheme.
const DOCUMENT: [&str; 3] = ["office_space_due", "appropriation_stop", "issue_date"];
/// What gives a date that goes on while the association stands still (FD-4): the document, a
/// statute, an approved exception. Dates of the batch and of steps do not.
pub const GOING_ON: [&str; 5] = {
    let [room, money, issued] = DOCUMENT;
    [GRANTED, STATUTE, room, money, issued]
};

mod reply;
mod words;

pub use reply::Reply;
pub use words::{counted, reason, sent_back, stood_still, word};

/// By when an item is due, and what gives the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The end of this day.
    pub day: NaiveDate,
    /// One of the constants above, or the name of the scheme's date.
    pub by: String,
    /// By how many working days of standstill it was moved.
    pub stood: i64,
}

/// Whether a date goes on while the association stands still.
#[must_use]
pub fn goes_on(by: &str) -> bool {
    GOING_ON.contains(&by)
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

/// Working days that an item has at least which comes with a new row of a register.
const LEAST: i64 = 10;

/// By when an item is due that comes while the checklist is carried out: none is born late.
#[must_use]
pub fn later(campaign: &Campaign, today: NaiveDate) -> Due {
    let end = campaign.parameters.implement_due;
    let least = workdays_after(campaign, today, LEAST);
    if least > end {
        Due::new(least, LATER)
    } else {
        Due::new(end, STAGE)
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

#[cfg(test)]
mod tests;
