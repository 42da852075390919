//! The check of a new association: answers by question, and what does not fit (NA-3).

use std::collections::BTreeMap;

use crate::scheme::founding::Founding;
use crate::words::Mark;

crate::words! {
    /// How a question is answered.
    pub enum Answer {
        Yes = "yes", "符合", Done;
        No = "no", "不符合", Late;
        None = "none", "不涉及", Void;
    }
}

/// Answers and notes by question.
pub type Answers = BTreeMap<String, (Answer, String)>;

/// How the check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Questions answered 不符合: each is civil affairs' to settle.
    pub failing: i32,
    /// Questions without an answer.
    pub open: i32,
}

/// How answers stand against the scheme's questions.
#[must_use]
pub fn outcome(questions: &[Founding], answers: &Answers) -> Outcome {
    let count = |wanted: &dyn Fn(Option<Answer>) -> bool| {
        let found = questions.iter().filter(|question| {
            let given = answers.get(question.code()).map(|(answer, _)| *answer);
            // 不涉及 is no answer where the question concerns every association.
            let given = given.filter(|answer| *answer != Answer::None || question.may_not_concern);
            wanted(given)
        });
        i32::try_from(found.count()).unwrap_or(i32::MAX)
    };
    Outcome {
        failing: count(&|answer| answer == Some(Answer::No)),
        open: count(&|answer| answer.is_none()),
    }
}

impl Outcome {
    /// What it means, and its words. A new association has to fit from its first day on.
    #[must_use]
    pub fn mark(self) -> (Mark, String) {
        match (self.failing, self.open) {
            (0, 0) => (Mark::Done, "符合脱钩要求".to_owned()),
            (0, open) => (Mark::Todo, format!("还有{open}项未核查")),
            (failing, _) => (Mark::Late, format!("{failing}项不符合")),
        }
    }
}
