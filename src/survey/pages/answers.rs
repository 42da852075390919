//! Everything that was answered, as it would be printed.

use askama::Template;

use crate::accounts::store::choices;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::survey::Privacy;
use crate::scheme::{Answers, Choice, Scheme, Section};
use crate::survey::rules::State;
use crate::survey::store::{self, Survey};
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::answer::show;
use crate::web::page::Page;
use crate::web::{Allowed, Error, Form, Look, View};

/// All answers.
#[derive(Template)]
#[template(path = "survey/answers.html")]
pub struct AnswersPage {
    page: Page,
    association: Brief,
    edition: i32,
    state: State,
    sections: Vec<SectionView>,
}

/// A section with what was answered.
pub(super) struct SectionView {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) answers: Vec<ShownAnswer>,
}

/// The edition of a number, else the newest.
pub(super) async fn read(
    look: Look<'_>,
    edition: Option<i32>,
) -> Result<(Brief, Survey, Vec<SectionView>), Error> {
    let (db, allowed) = (look.db, look.allowed);
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let survey = match edition {
        Some(number) => store::edition(db, id, number).await?,
        None => store::current(db, id).await?,
    };
    let survey = survey.ok_or(Error::Missing)?;
    let units = choices(db).await?;
    let persons = allowed.actor().reads_persons_of(association.department);
    let of = (&survey.answers.0, units.as_slice());
    let sections = sections(&look.app.scheme, of, persons);
    Ok((association, survey, sections))
}

/// All sections with these answers, as somebody reads them who may know of persons or not.
pub(super) fn sections(
    scheme: &Scheme,
    (answers, units): (&Answers, &[Choice]),
    persons: bool,
) -> Vec<SectionView> {
    let sections = scheme.survey.sections.iter();
    let sections = sections.map(|section| SectionView {
        code: section.code.clone(),
        title: section.title.clone(),
        answers: {
            let shown = shown(&section.questions, answers, units);
            if persons {
                shown
            } else {
                masked(shown, section, answers)
            }
        },
    });
    sections.collect()
}

/// The edition that the address asks for.
pub(super) fn asked(allowed: &Allowed) -> Result<Option<i32>, Error> {
    let edition = allowed.query().get("edition");
    let edition = edition.map(str::parse).transpose();
    edition.map_err(|_| Error::Missing)
}

/// The others see how many there are, and the tail of an account number.
fn masked(mut answers: Vec<ShownAnswer>, of: &Section, raw: &Answers) -> Vec<ShownAnswer> {
    for answer in &mut answers {
        let asked = of.questions.iter().find(|each| each.code() == answer.code);
        match asked.map_or(Privacy::Open, |question| question.privacy) {
            Privacy::Open => {}
            Privacy::Masked => answer.text = show::masked(&answer.text),
            Privacy::Personal => {
                let people = raw.rows(&answer.code).len();
                answer.text = format!("{people}人（姓名等个人信息按权限查看）");
                answer.rows.clear();
            }
        }
    }
    answers
}

impl View for AnswersPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let allowed = look.allowed;
        let (association, survey, sections) = read(look, asked(allowed)?).await?;
        Ok(Self {
            page: allowed.page("摸底调查表"),
            association,
            edition: survey.edition,
            state: survey.state,
            sections,
        })
    }
}
