//! The dates of a batch (批次) of the list (FD-1): the first list goes by the campaign's
//! parameters, each later one has its own, and so has whom an amendment adds.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::Scheme;
use super::calendar::workdays_after;
use super::campaign::Campaign;
use super::parameters::Values;

/// A date of a batch: its parameter, and the working days from publication after which it
/// is proposed: the first batch's distances from `list_publish_due`.
pub const DATES: [(&str, i64); 9] = [
    ("plan_submit_due", 10),
    ("plan_approve_due", 18),
    ("midterm_due", 21),
    ("implement_due", 32),
    ("summary_due", 35),
    ("evaluation_due", 38),
    ("final_report_due", 40),
    ("registration_due", 61),
    ("batch_final_day", 61),
];
/// Of whom an amendment adds: plan and reply, the rest is the batch's.
const ADDED: usize = 2;
/// Days after implementation within which organs and members are filed (T6-02).
const FILING: u64 = 30;

/// The dates that are proposed for a list published on a day.
#[must_use]
pub fn proposed(campaign: &Campaign, on: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    let after = |(name, days)| (name, workdays_after(campaign, on, days));
    DATES.into_iter().map(after).collect()
}

/// Dates as they are kept, with those that follow from them.
#[must_use]
pub fn kept(dates: &[(&'static str, NaiveDate)]) -> Values {
    let mut kept = Values::new();
    for (name, day) in dates {
        kept.insert((*name).to_owned(), day.to_string().into());
        let (follows, on) = match *name {
            "implement_due" => ("filing_due", day.checked_add_days(Days::new(FILING))),
            "summary_due" => ("completion_table_due", Some(*day)),
            _ => continue,
        };
        let on = on.unwrap_or(*day);
        kept.insert(follows.to_owned(), on.to_string().into());
    }
    kept
}

/// Plan and reply of whom an amendment of a day adds.
#[must_use]
pub fn added(campaign: &Campaign, on: NaiveDate) -> Values {
    let mut dates = proposed(campaign, on);
    dates.truncate(ADDED);
    kept(&dates)
}

/// Why dates cannot stand, if they cannot: each comes after publication, and in their order.
#[must_use]
pub fn disordered(on: NaiveDate, dates: &[(&'static str, NaiveDate)]) -> Option<&'static str> {
    let mut last = on;
    for (name, day) in dates {
        if *day < last {
            return Some(*name);
        }
        if *name != "registration_due" {
            last = *day;
        }
    }
    None
}

impl Campaign {
    /// Whether a batch has ended before a day: a reply of that day gives no dates.
    #[must_use]
    pub fn is_over(&self, on: NaiveDate) -> bool {
        on > self.parameters.batch_final_day
    }

    /// The campaign as a batch with these dates has it.
    #[must_use]
    pub fn of_batch(&self, dates: &Values) -> Self {
        let mut own = self.clone();
        own.batch.clone_from(dates);
        own.defaults.extend(dates.clone());
        let mut values = self.values();
        values.extend(dates.clone());
        own.with(&values).unwrap_or(own)
    }
}

impl Scheme {
    /// The scheme as a batch with these dates has it.
    #[must_use]
    pub fn of_batch(self: &Arc<Self>, dates: &Values) -> Self {
        let mut scheme = self.with(self.campaign.of_batch(dates));
        scheme.common = Some(Arc::clone(self));
        scheme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_batch_has_its_own_distances() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let parameters = &campaign.parameters;
        let dates = proposed(&campaign, parameters.list_publish_due);
        for (name, on) in &dates {
            if !matches!(*name, "registration_due" | "batch_final_day") {
                assert_eq!(Some(*on), parameters.date(name), "{name}");
            }
        }
        // 12-31 is a day off: the last working day is the 29th.
        assert_eq!(dates.last(), Some(&("batch_final_day", day("2018-12-29"))));
        assert_eq!(disordered(parameters.list_publish_due, &dates), None);
    }

    #[test]
    fn tc_76_a_second_list_has_its_own_dates() {
        let scheme = Arc::new(Scheme::lvyuan_2018().unwrap());
        let on = day("2018-11-20");
        let dates = kept(&proposed(&scheme.campaign, on));
        let own = scheme.of_batch(&dates);
        let (first, second) = (&scheme.campaign.parameters, &own.campaign.parameters);
        for (name, days) in DATES {
            let after = workdays_after(&scheme.campaign, on, days);
            assert_eq!(second.date(name), Some(after), "{name}");
        }
        assert_eq!(second.filing_due, second.implement_due + Days::new(30));
        assert_eq!(second.completion_table_due, second.summary_due);
        // What the document fixes does not go with the batch.
        for name in [
            "issue_date",
            "appropriation_stop",
            "office_space_due",
            "survey_due",
        ] {
            assert_eq!(second.date(name), first.date(name), "{name}");
        }
        let lead = |scheme: &Scheme| scheme.part("PL-4").unwrap().lead.clone();
        assert!(lead(&own).contains(&crate::clock::chinese_date(second.implement_due)));
        assert_ne!(lead(&own), lead(&scheme));
    }

    #[test]
    fn a_plan_names_the_day_in_force_and_the_batchs_own_where_that_day_was_moved() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let moved = Values::from_iter([("implement_due".to_owned(), "2018-11-26".into())]);
        let moved = Arc::new(scheme.under(&moved));
        let lead = |scheme: &Scheme| scheme.part("PL-4").unwrap().lead.clone();
        assert!(lead(&moved).contains("2018年11月26日"));
        let on = day("2018-12-03");
        let own = moved.of_batch(&kept(&proposed(&moved.campaign, on)));
        let due = crate::clock::chinese_date(own.campaign.parameters.implement_due);
        assert!(lead(&own).contains(&due));
        // Nothing sticks.
        let back = moved.under(&Values::new());
        assert_eq!(lead(&back), lead(&scheme));
    }

    #[test]
    fn whom_an_amendment_adds_has_its_own_days_for_plan_and_reply() {
        let scheme = Arc::new(Scheme::lvyuan_2018().unwrap());
        let own = scheme.of_batch(&added(&scheme.campaign, day("2018-11-01")));
        let parameters = &own.campaign.parameters;
        assert_eq!(parameters.plan_submit_due, day("2018-11-15"));
        assert_eq!(parameters.plan_approve_due, day("2018-11-27"));
        assert_eq!(parameters.implement_due, day("2018-11-20"));
    }

    #[test]
    fn dates_come_one_after_the_other() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let on = day("2018-11-20");
        let mut dates = proposed(&campaign, on);
        assert_eq!(disordered(on, &dates), None);
        dates[3].1 = day("2018-11-21");
        assert_eq!(disordered(on, &dates), Some("implement_due"));
        let early = [("plan_submit_due", day("2018-11-19"))];
        assert_eq!(disordered(on, &early), Some("plan_submit_due"));
    }
}
