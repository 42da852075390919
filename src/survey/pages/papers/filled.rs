//! The form with what was answered: the same words as on the page, figures with the question
//! that they answer, and what the register says today where it says something else.

use crate::documents::paper::{Block, Bound, Sentence};
use crate::scheme::{AnswerType, Question, Scheme};
use crate::survey::rules::is_signature;
use crate::web::answer::questions::ShownAnswer;

use super::super::answers::SectionView;
use super::heading;
use super::rows::{Asked, Rows, Table};

/// All sections with these answers, and where they were read; `known` is what the register
/// answers today.
pub(super) fn blocks(
    scheme: &Scheme,
    (sections, known): (&[SectionView], &[SectionView]),
    source: &str,
) -> Vec<Block> {
    let parts = scheme.survey.sections.iter().zip(sections).zip(known);
    let parts = parts.enumerate().flat_map(|(at, ((asked, own), known))| {
        let mut rows = Rows::default();
        for answer in own.answers.iter().filter(|each| !is_signature(&each.code)) {
            let mut questions = asked.questions.iter();
            let Some(question) = questions.find(|each| each.code() == answer.code) else {
                continue;
            };
            if answer.rows.is_empty() {
                let mut register = known.answers.iter();
                let register = register.find(|each| each.code == answer.code);
                rows.put(one(question, (answer, register), source));
            } else {
                rows.table(&answer.label, &table(question, answer, source));
            }
        }
        let mut blocks = vec![heading(at, &own.title)];
        blocks.extend(rows.end());
        blocks
    });
    parts.collect()
}

/// Whether an answer is a figure.
const fn is_figure(kind: AnswerType) -> bool {
    matches!(
        kind,
        AnswerType::Money
            | AnswerType::Area
            | AnswerType::Count
            | AnswerType::Date
            | AnswerType::Total
    )
}

/// One answer in words.
fn one(
    question: &Question,
    (answer, register): (&ShownAnswer, Option<&ShownAnswer>),
    source: &str,
) -> Asked {
    let register = register.filter(|each| each.answered && !each.text.is_empty());
    let value = if answer.answered && (is_figure(question.kind) || register.is_some()) {
        let bound = Bound::new(answer.text.clone(), format!("{source} {}", answer.code));
        match register {
            Some(today) if !matches!(question.kind, AnswerType::Total) => {
                bound.against(today.text.clone()).into()
            }
            _ => bound.into(),
        }
    } else {
        Sentence::from(&answer.text)
    };
    Asked {
        label: answer.label.clone(),
        value,
        room: 1,
        word: is_figure(question.kind)
            || matches!(question.kind, AnswerType::YesNo | AnswerType::Choice),
    }
}

/// The rows of a table; its figures say which question they answer.
fn table(question: &Question, answer: &ShownAnswer, source: &str) -> Table {
    let figures: Vec<bool> = answer
        .heads
        .iter()
        .map(|head| {
            let mut columns = question.columns.iter();
            let column = columns.find(|column| column.label == *head);
            column.is_some_and(|column| is_figure(column.kind))
        })
        .collect();
    let cell = |(text, figure): (&String, &bool)| {
        if *figure && !text.is_empty() {
            Bound::new(text.clone(), format!("{source} {}", answer.code)).into()
        } else {
            Sentence::from(text)
        }
    };
    let rows = answer.rows.iter();
    Table {
        heads: answer.heads.clone(),
        rows: rows
            .map(|row| row.iter().zip(&figures).map(cell).collect())
            .collect(),
    }
}
