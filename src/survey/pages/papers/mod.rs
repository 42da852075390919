//! The survey as a form on paper (EX-2): with what was answered, and with room to write.

mod blank;
mod filled;
mod rows;

use crate::accounts::store::choices;
use crate::clock::{shanghai, stamp};
use crate::database::Db;
use crate::documents::paper::{Block, Paper};
use crate::documents::papers::{Papered, Written};
use crate::registry::store::{self as registry, Brief};
use crate::survey::acts;
use crate::survey::rules::{NAME, SIGNED, State};
use crate::survey::store::{self, Survey};
use crate::web::{Error, Look};

use super::answers::{self, SectionView};

/// The form with what was answered; before anybody has begun, with what the register knows.
pub struct SurveyPaper;

/// The form with nothing in it.
pub struct BlankPaper;

/// What the form is called.
const FORM: &str = "摸底调查表";

/// The parts of the form as they are counted.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// A heading with its place: 一、基本信息.
fn heading(at: usize, title: &str) -> Block {
    let numeral = NUMERALS.get(at).copied().unwrap_or_default();
    Block::First(format!("{numeral}、{title}").into())
}

/// What is read: whose it is, which edition, the answers as this person reads them.
struct Filled {
    association: Brief,
    survey: Option<Survey>,
    sections: Vec<SectionView>,
}

impl Papered for SurveyPaper {
    const KIND: &'static str = FORM;

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let Look { app, allowed, db } = look;
        let id = allowed.association()?;
        let register = acts::known(db, id).await?.ok_or(Error::Missing)?;
        let units = choices(db).await?;
        let of = (&register, units.as_slice());
        let known = answers::sections(&app.scheme, of, true);
        let edition = answers::asked(allowed)?;
        let filled = if edition.is_none() && store::current(db, id).await?.is_none() {
            let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
            let persons = allowed.actor().reads_persons_of(association.department);
            Filled {
                sections: answers::sections(&app.scheme, of, persons),
                survey: None,
                association,
            }
        } else {
            let look = Look {
                app,
                allowed,
                db: &mut *db,
            };
            let (association, survey, sections) = answers::read(look, edition).await?;
            Filled {
                survey: Some(survey),
                association,
                sections,
            }
        };
        let edition = filled.survey.as_ref().map_or(1, |survey| survey.edition);
        let (name, unit) = whose(db, &filled).await?;
        let name = format!("{name}{FORM}");
        let mut paper = Paper::titled(&name);
        paper.blocks = vec![Block::Text(told(&filled, (&unit, edition)).into())];
        let source = match &filled.survey {
            Some(survey) => format!("摸底第{}版", survey.edition),
            None => "协会台账".to_owned(),
        };
        let blocks = filled::blocks(&app.scheme, (&filled.sections, &known), &source);
        paper.blocks.extend(blocks);
        paper.signatures = signed(&filled.sections);
        paper.across = across(filled.survey.as_ref(), edition);
        Ok(Written { name, paper })
    }
}

impl Papered for BlankPaper {
    const KIND: &'static str = FORM;

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let title = &look.app.scheme.campaign.title;
        let mut paper = Paper::titled(&format!("行业协会商会{FORM}"));
        paper.blocks = vec![Block::Text(
            format!("依据《{title}》填报，每个协会一份。金额单位：万元；面积单位：平方米。").into(),
        )];
        paper.blocks.extend(blank::blocks(&look.app.scheme));
        paper.signatures = SIGNED
            .map(|(role, _)| (role.to_owned(), String::new()))
            .to_vec();
        Ok(Written {
            name: format!("空白{FORM}"),
            paper,
        })
    }
}

/// What the association is called in what was sent, and the unit that answered for it on that
/// day; before it is sent, what both are today.
async fn whose(db: &mut Db, filled: &Filled) -> Result<(String, String), sqlx::Error> {
    let association = &filled.association;
    let sent = filled.survey.as_ref();
    let sent = sent.and_then(|survey| Some((survey, survey.submitted_at?)));
    let Some((survey, at)) = sent else {
        let unit = association.department_name.clone();
        return Ok((association.name.clone(), unit));
    };
    let on = at.with_timezone(&shanghai()).date_naive();
    let periods = registry::periods(db, survey.association).await?;
    let then = periods
        .into_iter()
        .find(|period| period.since <= on && period.until.is_none_or(|until| on < until));
    let unit = then.map_or_else(|| association.department_name.clone(), |then| then.name);
    let name = survey.answers.0.text(NAME).unwrap_or(&association.name);
    Ok((name.to_owned(), unit))
}

/// The line under the title: edition, state, unit, who sent it, in what amounts are told.
fn told(filled: &Filled, (unit, edition): (&str, i32)) -> String {
    let state = filled.survey.as_ref();
    let state = state.map_or("未开始，以下为台账内容", |survey| {
        survey.state.label()
    });
    let sent = filled.survey.as_ref();
    let sent = sent.and_then(|survey| survey.submitted_by.as_ref().zip(survey.submitted_at));
    let sent = sent.map(|(who, at)| format!("{who}于{}报送。", stamp(at)));
    let sent = sent.unwrap_or_default();
    format!("第{edition}版，{state}。业务主管单位：{unit}。金额单位：万元。{sent}")
}

/// What stands across every page of an edition that nobody has confirmed.
fn across(survey: Option<&Survey>, edition: i32) -> Option<String> {
    let state = survey.map_or(State::Draft, |survey| survey.state);
    let word = match state {
        State::Draft | State::ForSignature | State::Returned => "草稿",
        State::Submitted => "待确认",
        State::Confirmed => return None,
    };
    Some(format!("{word}（第{edition}版）"))
}

/// Who filled it in, who looked over it, who answers for it; a blank where nobody is named.
fn signed(sections: &[SectionView]) -> Vec<(String, String)> {
    let answers = || sections.iter().flat_map(|section| &section.answers);
    let signed = SIGNED.iter().map(|(role, code)| {
        let found = answers().find(|answer| answer.code == *code && answer.answered);
        let name = found.map_or_else(String::new, |answer| answer.text.clone());
        ((*role).to_owned(), name)
    });
    signed.collect()
}
