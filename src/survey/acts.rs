//! Filling in, signing, returning, confirming.

pub mod importing;

use crate::access::case::{Step, Stuck, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::accounts::store::departments;
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Never, Stopped, Write};
use crate::ids::AssociationId;
use crate::registry::rules::{Stage, is_new};
use crate::registry::store as registry;
use crate::scheme::{Answers, Section};

use super::rules::marks::{self, Mark};
use super::rules::{self, Explained, Explanations, Refusal};
use super::store::nil;
use super::store::{self, Beginning, Opinion, Saved, Survey};

/// A section as somebody saved it.
pub struct SectionInput<'a> {
    /// The section.
    pub section: &'a Section,
    /// What was typed there.
    pub answers: Answers,
    /// Marked as filled in.
    pub done: bool,
}

/// The newest edition under lock, as seen, and the step of an act.
async fn take(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Result<Step<Survey>, Stopped> {
    let found = store::lock(write, association).await?;
    write.step(found, seen, act).await
}

const fn of(survey: i64) -> Subject {
    Subject {
        kind: Survey::KIND,
        id: survey,
    }
}

/// Saves a section; `seen` is how often that section had been saved. The first save
/// begins the survey with what the register knows.
pub async fn save_section(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    input: SectionInput<'_>,
) -> Done<Refusal> {
    let survey = match store::lock(&mut write, association).await? {
        Some(survey) => survey,
        None => begin(&mut write, association).await?,
    };
    let code = &input.section.code;
    write.as_seen(&seen, survey.section_version(code), of(survey.id))?;
    let whole = Seen::version(survey.version);
    let step = write.step(Some(survey), &whole, Act::SurveySave).await?;
    let survey = &step.case;
    let before = &survey.answers.0;
    let answers = rules::saved(input.section, before, &input.answers);
    let say = Say::new(format!("填写摸底调查“{}”部分", input.section.title));
    let scheme = write.scheme()?;
    let say = say.answers(&scheme, &input.section.questions, before, &answers);
    let mut versions = survey.section_versions.0.clone();
    *versions.entry(code.clone()).or_insert(0) += 1;
    let saved = Saved {
        done: &sections_done(survey, &input),
        versions: &versions,
        explained: &survey.explained().after(&scheme, before, &answers),
        answers: &answers,
    };
    store::save(&mut write, survey.id, &saved).await?;
    registry::set_survey_stage(&mut write, association, Stage::Surveying).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// The sections marked as filled in, after this one was saved.
fn sections_done(survey: &Survey, input: &SectionInput<'_>) -> Vec<String> {
    let code = &input.section.code;
    let others = survey.sections_done.iter();
    let others = others.filter(|section| *section != code).cloned();
    others.chain(input.done.then(|| code.clone())).collect()
}

/// What the register knows of an association, with which its survey begins.
pub async fn known(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Answers>, sqlx::Error> {
    let Some(association) = registry::association(db, association).await? else {
        return Ok(None);
    };
    let ties = registry::ties(db, association.id).await?;
    let units = departments(db).await?;
    let unit = units.iter().find(|each| each.id == association.department);
    let code = unit.map_or("", |unit| unit.code.as_str());
    Ok(Some(rules::prefilled(&association, &ties, code)))
}

async fn begin(write: &mut Write, association: AssociationId) -> Done<Refusal, Survey> {
    let scheme = write.scheme()?;
    let known = known(write, association).await?.ok_or(Stopped::Hidden)?;
    let registered = known.date(rules::REGISTERED_ON);
    if is_new(&scheme.campaign, registered) {
        return Err(Refusal::New.into());
    }
    let with = Beginning {
        before: None,
        answers: &known,
        explained: &Explained::default(),
    };
    store::begin(write, association, &with).await?;
    let begun = store::lock(write, association).await?;
    Ok(begun.ok_or(Stopped::Hidden)?)
}

/// Explains warnings for the answers as they stand.
pub async fn explain(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    sentences: &Explanations,
) -> Done<Never> {
    let step = take(&mut write, association, &seen, Act::SurveyExplain).await?;
    let survey = &step.case;
    let mut explained = survey.explained();
    explained.say(&*write.scheme()?, sentences, &survey.answers.0);
    let saved = Saved {
        answers: &survey.answers.0,
        done: &survey.sections_done,
        versions: &survey.section_versions.0,
        explained: &explained,
    };
    store::save(&mut write, survey.id, &saved).await?;
    let codes: Vec<&str> = sentences.keys().map(String::as_str).collect();
    let sentence = format!("说明摸底调查的提醒事项（{}）", codes.join("、"));
    let told = write.apply(step, Say::new(sentence)).await?;
    write.finish(told).await
}

/// Hands the survey, in which nothing is missing, to the unit's leader.
pub async fn pass(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveyPass).await?;
    let scheme = write.scheme()?;
    step.case.lacks(&scheme)?;
    let edition = step.case.edition;
    let say = Say::new(format!("摸底调查（第{edition}版）送单位负责人签发"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Gives it back to the clerk, with the reason.
pub async fn back(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: &str,
) -> Done<Never> {
    let step = take(&mut write, association, &seen, Act::SurveyBack).await?;
    let say = Say::new("单位负责人退回摸底调查修改").because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Signs and sends the survey in the unit's name.
pub async fn submit(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveySubmit).await?;
    let scheme = write.scheme()?;
    step.case.lacks(&scheme)?;
    store::sign(&mut write, step.id()).await?;
    store::answer_opinions(&mut write, step.id()).await?;
    store::keep_marks(&mut write, step.id(), &[]).await?;
    passed_on(write, step, Stage::SurveySubmitted).await
}

/// Takes the survey back while nobody has opened the check: the office has neither
/// remarked on it, nor returned, nor decided. That somebody read it does not count.
pub async fn take_back(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveyTakeBack).await?;
    if store::is_opened(&mut write, &step.case).await? {
        return Err(Refusal::Opened.into());
    }
    passed_on(write, step, Stage::Surveying).await
}

/// Confirms the survey: from now on it is the facts of list, plan and checklist.
pub async fn confirm(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveyConfirm).await?;
    let kept = store::marks(&mut write, step.id()).await?;
    let remarked = kept.iter().filter(|mark| !mark.passed);
    let scheme = write.scheme()?;
    let remarked: Vec<String> = remarked
        .map(|mark| marks::label(&scheme, &mark.place))
        .collect();
    if !remarked.is_empty() {
        return Err(Refusal::Remarked(remarked).into());
    }
    store::seal(&mut write, step.id()).await?;
    passed_on(write, step, Stage::SurveyConfirmed).await
}

async fn passed_on<R>(mut write: Write, step: Step<Survey>, stage: Stage) -> Done<R> {
    registry::set_survey_stage(&mut write, step.case.association, stage).await?;
    let sentence = format!("{}（第{}版）", step.act().label(), step.case.edition);
    let told = write.apply(step, Say::new(sentence)).await?;
    write.finish(told).await
}

/// Keeps what the office found so far. It is the office's own until it sends the survey back,
/// so the case file says how much was found, not what.
pub async fn mark(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    found: &[Mark],
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveyMark).await?;
    store::keep_marks(&mut write, step.id(), found).await?;
    let say = Say::new(match marks::told(found) {
        told if told.is_empty() => "审查摸底调查".to_owned(),
        told => format!("审查摸底调查：{told}"),
    });
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Sends the survey back with remarks on questions.
pub async fn return_(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    found: &[Mark],
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::SurveyReturn).await?;
    let remarks = found.iter().filter(|mark| !mark.passed);
    let opinions: Vec<Opinion> = remarks
        .map(|mark| Opinion {
            question: mark.place.clone(),
            opinion: mark.remark.clone(),
        })
        .collect();
    if opinions.is_empty() {
        return Err(Refusal::NoOpinion.into());
    }
    store::keep_marks(&mut write, step.id(), found).await?;
    store::set_opinions(&mut write, step.id(), &opinions).await?;
    registry::set_survey_stage(&mut write, association, Stage::Surveying).await?;
    let scheme = write.scheme()?;
    let words: Vec<String> = opinions
        .iter()
        .map(|each| {
            format!(
                "{}：{}",
                marks::label(&scheme, &each.question),
                each.opinion
            )
        })
        .collect();
    let say = Say::new("退回摸底调查补正").because(&words.join("；"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Begins a new edition with the confirmed answers, its sections filled in and its warnings
/// explained as they were; the old one stays as it is.
pub async fn reopen(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: &str,
) -> Done<Never> {
    let step = take(&mut write, association, &seen, Act::SurveyReopen).await?;
    let survey = &step.case;
    let answers = &survey.answers.0;
    let explained = survey.explained();
    let with = Beginning {
        before: Some(survey),
        answers,
        explained: &explained.after(&*write.scheme()?, answers, answers),
    };
    let begun = store::begin(&mut write, association, &with).await?;
    // The other one waited at the lock of the edition before and finds the new one there.
    let id = begun.ok_or(Stuck::Stale(of(survey.id)))?;
    let sentence = format!("开启摸底调查第{}版", survey.edition + 1);
    let record = Record::new(Act::SurveyReopen, Survey::KIND, id, sentence);
    let told = write.tell(record.in_file_of(association).with_opinion(reason));
    write.finish(told).await
}

/// 零报告 of a unit that has no association in scope (TC-04), on what the register has of it.
pub async fn report_nil(mut write: Write, seen: Seen) -> Done<Refusal> {
    let capacity = write.actor().map(|actor| actor.capacity.clone());
    let capacity = capacity.ok_or(Stopped::Hidden)?;
    let unit = capacity.department;
    let (kind, id) = ("department", unit.0);
    let reported = nil::lock(&mut write, unit).await?;
    let own = nil::own(&mut write, unit).await?;
    write.list(
        &seen,
        &rules::nil::shown(reported, &own),
        Subject { kind, id },
    )?;
    if reported || rules::nil::may_report(&own).is_err() {
        return Err(Refusal::HasAssociations.into());
    }
    nil::report(&mut write, unit).await?;
    let name = &capacity.department_name;
    let sentence = format!("{name}没有纳入脱钩范围的行业协会商会，零报告");
    let told = write.tell(Record::new(Act::NilReport, kind, id, sentence));
    write.finish(told).await
}
