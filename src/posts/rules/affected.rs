//! Whom another value of a parameter concerns (TC-51): the same rules twice, under
//! the old and under the new limits.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::AssociationId;

use super::{Finding, Holder, Limits, Severity, judge};

/// A person of whom the rules say something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The person.
    pub holder: Holder,
    /// What they said and no longer say.
    pub before: Vec<Finding>,
    /// What they say now and did not say.
    pub after: Vec<Finding>,
}

/// The people, given in the order of their associations, of whom the rules say
/// something else on a day under `new` than under `old`.
#[must_use]
pub fn differences(
    holders: &[Holder],
    namesakes: &[Holder],
    (old, new, day): (&Limits, &Limits, NaiveDate),
    cleared: &BTreeMap<AssociationId, NaiveDate>,
) -> Vec<Difference> {
    let under = |limits| judge(holders, namesakes.to_vec(), (limits, day), cleared);
    under(old)
        .into_iter()
        .zip(under(new))
        .map(|(before, after)| Difference {
            before: only(&before.findings, &after.findings),
            after: only(&after.findings, &before.findings),
            holder: after.holder,
        })
        .filter(|each| !(each.before.is_empty() && each.after.is_empty()))
        .collect()
}

fn only(here: &[Finding], there: &[Finding]) -> Vec<Finding> {
    let missing = |each: &&Finding| !there.iter().any(|other| same(each, other));
    here.iter().filter(missing).cloned().collect()
}

/// Whether two findings come to the same. What must be put right either way is the
/// same however many years or posts the sentence names.
fn same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule
        && one.severity == other.severity
        && one.next == other.next
        && (one.severity == Severity::Must || one.reason == other.reason)
}

/// Whether a date is missing that a rule on this parameter counts from.
#[must_use]
pub fn lacks(holder: &Holder, parameter: &str) -> bool {
    let cadre = holder.is_retired_cadre();
    let missing = match parameter {
        "age_limit" | "age_limit_mode" => cadre && holder.birth.is_none(),
        "cooling_months" => cadre && holder.retired_on.is_none(),
        "term_max_years" => holder.is_officer && holder.post_start.is_none(),
        "issue_date" => holder.recommended && holder.post_start.is_none(),
        _ => false,
    };
    missing && holder.is_active()
}
