//! The check of a new association: answers by question, and what is red (NA-3).

use std::collections::BTreeMap;

use crate::scheme::founding::Founding;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Answer {
    /// 符合
    Yes,
    /// 不符合
    No,
    /// 不涉及
    None,
}

impl Answer {
    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::None => "none",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "符合",
            Self::No => "不符合",
            Self::None => "不涉及",
        }
    }

    /// The answer with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::None]
            .into_iter()
            .find(|answer| answer.key() == key)
    }
}

/// Answers and notes by question.
pub type Answers = BTreeMap<String, (Answer, String)>;

/// How the check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Questions answered 不符合: each is red, civil affairs' to settle.
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
    /// Colour and word.
    #[must_use]
    pub fn tag(self) -> (&'static str, String) {
        match (self.failing, self.open) {
            (0, 0) => ("green", "符合脱钩要求".to_owned()),
            (0, open) => ("yellow", format!("还有{open}项未核查")),
            (failing, _) => ("red", format!("{failing}项不符合")),
        }
    }
}
