//! Who kept their time (FD-3): each clock belongs to one pair of hands, and its punctuality is
//! counted with its owner. A unit is measured by its reports, a slow verifier by itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::scheme::calendar::workdays_after;
use crate::scheme::campaign::Campaign;

crate::words! {
    /// Whose clock it is.
    #[derive(PartialOrd, Ord)]
    pub enum Owner {
        /// The unit's: until it reports.
        Unit = "unit", "业务主管单位报送事项";
        /// The verifier's: from the report.
        Verifier = "verify", "职能部门核实事项";
        /// The office's: from receipt.
        Office = "office", "脱钩办审查摸底和方案";
        /// A department's that is asked for a prior approval.
        Asked = "asked", "有关部门前置审批";
        /// A linked department's: from the notice.
        Linked = "linked", "有关部门回复通报";
        /// Civil affairs': from what it received.
        Civil = "civil", "民政局办理登记备案";
    }
}

/// Matters of one owner that began and ended on the same days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Whose.
    pub owner: Owner,
    /// Which department or departments, in words.
    pub who: String,
    /// Since when it had them.
    pub from: NaiveDate,
    /// Until when; none: it still has them.
    pub until: Option<NaiveDate>,
    /// How many.
    pub count: i64,
}

/// What is counted of one owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Done.
    pub done: i64,
    /// Of these, after their day.
    pub late: i64,
    /// Not done yet.
    pub open: i64,
    /// Of these, after their day.
    pub overdue: i64,
}

impl Tally {
    /// What should be done by now: what is done, and what is not and is after its day.
    #[must_use]
    pub const fn owed(self) -> i64 {
        self.done + self.overdue
    }

    /// Of what is done, what was done in time.
    #[must_use]
    pub const fn in_time(self) -> i64 {
        self.done - self.late
    }
}

/// Tallies by owner and department.
pub type Tallies = BTreeMap<(Owner, String), Tally>;

/// Working days of a clock; the unit's are days of items, not so many days.
#[must_use]
pub const fn days(campaign: &Campaign, owner: Owner) -> Option<i64> {
    let set = &campaign.parameters;
    match owner {
        Owner::Unit => None,
        Owner::Verifier | Owner::Asked => Some(set.prior_approval_sla_workdays),
        // Two pairs of hands: who checks it, and the head.
        Owner::Office => Some(2 * set.office_review_sla_workdays),
        Owner::Linked => Some(set.linked_reply_workdays),
        Owner::Civil => Some(set.registration_decision_workdays),
    }
}

/// Adds up.
#[must_use]
pub fn tallies(campaign: &Campaign, spans: &[Span], today: NaiveDate) -> Tallies {
    let mut tallies = Tallies::new();
    for span in spans {
        let Some(days) = days(campaign, span.owner) else {
            continue;
        };
        let due = workdays_after(campaign, span.from, days);
        let tally = tallies.entry((span.owner, span.who.clone())).or_default();
        match span.until {
            Some(until) => {
                tally.done += span.count;
                tally.late += if until > due { span.count } else { 0 };
            }
            None => {
                tally.open += span.count;
                tally.overdue += if today > due { span.count } else { 0 };
            }
        }
    }
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_clock_is_counted_with_its_owner() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let span = |owner, from: &str, until: Option<&str>| Span {
            owner,
            who: "财政局".to_owned(),
            from: day(from),
            until: until.map(day),
            count: 2,
        };
        let spans = [
            // Five working days from a Friday end on the next Friday.
            span(Owner::Verifier, "2018-11-02", Some("2018-11-09")),
            span(Owner::Verifier, "2018-11-02", Some("2018-11-12")),
            span(Owner::Verifier, "2018-11-19", None),
            span(Owner::Verifier, "2018-11-09", None),
            span(Owner::Asked, "2018-10-12", Some("2018-10-18")),
            span(Owner::Office, "2018-10-12", Some("2018-10-26")),
            span(Owner::Office, "2018-10-12", Some("2018-10-29")),
            // The State Council's holiday does not count.
            span(Owner::Civil, "2018-09-28", Some("2018-10-31")),
            span(Owner::Linked, "2018-11-20", None),
        ];
        let found = tallies(&campaign, &spans, day("2018-11-22"));
        let of = |owner| found.get(&(owner, "财政局".to_owned())).copied();
        let tally = |done, late, open, overdue| {
            Some(Tally {
                done,
                late,
                open,
                overdue,
            })
        };
        assert_eq!(of(Owner::Verifier), tally(4, 2, 4, 2));
        assert_eq!(of(Owner::Asked), tally(2, 0, 0, 0));
        assert_eq!(of(Owner::Office), tally(4, 2, 0, 0));
        assert_eq!(of(Owner::Civil), tally(2, 0, 0, 0));
        assert_eq!(of(Owner::Linked), tally(0, 0, 2, 0));
        assert_eq!(of(Owner::Unit), None);
        assert_eq!(of(Owner::Verifier).map(Tally::in_time), Some(2));
    }
}
