//! The survey as the office reads it: section by section, beside each answer what was asked of
//! it before and the place for a remark, at the end of a section whether it passes.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Extract;

use crate::access::Act;
use crate::paths;
use crate::registry::store::Brief;
use crate::scheme::{Finding, Scheme, Severity};
use crate::survey::acts;
use crate::survey::rules::marks::{self, Found, Mark};
use crate::survey::rules::{self};
use crate::survey::store::{self, Survey};
use crate::web::answer::questions::ShownAnswer;
use crate::web::form::{Clean, Slot};
use crate::web::now::HERE;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::answers::{self, SectionView};

/// Most characters of a remark.
const LONGEST: usize = 500;

/// The page.
#[derive(Template)]
#[template(path = "survey/return.html")]
pub struct ReturnPage {
    page: Page,
    form: Form,
    association: Brief,
    survey: Survey,
    sections: Vec<ReadSection>,
    findings: Vec<Weighed>,
    /// 通过3个部分，意见2条.
    told: String,
    /// How many remarks are kept.
    remarks: usize,
    confirms: bool,
    before: Option<i32>,
}

/// A section with what was found of it.
struct ReadSection {
    code: String,
    title: String,
    found: Found,
    pass: String,
    answers: Vec<ReadAnswer>,
}

/// An answer with what is said of it.
struct ReadAnswer {
    answer: ShownAnswer,
    /// What was asked of it before.
    before: String,
}

/// Something that the rules found, with the answer at which it stands.
struct Weighed {
    severity: &'static str,
    sentence: String,
    explanation: String,
    href: String,
}

/// The field of a section that passes.
fn pass(section: &str) -> String {
    format!("pass-{section}")
}

impl View for ReturnPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let (association, survey, sections) = answers::read(
            Look {
                app,
                allowed,
                db: &mut *db,
            },
            None,
        )
        .await?;
        if form.is_none() {
            super::if_open(&survey, Act::SurveyReturn)?;
        }
        let kept = store::marks(db, survey.id).await?;
        let asked = store::last_opinions(db, survey.id).await?.into_iter();
        let asked = asked.map(|each| (each.question, each.opinion)).collect();
        let before = store::confirmed_before(db, &survey).await?;
        Ok(Self {
            page: allowed.page("审查摸底调查").leading("从头审查", HERE),
            form: form.unwrap_or_else(|| filled(&kept)),
            sections: read(&app.scheme, sections, (&kept, asked)),
            findings: weighed(&app.scheme, &survey),
            told: marks::told(&kept),
            remarks: kept.iter().filter(|mark| !mark.passed).count(),
            confirms: allowed.may(Act::SurveyConfirm),
            before: before.map(|(number, _)| number),
            association,
            survey,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::survey::SURVEY.at(allowed.association()?))
    }
}

/// The form with what was found.
fn filled(kept: &[Mark]) -> Form {
    let fields = kept.iter().map(|mark| {
        if mark.passed {
            (pass(&mark.place), "yes".to_owned())
        } else {
            (mark.place.clone(), mark.remark.clone())
        }
    });
    Form::filled(fields.collect())
}

fn read(
    scheme: &Scheme,
    shown: Vec<SectionView>,
    (kept, asked): (&[Mark], BTreeMap<String, String>),
) -> Vec<ReadSection> {
    let sections = scheme.survey.sections.iter().zip(shown);
    let sections = sections.map(|(section, view)| ReadSection {
        found: marks::found(section, kept),
        pass: pass(&section.code),
        code: view.code,
        title: view.title,
        answers: view
            .answers
            .into_iter()
            .map(|answer| ReadAnswer {
                before: asked.get(&answer.code).cloned().unwrap_or_default(),
                answer,
            })
            .collect(),
    });
    sections.collect()
}

/// What the rules find, with what the unit said of it.
fn weighed(scheme: &Scheme, survey: &Survey) -> Vec<Weighed> {
    let answers = &survey.answers.0;
    let explained = survey.explained();
    let said = |each: &Finding| {
        let said = explained.sentence(scheme, &each.code, answers);
        said.unwrap_or_default().to_owned()
    };
    let found = rules::findings(scheme, answers);
    let found = found.iter().map(|each| Weighed {
        severity: match each.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        sentence: each.message.clone(),
        explanation: said(each),
        href: each
            .fields
            .first()
            .map_or_else(String::new, |field| format!("#q-{field}")),
    });
    found.collect()
}

/// What was typed of a question.
struct Typed {
    passed: Vec<String>,
    remarks: Vec<(String, Slot<Option<String>>)>,
}

impl Typed {
    /// Reads all of it.
    fn read(form: &mut Form, scheme: &Scheme) -> Self {
        let sections = || scheme.survey.sections.iter();
        let mut passed = Vec::new();
        for section in sections() {
            let mut questions = section.questions.iter();
            let remarked = questions.any(|question| !form.value(question.code()).trim().is_empty());
            let name = pass(&section.code);
            if form.tick(&name) {
                if remarked {
                    let message = "写了意见的部分不能同时勾选“通过”，请取消勾选或者删去意见。";
                    form.fail(&name, &section.title, message);
                }
                passed.push(section.code.clone());
            }
        }
        let questions = sections().flat_map(|section| &section.questions);
        let remarks = questions.map(|question| {
            let typed = form.text(question.code(), &question.label, LONGEST);
            (question.code().to_owned(), typed.optional())
        });
        Self {
            remarks: remarks.collect(),
            passed,
        }
    }

    /// What was found, once nothing is wrong with it.
    fn take(self, clean: &Clean) -> Vec<Mark> {
        let passed = self.passed.iter().map(|section| Mark::passed(section));
        let remarks = self.remarks.into_iter();
        let remarks =
            remarks.filter_map(|(code, slot)| Some(Mark::remark(&code, slot.take(clean)?)));
        passed.chain(remarks).collect()
    }
}

/// Keeps what was found so far.
pub async fn mark(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let found = Typed::read(&mut form, &app.scheme);
    let landing = paths::survey::RETURN.at(id);
    let run = async |write, clean, seen| acts::mark(write, id, seen, &found.take(&clean)).await;
    allowed
        .act_and_go::<ReturnPage, _, _>(&app, form, landing, run)
        .await
}

/// Sends the survey back with the remarks beside the answers concerned.
pub async fn return_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let found = Typed::read(&mut form, &app.scheme);
    let run = async |write, clean, seen| acts::return_(write, id, seen, &found.take(&clean)).await;
    allowed.act::<ReturnPage, _, _>(&app, form, run).await
}
