//! The rules of domain 8.3, pure: persons and posts, a day and the parameters in;
//! findings with the scheme's words, the arithmetic and the next date out. The
//! category of a person is computed each day and kept nowhere (PE-2).

pub mod days;
pub mod deeds;

mod affected;
mod cadres;
pub mod closing;
mod duties;
mod holder;
mod judged;
mod pressing;
mod standing;

use chrono::NaiveDate;

use crate::scheme::parameters::AgeLimitMode;
use crate::scheme::parameters::Parameters;

pub use affected::{Difference, differences, lacks};
pub use closing::CLEARED;
pub use holder::{Holder, SETTLED, identity_label, post_label, same_person};
pub use judged::{Judged, Tally, declared, judge, tally};
pub use pressing::{Step, steps};
pub use standing::Standing;

/// What is to be done about a person's post, as desks call it.
pub const POST: &str = "post";

crate::words! {
    /// How much a finding weighs.
    #[derive(PartialOrd, Ord)]
    pub enum Severity {
        /// To know.
        Info = "info", "说明", Void;
        /// To look at.
        Warn = "warn", "提醒", Soon;
        /// To put right.
        Must = "must", "须处理", Late;
    }
}

/// A day on which something changes, and what.
pub type Next = (NaiveDate, &'static str);

/// What a rule found on a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// PE-1 …
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The rule in the words of the scheme or of the document it comes from.
    pub words: &'static str,
    /// How it applies to this person, with the arithmetic.
    pub reason: String,
    /// When that changes.
    pub next: Option<Next>,
}

impl Finding {
    fn new(rule: &'static str, severity: Severity, words: &'static str, reason: String) -> Self {
        Self {
            rule,
            severity,
            words,
            reason,
            next: None,
        }
    }

    fn changes(mut self, on: NaiveDate, what: &'static str) -> Self {
        self.next = Some((on, what));
        self
    }
}

/// The limits of the day, handed in by value (TC-51).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Months after retirement without a post.
    pub cooling_months: u32,
    /// Age limit, years.
    pub age_limit: i64,
    /// On which birthday it is passed (⚠AMB-9).
    pub age_limit_mode: AgeLimitMode,
    /// Posts that a retired cadre may hold.
    pub max_posts: i64,
    /// Terms that may be served.
    pub max_terms: i64,
    /// Longest term, years.
    pub term_max_years: i64,
    /// The end of the five separations.
    pub implement_due: NaiveDate,
    /// Date of the scheme.
    pub issue_date: NaiveDate,
    /// The district's own rules on posts are adopted: PE-10 to PE-12 must be acted on.
    pub adopted: bool,
}

impl Limits {
    /// The limits among the parameters of a day.
    #[must_use]
    pub const fn of(parameters: &Parameters) -> Self {
        Self {
            cooling_months: parameters.cooling_months,
            age_limit: parameters.age_limit,
            age_limit_mode: parameters.age_limit_mode,
            max_posts: parameters.max_posts,
            max_terms: parameters.max_terms,
            term_max_years: parameters.term_max_years,
            implement_due: parameters.implement_due,
            issue_date: parameters.issue_date,
            adopted: parameters.officer_rules_adopted,
        }
    }

    const fn by_policy(&self) -> Severity {
        if self.adopted {
            Severity::Must
        } else {
            Severity::Warn
        }
    }
}

/// What a person is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day.
    pub today: NaiveDate,
    /// Its limits.
    pub limits: &'a Limits,
    /// Everybody on the register of the same association.
    pub peers: &'a [Holder],
    /// People of the same names on other registers of the campaign.
    pub others: &'a [Holder],
    /// Since when T4-03 is verified (PE-18).
    pub cleared_on: Option<NaiveDate>,
}

impl<'a> Context<'a> {
    /// Posts of the same person in other associations (PE-5, PE-11).
    pub fn elsewhere(self, holder: &'a Holder) -> impl Iterator<Item = &'a Holder> {
        self.others.iter().filter(|other| {
            other.association != holder.association
                && other.is_active()
                && same_person(holder, other)
        })
    }
}

/// Everything that the rules say of a person, the gravest first.
#[must_use]
pub fn findings(holder: &Holder, context: Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    duties::clearing(holder, context, &mut found);
    duties::employed(holder, context, &mut found);
    cadres::approval(holder, context, &mut found);
    cadres::age(holder, context, &mut found);
    cadres::holding(holder, context, &mut found);
    duties::officers(holder, context, &mut found);
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

/// The gravest weight on a person.
#[must_use]
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}

/// The next day on which something changes, after today.
#[must_use]
pub fn next_change(findings: &[Finding], today: NaiveDate) -> Option<Next> {
    findings
        .iter()
        .filter_map(|finding| finding.next)
        .filter(|(on, _)| *on > today)
        .min_by_key(|(on, _)| *on)
}

#[cfg(test)]
mod tests;
