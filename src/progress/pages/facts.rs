//! The facts of an item on its page: fields for who fills them in, answers for who verifies
//! them beside the evidence, and what is missing, each with the way to where it is mended.

use chrono::NaiveDate;

use crate::progress::acts::held::Ground;
use crate::progress::rules::facts::Missing;
use crate::progress::rules::{self, Item, ItemState};
use crate::scheme::{AnswerType, Answers, Measure, Question, Scheme};
use crate::web::Form;
use crate::web::answer::questions::{self, FieldView, ShownAnswer};
use crate::web::conflict::{Part, asked};

/// What the page says of them.
pub(super) struct FactsView {
    /// The questions.
    pub(super) asked: Vec<Question>,
    /// As fields.
    pub(super) fields: Vec<FieldView>,
    /// As answers.
    pub(super) shown: Vec<ShownAnswer>,
    /// What is missing.
    pub(super) missing: Vec<Missing>,
}

impl FactsView {
    /// Of an item as it stands, with what is typed.
    pub(super) fn of(
        scheme: &Scheme,
        (item, measure): (&Item, &Measure),
        ground: &Ground,
        form: &Form,
    ) -> Self {
        let decided = matches!(
            item.state,
            ItemState::ReportedDone | ItemState::Verified | ItemState::Accepted
        );
        let over = matches!(item.state, ItemState::Exempted | ItemState::NotApplicable);
        let missing = if over {
            Vec::new()
        } else {
            ground.held(scheme, item, decided).missing
        };
        Self {
            asked: measure.facts.clone(),
            fields: questions::fields(&measure.facts, form, &[]),
            shown: questions::shown(&measure.facts, &item.facts.0, &[]),
            missing,
        }
    }

    /// What their fields ask, as two versions of the page are compared.
    pub(super) fn parts(&self) -> Vec<Part> {
        asked(&self.asked, &[])
    }
}

/// Reads what is typed; days to come, and days before 2000, are none on which something
/// happened (TC-48).
pub(super) fn read(form: &mut Form, facts: &[Question], today: NaiveDate) -> Answers {
    let answers = questions::read(form, facts, &[]);
    for fact in facts.iter().filter(|fact| fact.kind == AnswerType::Date) {
        let day = answers.date(fact.code());
        if day.is_some_and(|day| rules::possible(day, today).is_err()) {
            let message = format!("{}不得早于2000年1月1日，不得晚于今天。", fact.label);
            form.fail(fact.code(), &fact.label, message);
        }
    }
    answers
}

/// The facts as the fields of a form.
pub(super) fn filled(facts: &[Question], item: &Item) -> Vec<(String, String)> {
    questions::fill(facts, &item.facts.0)
}
