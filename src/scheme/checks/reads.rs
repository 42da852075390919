//! What a check reads. It is shown nothing else, stands where the first of it stands, and
//! what explains it holds for these values only.

use sha2::{Digest as _, Sha256};

use crate::scheme::answers::Answers;
use crate::scheme::conditions::{Condition, codes_of};

use super::{Check, NAMED, Rule};

/// The values that a check or a condition reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads<'a> {
    /// Questions, a table with all its cells; the first is where it is mended.
    pub codes: Vec<&'a str>,
    /// Days and years that parameters put into it.
    given: Vec<String>,
}

impl<'a> Reads<'a> {
    pub(in crate::scheme) fn code(&mut self, code: &'a str) {
        if !self.codes.contains(&code) {
            self.codes.push(code);
        }
    }

    fn given(&mut self, value: &impl ToString) {
        self.given.push(value.to_string());
    }

    fn condition(&mut self, condition: &'a Condition) {
        match condition {
            Condition::Always => {}
            Condition::Is(code, _)
            | Condition::IsNot(code, _)
            | Condition::Over(code, _)
            | Condition::AnyRow(code)
            | Condition::Includes(code, _)
            | Condition::Answered(code) => self.code(code),
            Condition::Row(parts) => parts.iter().take(1).for_each(|code| self.code(code)),
            Condition::All(inner) | Condition::Any(inner) => {
                for each in inner {
                    self.condition(each);
                }
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Named(_) => self.named(condition),
            Condition::PaidIn(years) => {
                self.named(condition);
                for year in years {
                    self.given(year);
                }
            }
            Condition::PaidSince(stop) => {
                self.named(condition);
                self.given(stop);
            }
        }
    }

    fn named(&mut self, condition: &Condition) {
        for code in codes_of(condition) {
            self.code(code);
        }
    }
}

impl Check {
    /// What it reads, what is to be mended first: a total before its parts, what must follow
    /// before its cause.
    #[must_use]
    pub fn reads(&self) -> Reads<'_> {
        let mut reads = Reads::default();
        match &self.rule {
            Rule::Sum(codes) => codes.iter().for_each(|code| reads.code(code)),
            Rule::AtMost(first, second) => {
                reads.code(first);
                reads.code(second);
            }
            Rule::NotAfter(first, second) => {
                reads.code(first);
                match self.day_of(second) {
                    Some(day) => reads.given(&day),
                    None => reads.code(second),
                }
            }
            Rule::Implies { cause, then } => {
                reads.condition(then);
                reads.condition(cause);
            }
            Rule::Forbid(condition) => reads.condition(condition),
            Rule::Named(name) => {
                let declared = NAMED.iter().find(|(known, _, _)| known == name);
                let codes = declared.map_or(&[][..], |(_, codes, _)| codes);
                for code in codes {
                    reads.code(code);
                }
            }
        }
        reads
    }

    /// The digest of the values that it reads: what somebody said of its warning was said of
    /// these.
    #[must_use]
    pub fn digest(&self, answers: &Answers) -> String {
        let reads = self.reads();
        let told = answers.only(&reads.codes);
        // Keys are sorted, so the text is canonical.
        let read = serde_json::json!([self.code(), told, reads.given]);
        let digest = Sha256::digest(read.to_string().as_bytes());
        hex::encode(digest).chars().take(32).collect()
    }
}
