//! Checks across questions: each finding has a code, a severity and a sentence, and
//! stands at the fields that its check reads.

mod findings;
mod named;
mod reads;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::answers::Answers;
use super::campaign::Parameters;
use super::conditions::{Condition, holds};

pub use findings::{Finding, Severity, findings, found, missing};
pub use named::{NAMED, NamedCheck};
pub use reads::Reads;

/// A check of answers: of `survey.toml`, or of a measure's facts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    code: Spanned<String>,
    /// What must hold.
    pub rule: Rule,
    /// What to say if it does not.
    pub message: String,
    /// The day of the parameter that the rule names, as far as it names one.
    #[serde(skip)]
    limit: Option<NaiveDate>,
}

/// The closed set of rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The first is the sum of the others; judged once all are answered.
    Sum(Vec<String>),
    /// The first is not more than the second.
    AtMost(String, String),
    /// The first date is not after the second: a question, a day, or the name of
    /// a parameter.
    NotAfter(String, String),
    /// Where the one holds, the other must.
    Implies {
        /// The one.
        #[serde(rename = "if")]
        cause: Condition,
        /// The other.
        then: Condition,
    },
    /// This must not hold.
    Forbid(Condition),
    /// A function of [`NAMED`].
    Named(String),
}

impl Check {
    /// Its code: E… blocks, W… must be explained.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code().starts_with('E') {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    /// Notes the day of a parameter that the check names, and puts parameters in
    /// the place of conditions' names that stand for them.
    pub(super) fn settle(&mut self, parameters: &Parameters) {
        match &mut self.rule {
            Rule::NotAfter(_, limit) => self.limit = parameters.date(limit),
            Rule::Implies { cause, then } => {
                cause.settle(parameters);
                then.settle(parameters);
            }
            Rule::Forbid(condition) => condition.settle(parameters),
            Rule::Sum(_) | Rule::AtMost(..) | Rule::Named(_) => {}
        }
    }

    /// Whether the answers pass. The rule is given what it reads, and nothing else.
    #[must_use]
    pub fn passes(&self, answers: &Answers) -> bool {
        self.holds(&answers.only(&self.reads().codes))
    }

    /// The day that a second operand names, if it names one.
    fn day_of(&self, second: &str) -> Option<NaiveDate> {
        self.limit.or_else(|| second.parse().ok())
    }

    fn holds(&self, answers: &Answers) -> bool {
        match &self.rule {
            Rule::Sum(codes) => sum_holds(codes, answers),
            Rule::AtMost(first, second) => match (answers.number(first), answers.number(second)) {
                (Some(first), Some(second)) => first <= second,
                _ => true,
            },
            Rule::NotAfter(first, second) => {
                let limit = self.day_of(second).or_else(|| answers.date(second));
                match (answers.date(first), limit) {
                    (Some(first), Some(limit)) => first <= limit,
                    _ => true,
                }
            }
            Rule::Implies { cause, then } => !holds(cause, answers) || holds(then, answers),
            Rule::Forbid(condition) => !holds(condition, answers),
            Rule::Named(name) => NAMED
                .iter()
                .find(|(known, _, _)| known == name)
                .is_none_or(|(_, _, function)| function(answers)),
        }
    }
}

fn sum_holds(codes: &[String], answers: &Answers) -> bool {
    let numbers: Option<Vec<i64>> = codes.iter().map(|code| answers.number(code)).collect();
    match numbers.as_deref() {
        Some([total, parts @ ..]) => *total == parts.iter().sum::<i64>(),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
