//! The office moves the last day of a stage: open items that are due on that day
//! follow, on record. What has a day of its own stays: the scheme's legal days, a
//! step of the plan that ends on another day, a date that a department granted
//! (domain 6.3, 9.1).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::access::Act;
use crate::audit::Record;
use crate::database::Write;
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::{Answers, Scheme};

use super::counters;
use super::deadlines;
use super::store::extensions;

/// The last day of a stage, as it was and as it is from now on.
#[derive(Debug, Clone, Copy)]
pub struct Shift<'a> {
    /// The task whose window moves.
    pub task: &'a str,
    /// The scheme's date on which it ends: `implement_due`.
    pub date: &'a str,
    /// The day before.
    pub was: NaiveDate,
    /// The day since.
    pub now: NaiveDate,
    /// Why.
    pub reason: &'a str,
}

/// Measures that are due on this date of the scheme, where nothing else gives them a day.
#[must_use]
pub fn followers(scheme: &Scheme, date: &str) -> Vec<String> {
    let end = scheme.campaign.parameters.implement_due;
    let nothing = Answers::default();
    scheme
        .measures
        .measures
        .iter()
        .filter(|measure| !deadlines::legal(measure))
        .filter(|measure| {
            let own = scheme.deadline(measure, &nothing) > end;
            let source = if own {
                measure.deadline.as_str()
            } else {
                "implement_due"
            };
            source == date
        })
        .map(|measure| measure.code().to_owned())
        .collect()
}

/// Moves the items that follow and recounts; a record for the history of each.
pub async fn follow(
    write: &mut Write,
    scheme: &Scheme,
    shift: Shift<'_>,
) -> Result<Vec<Record>, sqlx::Error> {
    let campaign = write.campaign();
    let measures = followers(scheme, shift.date);
    if measures.is_empty() || shift.was == shift.now {
        return Ok(Vec::new());
    }
    let days = (shift.was, shift.now);
    let moved = extensions::shift(write.connection(), campaign, &measures, days).await?;
    let subjects: BTreeSet<(i64, i64)> = moved
        .iter()
        .map(|item| (item.association.0, item.department.0))
        .collect();
    for (association, department) in subjects {
        let subject = (AssociationId(association), DepartmentId(department));
        counters::recount(write.connection(), campaign, subject).await?;
    }
    let (was, now) = (shift.was.to_string(), shift.now.to_string());
    Ok(moved
        .into_iter()
        .map(|item| {
            let sentence = format!(
                "{}的时间调整，{}的时限由{was}调整为{now}",
                shift.task, item.measure
            );
            Record::new(Act::TimelineMove, "item", item.id, sentence)
                .in_file_of(item.association)
                .with_opinion(shift.reason)
                .changed("deadline", was.as_str(), now.as_str())
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::followers;
    use crate::scheme::Scheme;

    #[test]
    fn legal_days_and_registration_do_not_follow_the_stage() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let stage = followers(&scheme, "implement_due");
        for measure in ["T1-01", "T2-02", "T3-05"] {
            assert!(stage.iter().any(|code| code == measure), "{measure}");
        }
        for measure in ["T3-06", "T3-11", "T6-01"] {
            assert!(!stage.iter().any(|code| code == measure), "{measure}");
        }
        assert!(followers(&scheme, "office_space_due").is_empty());
        assert!(followers(&scheme, "midterm_due").is_empty());
    }
}
