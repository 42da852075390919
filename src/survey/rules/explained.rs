//! What was said of warnings. It is bound to the values that the warning's rule reads, and
//! lapses with any of them.

use std::collections::BTreeMap;

use crate::scheme::checks::Check;
use crate::scheme::{Answers, Scheme};

/// Code → sentence.
pub type Explanations = BTreeMap<String, String>;
/// Code → digest of the values that its explanation is about.
pub type Digests = BTreeMap<String, String>;

/// The explanations of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explained {
    /// What was said.
    pub sentences: Explanations,
    /// Of which values.
    pub of: Digests,
    /// What was said of values that have changed since.
    pub lapsed: Explanations,
}

fn check<'a>(scheme: &'a Scheme, code: &str) -> Option<&'a Check> {
    let mut checks = scheme.survey.checks.iter();
    checks.find(|check| check.code() == code)
}

impl Explained {
    /// What was said of a warning, while it is about the answers as they stand.
    #[must_use]
    pub fn sentence(&self, scheme: &Scheme, code: &str, answers: &Answers) -> Option<&str> {
        let sentence = self.sentences.get(code)?;
        let fits = self.fits(check(scheme, code)?, answers);
        fits.then_some(sentence.as_str())
    }

    /// What was said before explanations were bound is about what stands until the next save.
    fn fits(&self, check: &Check, answers: &Answers) -> bool {
        let of = self.of.get(check.code());
        of.is_none_or(|of| *of == check.digest(answers))
    }

    /// What somebody said of it before its values changed.
    #[must_use]
    pub fn before(&self, scheme: &Scheme, code: &str, answers: &Answers) -> Option<&str> {
        let lapsed = || self.lapsed.get(code);
        let stale = self.sentences.get(code);
        let stale = stale.filter(|_| self.sentence(scheme, code, answers).is_none());
        stale.or_else(lapsed).map(String::as_str)
    }

    /// These are said of the answers as they stand.
    pub fn say(&mut self, scheme: &Scheme, sentences: &Explanations, answers: &Answers) {
        for (code, sentence) in sentences {
            let Some(check) = check(scheme, code) else {
                continue;
            };
            self.lapsed.remove(code);
            self.of.insert(code.clone(), check.digest(answers));
            self.sentences.insert(code.clone(), sentence.clone());
        }
    }

    /// What is left of them once the answers read otherwise.
    #[must_use]
    pub fn after(&self, scheme: &Scheme, before: &Answers, after: &Answers) -> Self {
        let mut left = Self {
            lapsed: self.lapsed.clone(),
            ..Self::default()
        };
        for (code, sentence) in &self.sentences {
            let Some(check) = check(scheme, code) else {
                continue;
            };
            let now = check.digest(after);
            if self.fits(check, before) && now == check.digest(before) {
                left.of.insert(code.clone(), now);
                left.sentences.insert(code.clone(), sentence.clone());
            } else {
                left.lapsed.insert(code.clone(), sentence.clone());
            }
        }
        left
    }
}
