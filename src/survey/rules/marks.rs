//! What the office finds of a survey while it reads it: sections that pass, and what is to be
//! mended at a question. Kept until the survey is sent again; a return takes the remarks.

use crate::scheme::{Scheme, Section};

crate::words! {
    /// How a section stands for the office.
    pub enum Found {
        /// Nothing was said of it.
        Unread = "unread", "未审", Todo;
        /// It can stay as it is.
        Passed = "passed", "通过", Done;
        /// Something in it is to be mended.
        Remarked = "remarked", "要求补正", Soon;
    }
}

/// A section that passed, or what is to be mended at a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The section, or the question.
    pub place: String,
    /// The section can stay as it is.
    pub passed: bool,
    /// What is to be mended at the question.
    pub remark: String,
}

impl Mark {
    /// Of a section that passed.
    #[must_use]
    pub fn passed(section: &str) -> Self {
        Self {
            place: section.to_owned(),
            passed: true,
            remark: String::new(),
        }
    }

    /// Of a question that is to be mended.
    #[must_use]
    pub fn remark(question: &str, remark: String) -> Self {
        Self {
            place: question.to_owned(),
            passed: false,
            remark,
        }
    }
}

/// The questions of a section that are to be mended.
pub fn remarks<'m>(section: &'m Section, marks: &'m [Mark]) -> impl Iterator<Item = &'m Mark> {
    marks.iter().filter(|mark| {
        let mut questions = section.questions.iter();
        !mark.passed && questions.any(|question| question.code() == mark.place)
    })
}

/// How a section stands.
#[must_use]
pub fn found(section: &Section, marks: &[Mark]) -> Found {
    let passed = |mark: &Mark| mark.passed && mark.place == section.code;
    if remarks(section, marks).next().is_some() {
        Found::Remarked
    } else if marks.iter().any(passed) {
        Found::Passed
    } else {
        Found::Unread
    }
}

/// 通过3个部分，意见2条.
#[must_use]
pub fn told(marks: &[Mark]) -> String {
    let passed = marks.iter().filter(|mark| mark.passed).count();
    let said = [
        (passed, "通过", "个部分"),
        (marks.len() - passed, "意见", "条"),
    ];
    let said = said.iter().filter(|(count, ..)| *count > 0);
    let said: Vec<String> = said
        .map(|(count, what, of)| format!("{what}{count}{of}"))
        .collect();
    said.join("，")
}

/// What a question is called.
#[must_use]
pub fn label(scheme: &Scheme, question: &str) -> String {
    let asked = scheme.question(question);
    asked.map_or_else(|| question.to_owned(), |asked| asked.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_outweighs_that_a_section_passed() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let section = scheme.section("base").unwrap();
        let passed = vec![Mark::passed("base")];
        assert_eq!(found(section, &[]), Found::Unread);
        assert_eq!(found(section, &passed), Found::Passed);
        let remark = Mark::remark("SV-18-1", "请填写真实姓名".to_owned());
        let both = [passed, vec![remark]].concat();
        assert_eq!(found(section, &both), Found::Remarked);
        assert_eq!(told(&both), "通过1个部分，意见1条");
        // A code is no word.
        assert!(!label(&scheme, "SV-18-1").contains("SV-"));
    }
}
