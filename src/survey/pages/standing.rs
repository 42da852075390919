//! What is said on a section's page of the section as it was saved: errors at their fields,
//! reminders, the office's opinions, and what differs from the confirmed edition.

use crate::scheme::{Answers, Finding, Section, Severity};
use crate::survey::rules::{self, Filled};
use crate::survey::store::{Opinion, Survey};
use crate::web::Form;
use crate::web::answer::questions::{FieldView, Note};
use crate::web::changes::Words;

use super::compared;
use super::found::{FindingView, is_wrong};

/// A section as it was saved.
pub(super) struct Standing {
    /// What is wrong in it, counted; empty: nothing.
    pub wrong: String,
    /// One by one.
    pub lines: Vec<FindingView>,
    told: Vec<Finding>,
}

impl Standing {
    /// Of a section of an edition.
    pub fn of(words: &Words<'_>, section: &Section, survey: &Survey) -> Self {
        let found = rules::findings(words.scheme, &survey.answers.0);
        let filled = survey.filled(section, &found);
        let told = match filled {
            Filled::Blank => Vec::new(),
            _ => rules::told(section, &found, survey.is_marked(section)),
        };
        let errors = || told.iter().filter(|each| each.severity == Severity::Error);
        Self {
            wrong: counted(errors().map(|each| is_wrong(each))),
            lines: errors().map(|each| line(each)).collect(),
            told: told.into_iter().cloned().collect(),
        }
    }

    /// Puts errors at their fields.
    pub fn fail(&self, section: &Section, form: &mut Form) {
        let errors = self.told.iter();
        for error in errors.filter(|each| each.severity == Severity::Error) {
            let field = error.fields.first().map_or("", String::as_str);
            let mut questions = section.questions.iter();
            let asked = questions.find(|question| question.code() == field);
            let label = asked.map_or("", |question| question.label.as_str());
            form.fail(field, label, error.message.clone());
        }
    }

    /// Puts reminders at their fields, with what was said of them.
    pub fn remind(&self, fields: &mut [FieldView], survey: &Survey, words: &Words<'_>) {
        let explained = survey.explained();
        let reminders = self.told.iter();
        for each in reminders.filter(|each| each.severity == Severity::Warning) {
            let said = explained.sentence(words.scheme, &each.code, &survey.answers.0);
            let text = match said {
                Some(said) => format!("{}（已说明：{said}）", each.message),
                None => format!("{}（保存后在摸底调查首页逐条说明）", each.message),
            };
            let field = each.fields.first().map_or("", String::as_str);
            put(fields, field, ("提醒", text), said.is_none());
        }
    }
}

/// An opinion of the office on a question, told above the form with the way to it.
pub(super) struct Returned {
    /// The question.
    pub code: String,
    /// What it asks.
    pub label: String,
    /// The opinion.
    pub text: String,
}

/// The opinions on a section's questions, in the order of the questions.
pub(super) fn returned(section: &Section, opinions: &[Opinion]) -> Vec<Returned> {
    let questions = section.questions.iter();
    let told = questions.flat_map(|question| {
        let of_it = opinions
            .iter()
            .filter(|each| each.question == question.code());
        of_it.map(|each| Returned {
            code: question.code().to_owned(),
            label: question.label.clone(),
            text: each.opinion.clone(),
        })
    });
    told.collect()
}

/// What the office asked to be mended.
pub(super) fn opinions(fields: &mut [FieldView], opinions: Vec<Opinion>) {
    for each in opinions {
        put(fields, &each.question, ("脱钩办意见", each.opinion), true);
    }
}

/// What the confirmed edition says.
pub(super) fn differences(
    fields: &mut [FieldView],
    words: &Words<'_>,
    section: &Section,
    (number, answers): (i32, [&Answers; 2]),
) {
    let [before, after] = answers;
    for question in rules::differing(&section.questions, before, after) {
        let changes = compared::changes(words, question, answers);
        let title = format!("与已确认的第{number}版不同");
        let text = compared::sentence(&changes);
        put(fields, question.code(), (&title, text), false);
    }
}

fn put(fields: &mut [FieldView], field: &str, (title, text): (&str, String), warning: bool) {
    let mut fields = fields.iter_mut();
    if let Some(view) = fields.find(|view| view.code == field) {
        view.notes.push(Note {
            title: title.to_owned(),
            text,
            warning,
        });
    }
}

/// 1处错误、2处漏填.
fn counted(wrong: impl Iterator<Item = bool>) -> String {
    let (wrong, blank): (Vec<bool>, Vec<bool>) = wrong.partition(|wrong| *wrong);
    let said = [(wrong.len(), "处错误"), (blank.len(), "处漏填")];
    let said = said.iter().filter(|(count, _)| *count > 0);
    let said = said.map(|(count, what)| format!("{count}{what}"));
    said.collect::<Vec<_>>().join("、")
}

fn line(error: &Finding) -> FindingView {
    let field = error.fields.first();
    FindingView {
        severity: "error",
        sentence: error.message.clone(),
        link: field.map(|field| format!("#f-{field}")),
    }
}
