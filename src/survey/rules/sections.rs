//! Sections of a survey: what was found in each, and whether it is filled in. A finding is
//! of the section in which everything stands that its rule reads.

use crate::scheme::{Answers, Finding, Question, Scheme, Section, Severity};

crate::words! {
    /// A section as it stands.
    pub enum Filled {
        /// Nobody has saved it.
        Blank = "blank", "未填写", Todo;
        /// Saved, and not said to be finished.
        Begun = "begun", "填写中", Going;
        /// Something in it cannot be so, or is missing though it is said to be finished.
        Wrong = "wrong", "有错误，待更正", Soon;
        /// Said to be finished, and nothing is wrong in it.
        Done = "done", "已填完", Done;
    }
}

/// What was found across sections is called so.
const ACROSS: &str = "跨部分核查";

/// How many there are in each section, in the order of the sections.
pub type Places = Vec<(String, usize)>;

/// The section in which a question stands.
#[must_use]
pub fn section_of<'a>(scheme: &'a Scheme, question: &str) -> Option<&'a Section> {
    let mut sections = scheme.survey.sections.iter();
    sections.find(|section| asks(section, question))
}

fn asks(section: &Section, question: &str) -> bool {
    let mut questions = section.questions.iter();
    questions.any(|each| each.code() == question)
}

/// Whether all that a finding rests on stands in this section.
#[must_use]
pub fn is_within(section: &Section, finding: &Finding) -> bool {
    finding.fields.iter().all(|field| asks(section, field))
}

/// The answers once a section was saved: what was typed there, and all others as they stood.
#[must_use]
pub fn saved(section: &Section, before: &Answers, typed: &Answers) -> Answers {
    let mut answers = before.clone();
    for question in section.questions.iter().map(Question::code) {
        answers.set(question, typed.get(question).cloned());
    }
    answers
}

/// What is told of a section when it is saved: what cannot be so at once, what is missing
/// once it is said to be finished.
#[must_use]
pub fn told<'a>(section: &Section, findings: &'a [Finding], marked: bool) -> Vec<&'a Finding> {
    let own = findings.iter().filter(|each| is_within(section, each));
    own.filter(|each| marked || !each.blank).collect()
}

/// How a section stands: `marked` by who fills it in as finished, `saved` by anybody.
#[must_use]
pub fn filled(section: &Section, findings: &[Finding], (marked, saved): (bool, bool)) -> Filled {
    let mut told = told(section, findings, marked).into_iter();
    let wrong = told.any(|each| each.severity == Severity::Error);
    match (wrong, marked, saved) {
        // What the register knew beforehand is nobody's mistake.
        (_, false, false) => Filled::Blank,
        (true, ..) => Filled::Wrong,
        (false, true, _) => Filled::Done,
        (false, false, true) => Filled::Begun,
    }
}

/// In which sections these findings are.
#[must_use]
pub fn places<'a>(scheme: &Scheme, found: impl Iterator<Item = &'a Finding> + Clone) -> Places {
    let sections = scheme.survey.sections.iter();
    let sections: Places = sections
        .map(|section| {
            let own = found.clone().filter(|each| is_within(section, each));
            (section.title.clone(), own.count())
        })
        .collect();
    let within: usize = sections.iter().map(|(_, count)| count).sum();
    let across = found.count().saturating_sub(within);
    let all = sections.into_iter().chain([(ACROSS.to_owned(), across)]);
    all.filter(|(_, count)| *count > 0).collect()
}

/// How many in all, and how many in each section.
#[must_use]
pub fn counted(places: &[(String, usize)], unit: &str) -> (usize, String) {
    let all = places.iter().map(|(_, count)| count).sum();
    let words = places
        .iter()
        .map(|(title, count)| format!("{title}{count}{unit}"));
    (all, words.collect::<Vec<_>>().join("、"))
}
