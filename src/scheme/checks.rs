//! Checks across questions: each finding has a code, a severity and a sentence,
//! and names the fields where it is mended.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::answers::Answers;
use super::campaign::Parameters;
use super::conditions::{self, Condition, holds};
use super::survey::{AnswerType, Question, Survey};

/// Whether a finding blocks submitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Must be mended.
    Error,
    /// Must be explained in a sentence.
    Warning,
}

/// Something that the answers should not say, or do not say yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check's code, or the question's for a missing answer.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// What is wrong and how to mend it.
    pub message: String,
    /// The questions concerned; the first is where the link leads.
    pub fields: Vec<String>,
}

/// A check of `survey.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    code: Spanned<String>,
    /// What must hold.
    pub rule: Rule,
    /// What to say if it does not.
    pub message: String,
    /// The questions concerned.
    pub fields: Vec<String>,
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

/// Name, codes read, and the function; true is well.
pub type NamedCheck = (&'static str, &'static [&'static str], fn(&Answers) -> bool);

/// The named checks, with the codes that they read; true is well.
pub const NAMED: &[NamedCheck] = &[
    ("kept_by_law_needs_article", &["SV-32"], |answers| {
        answers
            .rows("SV-32")
            .iter()
            .all(|row| row.text("opinion") != Some("keep_by_law") || conditions::kept_by_law(row))
    }),
    ("merger_needs_department", &["SV-24"], |answers| {
        answers
            .rows("SV-24")
            .iter()
            .all(|row| row.text("disposition") != Some("transfer") || row.filled("to_department"))
    }),
    ("staff_within_posts", &["SV-24"], |answers| {
        answers
            .rows("SV-24")
            .iter()
            .all(|row| row.number("staff") <= row.number("posts"))
    }),
    ("assets_stated", &["SV-26"], |answers| {
        answers
            .rows("SV-26")
            .iter()
            .all(|row| row.choices("contents").contains(&"assets") || row.filled("assets_note"))
    }),
    (
        "asset_rows_match",
        &["SV-49-3", "SV-49-4", "SV-51"],
        |answers| {
            let (Some(fixed), Some(intangible)) =
                (answers.number("SV-49-3"), answers.number("SV-49-4"))
            else {
                return true;
            };
            let net: i64 = answers
                .rows("SV-51")
                .iter()
                .filter_map(|row| row.number("net"))
                .sum();
            !answers.has("SV-51") || net == fixed + intangible
        },
    ),
    (
        "balance",
        &["SV-49-0", "SV-50-0", "SV-50-1", "SV-50-2"],
        |answers| {
            let numbers: Option<Vec<i64>> = ["SV-49-0", "SV-50-0", "SV-50-1", "SV-50-2"]
                .iter()
                .map(|code| answers.number(code))
                .collect();
            match numbers.as_deref() {
                Some([assets, liabilities, restricted, unrestricted]) => {
                    *assets == liabilities + restricted + unrestricted
                }
                _ => true,
            }
        },
    ),
    (
        "legal_representative_registered",
        &["SV-07", "SV-60"],
        |answers| {
            let Some(name) = answers.text("SV-07") else {
                return true;
            };
            !answers.has("SV-60")
                || answers
                    .rows("SV-60")
                    .iter()
                    .any(|row| row.text("name") == Some(name))
        },
    ),
    ("retired_cadres_have_dates", &["SV-60"], |answers| {
        answers.rows("SV-60").iter().all(|row| {
            row.text("identity") != Some("retired_cadre") || row.date("retired_on").is_some()
        })
    }),
    ("contracts_complete", &["SV-60", "SV-63"], |answers| {
        let needed = conditions::counter("contracts_needed", answers);
        answers
            .number("SV-63")
            .is_none_or(|signed| signed >= needed)
    }),
    (
        "contracts_not_more_than_staff",
        &["SV-60", "SV-63"],
        |answers| {
            let staff = conditions::counter("all_staff", answers);
            !answers.has("SV-60") || answers.number("SV-63").is_none_or(|signed| signed <= staff)
        },
    ),
    (
        "insurance_complete",
        &["SV-60", "SV-64-1", "SV-64-2", "SV-64-6"],
        |answers| {
            let needed = conditions::counter("insurance_needed", answers);
            ["SV-64-1", "SV-64-2", "SV-64-6"]
                .iter()
                .all(|code| answers.number(code).is_none_or(|insured| insured >= needed))
        },
    ),
    ("party_body_where_three", &["SV-70-1", "SV-71"], |answers| {
        answers.number("SV-70-1").is_none_or(|formal| formal < 3)
            || answers.yes("SV-71") != Some(false)
    }),
    (
        "party_members_within",
        &["SV-70-1", "SV-70-2", "SV-70-3"],
        |answers| {
            let total =
                answers.number("SV-70-1").unwrap_or(0) + answers.number("SV-70-2").unwrap_or(0);
            answers
                .number("SV-70-3")
                .is_none_or(|inside| inside <= total)
        },
    ),
    ("no_organ_staff_keeps_accounts", &["SV-45"], |answers| {
        !answers
            .rows("SV-45")
            .iter()
            .any(|row| row.yes("organ_staff") == Some(true))
    }),
    ("rooms_have_area", &["SV-55"], |answers| {
        answers
            .rows("SV-55")
            .iter()
            .all(|row| row.number("area").unwrap_or(0) > 0)
    }),
    ("one_primary_supervisor", &["SV-20"], |answers| {
        answers
            .rows("SV-20")
            .iter()
            .filter(|row| row.text("kind") == Some("supervise"))
            .count()
            <= 1
    }),
];

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

    fn passes(&self, answers: &Answers) -> bool {
        match &self.rule {
            Rule::Sum(codes) => sum_holds(codes, answers),
            Rule::AtMost(first, second) => match (answers.number(first), answers.number(second)) {
                (Some(first), Some(second)) => first <= second,
                _ => true,
            },
            Rule::NotAfter(first, second) => {
                let limit = self.limit.or_else(|| second.parse().ok());
                let limit = limit.or_else(|| answers.date(second));
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

/// Every finding of the survey: missing answers first, then the checks.
#[must_use]
pub fn findings(survey: &Survey, answers: &Answers) -> Vec<Finding> {
    let questions = survey
        .sections
        .iter()
        .flat_map(|section| &section.questions);
    let mut found: Vec<Finding> = questions
        .filter_map(|question| missing(question, answers))
        .collect();
    let failed = survey.checks.iter().filter(|check| !check.passes(answers));
    found.extend(failed.map(|check| Finding {
        code: check.code().to_owned(),
        severity: check.severity(),
        message: check.message.clone(),
        fields: check.fields.clone(),
    }));
    found
}

/// What is missing from one question, if anything. A question that is not
/// asked is never missing.
#[must_use]
pub fn missing(question: &Question, answers: &Answers) -> Option<Finding> {
    if !question.shown(answers) || question.kind == AnswerType::Total {
        return None;
    }
    let rows = answers.rows(question.code());
    // An empty table says "none" only where the form has a tick for it.
    let least = if question.nil.is_some() {
        question.min_rows
    } else {
        question.min_rows.max(1)
    };
    let incomplete = rows.iter().position(|row| {
        question
            .columns
            .iter()
            .any(|column| column.required && row.get(&column.name).is_none())
    });
    let message = if question.required && !answers.has(question.code()) {
        format!("请填写“{}”。", question.label)
    } else if question.kind == AnswerType::Rows && question.required && rows.len() < least {
        format!("“{}”至少填写{least}行。", question.label)
    } else if let Some(row) = incomplete {
        format!("“{}”第{}行有必填的栏目未填。", question.label, row + 1)
    } else {
        return None;
    };
    Some(Finding {
        code: question.code().to_owned(),
        severity: Severity::Error,
        message,
        fields: vec![question.code().to_owned()],
    })
}

#[cfg(test)]
mod tests;
