//! What the checks find in a survey, and what is missing from it.

use crate::scheme::answers::Answers;
use crate::scheme::survey::{AnswerType, Question, Survey};

use super::Check;

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
    /// The questions that it was found in; the first is where the link leads.
    pub fields: Vec<String>,
    /// Nothing is wrong: an answer is not there yet.
    pub blank: bool,
}

/// Every finding of the survey: missing answers first, then the checks.
#[must_use]
pub fn findings(survey: &Survey, answers: &Answers) -> Vec<Finding> {
    let questions = survey
        .sections
        .iter()
        .flat_map(|section| &section.questions);
    found(questions, &survey.checks, answers)
}

/// Every finding of these questions and checks: missing answers first. What is not asked any
/// more is kept and judged by nobody: its field is not there to mend it.
#[must_use]
pub fn found<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    checks: &[Check],
    answers: &Answers,
) -> Vec<Finding> {
    let questions: Vec<&Question> = questions.into_iter().collect();
    let missed = questions
        .iter()
        .filter_map(|question| missing(question, answers));
    let mut found: Vec<Finding> = missed.collect();
    let mut asked = answers.clone();
    for hidden in questions.iter().filter(|question| !question.shown(answers)) {
        asked.set(hidden.code(), None);
    }
    let failed = checks.iter().filter(|check| !check.passes(&asked));
    found.extend(failed.map(|check| Finding {
        code: check.code().to_owned(),
        severity: check.severity(),
        message: check.message.clone(),
        fields: check.reads().codes.into_iter().map(str::to_owned).collect(),
        blank: false,
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
        blank: true,
    })
}
