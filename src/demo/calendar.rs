//! The story's days under another scheme: the demonstration is told in days of
//! Lüyuan's autumn, and each falls between the same two milestones elsewhere.

use chrono::{Days, NaiveDate};

use crate::scheme::campaign::Parameters;

use super::DemoError;
use super::days::Day;

/// Milestones of Lüyuan's scheme and the parameters that name them.
const MILESTONES: [(Day, &str); 9] = [
    ((8, 9), "issue_date"),
    ((9, 15), "survey_due"),
    ((9, 20), "list_recommend_due"),
    ((9, 30), "list_publish_due"),
    ((10, 19), "plan_submit_due"),
    ((10, 31), "plan_approve_due"),
    ((11, 20), "implement_due"),
    ((11, 23), "summary_due"),
    ((12, 31), "office_space_due"),
];

/// Lüyuan's milestones beside those of the scheme in force.
pub struct Calendar(Vec<(NaiveDate, NaiveDate)>);

fn told((month, day): Day) -> Result<NaiveDate, DemoError> {
    NaiveDate::from_ymd_opt(2018, month, day)
        .ok_or_else(|| DemoError::Refused(format!("no day {month}-{day}")))
}

impl Calendar {
    /// The calendar of a scheme.
    #[must_use]
    pub fn of(parameters: &Parameters) -> Self {
        let pairs = MILESTONES
            .iter()
            .filter_map(|(day, name)| Some((told(*day).ok()?, parameters.date(name)?)));
        Self(pairs.collect())
    }

    /// The day that answers to one of Lüyuan's; under its own scheme the same day.
    pub fn day(&self, day: Day) -> Result<NaiveDate, DemoError> {
        let told = told(day)?;
        let after = self.0.iter().position(|(theirs, _)| *theirs > told);
        let before = after.unwrap_or(self.0.len()).saturating_sub(1);
        let Some((theirs, ours)) = self.0.get(before) else {
            return Ok(told);
        };
        let into = (told - *theirs).num_days();
        let days = match after.and_then(|after| self.0.get(after)) {
            Some((next, our_next)) => {
                into * (*our_next - *ours).num_days() / (*next - *theirs).num_days().max(1)
            }
            None => into,
        };
        let days = Days::new(u64::try_from(days).unwrap_or(0));
        Ok(ours.checked_add_days(days).unwrap_or(*ours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    #[test]
    fn luyuans_own_days_are_its_days() {
        let calendar = Calendar::of(&Scheme::lvyuan_2018().unwrap().campaign.parameters);
        for (month, days) in [(8, 9..=31), (9, 1..=30), (10, 1..=31), (11, 1..=30)] {
            for day in days {
                let own = NaiveDate::from_ymd_opt(2018, month, day).unwrap();
                assert_eq!(calendar.day((month, day)).unwrap(), own);
            }
        }
    }

    #[test]
    fn days_keep_their_order_and_their_milestones() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let scheme = Scheme::load(&folder.join("src/scheme/national_2019")).unwrap();
        let parameters = &scheme.campaign.parameters;
        let calendar = Calendar::of(parameters);
        assert_eq!(calendar.day((10, 19)).unwrap(), parameters.plan_submit_due);
        assert_eq!(calendar.day((11, 20)).unwrap(), parameters.implement_due);
        let days = (10..=31).map(|day| calendar.day((10, day)).unwrap());
        let days: Vec<NaiveDate> = days.collect();
        assert!(days.is_sorted(), "{days:?}");
    }
}
