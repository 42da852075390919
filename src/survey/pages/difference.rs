//! What differs between two editions of a survey: before and after of each field, for
//! whoever may read the survey.

use askama::Template;

use crate::accounts::store::choices;
use crate::clock::stamp;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Answers;
use crate::survey::rules;
use crate::survey::store::{self, Edition};
use crate::web::changes::{Changes, Words};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

use super::compared;

/// The page.
#[derive(Template)]
#[template(path = "survey/difference.html")]
pub struct DifferencePage {
    page: Page,
    association: Brief,
    earlier: EditionView,
    later: EditionView,
    /// Other editions, each against the one before it.
    others: Vec<(i32, i32)>,
    sections: Vec<SectionView>,
}

struct EditionView {
    number: i32,
    told: String,
}

struct SectionView {
    title: String,
    changes: Changes,
}

impl View for DifferencePage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed, scheme) = (look.db, look.allowed, &look.app.scheme);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let editions = store::editions(db, id).await?;
        let [from, to] = chosen(&editions, |name| allowed.query().get(name))?;
        let earlier = store::edition(db, id, from).await?.ok_or(Error::Missing)?;
        let later = store::edition(db, id, to).await?.ok_or(Error::Missing)?;
        let departments = choices(db).await?;
        let words = Words {
            scheme,
            departments: &departments,
            persons: allowed.actor().reads_persons_of(association.department),
        };
        let pairs = editions.iter().zip(editions.iter().skip(1));
        let pairs = pairs.map(|(later, earlier)| (earlier.number, later.number));
        Ok(Self {
            page: allowed.page("摸底调查各版比较"),
            sections: sections(&words, [&earlier.answers.0, &later.answers.0]),
            others: pairs.filter(|pair| *pair != (from, to)).collect(),
            earlier: told(&editions, from),
            later: told(&editions, to),
            association,
        })
    }
}

/// The two editions that the address asks for: without a word the newest, and the one that
/// was confirmed last before it.
fn chosen<'q>(
    editions: &[Edition],
    asked: impl Fn(&str) -> Option<&'q str>,
) -> Result<[i32; 2], Error> {
    let number = |name: &str| asked(name).and_then(|typed| typed.parse::<i32>().ok());
    let newest = editions.first().map(|edition| edition.number);
    let to = number("to").or(newest).ok_or(Error::Missing)?;
    let mut earlier = editions.iter().filter(|edition| edition.number < to);
    let confirmed = earlier.clone();
    let mut confirmed = confirmed.filter(|edition| edition.state == rules::State::Confirmed);
    let before = confirmed.next().or_else(|| earlier.next());
    let before = before.map(|edition| edition.number);
    let from = number("from").or(before).ok_or(Error::Missing)?;
    Ok([from.min(to), to.max(from)])
}

fn told(editions: &[Edition], number: i32) -> EditionView {
    let edition = editions.iter().find(|edition| edition.number == number);
    let told = edition.map(
        |edition| match (edition.confirmed_on, edition.submitted_at) {
            (Some(day), _) => format!("{}，{day}", edition.state.label()),
            (None, Some(at)) => format!("{}，{}", edition.state.label(), stamp(at)),
            (None, None) => edition.state.label().to_owned(),
        },
    );
    EditionView {
        number,
        told: told.unwrap_or_default(),
    }
}

fn sections(words: &Words<'_>, answers: [&Answers; 2]) -> Vec<SectionView> {
    let [before, after] = answers;
    let sections = words.scheme.survey.sections.iter();
    let sections = sections.map(|section| {
        let mut changes = Changes::default();
        for question in rules::differing(&section.questions, before, after) {
            changes.join(compared::changes(words, question, answers));
        }
        SectionView {
            title: section.title.clone(),
            changes,
        }
    });
    sections
        .filter(|section| section.changes.count() > 0)
        .collect()
}
