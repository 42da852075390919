//! Filling in, signing, returning, confirming.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;
use crate::registry::rules::{Stage, is_new};
use crate::registry::store as registry;
use crate::scheme::persons::PEOPLE;
use crate::scheme::{Answers, Scheme, Section};

use super::rules::{self, Refusal, State};
use super::store::{self, Explanations, Opinion, Saved, Survey};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// A section as somebody saved it.
pub struct SectionInput<'a> {
    /// The section.
    pub section: &'a Section,
    /// What was typed there.
    pub answers: Answers,
    /// Marked as filled in.
    pub done: bool,
    /// How often it had been saved when the person opened it.
    pub seen: i32,
}

/// Saves a section. The first save begins the survey with `known` answers.
pub async fn save_section(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, known): (AssociationId, &Answers),
    input: SectionInput<'_>,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let survey = match store::lock(&mut write, association).await? {
        Some(survey) => survey,
        None if known
            .date(rules::REGISTERED_ON)
            .is_some_and(|day| is_new(&scheme.campaign, day)) =>
        {
            return Ok(Err(Refusal::New));
        }
        None => begin(&mut write, association, known).await?,
    };
    let Some(to) = rules::next(survey.state, Act::SurveySave) else {
        return Ok(Err(Refusal::Closed(survey.state)));
    };
    let code = &input.section.code;
    let mut versions = survey.section_versions.0.clone();
    let version = versions.entry(code.clone()).or_insert(0);
    if *version != input.seen {
        return Ok(Err(Refusal::Stale));
    }
    *version += 1;
    let before = &survey.answers.0;
    let mut answers = before.clone();
    for question in &input.section.questions {
        answers.set(question.code(), input.answers.get(question.code()).cloned());
    }
    let done = sections_done(&survey, &input);
    let acknowledged = rules::still_explained(scheme, &survey.acknowledged.0, before, &answers);
    let saved = Saved {
        answers: &answers,
        done: &done,
        versions: &versions,
        acknowledged: &acknowledged,
    };
    store::save(&mut write, survey.id, &saved).await?;
    store::move_to(&mut write, survey.id, (survey.state, to)).await?;
    registry::set_survey_stage(&mut write, association, Stage::Surveying).await?;
    let mut record = Record::new(
        Act::SurveySave,
        "survey",
        survey.id,
        format!("填写摸底调查“{}”部分", input.section.title),
    );
    for question in &input.section.questions {
        // The register of people is not repeated in the audit (domain 2.1).
        if question.code() != PEOPLE {
            let value =
                |answers: &Answers| answers.get(question.code()).cloned().unwrap_or_default();
            record = record.changed(question.code(), value(before), value(&answers));
        }
    }
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}

/// The sections marked as filled in, after this one was saved.
fn sections_done(survey: &Survey, input: &SectionInput<'_>) -> Vec<String> {
    let code = &input.section.code;
    let others = survey.sections_done.iter();
    let others = others.filter(|section| *section != code).cloned();
    others.chain(input.done.then(|| code.clone())).collect()
}

async fn begin(
    write: &mut Write,
    association: AssociationId,
    known: &Answers,
) -> Result<Survey, WriteError> {
    store::begin(write, association, (1, known)).await?;
    store::lock(write, association)
        .await?
        .ok_or(WriteError::Database(sqlx::Error::RowNotFound))
}

/// Explains warnings for the answers as they stand.
pub async fn explain(
    database: &Database,
    who: &Who,
    association: AssociationId,
    sentences: &Explanations,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(survey) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if rules::next(survey.state, Act::SurveyExplain).is_none() {
        return Ok(Err(Refusal::Closed(survey.state)));
    }
    let mut acknowledged = survey.acknowledged.0.clone();
    acknowledged.extend(sentences.clone());
    let saved = Saved {
        answers: &survey.answers.0,
        done: &survey.sections_done,
        versions: &survey.section_versions.0,
        acknowledged: &acknowledged,
    };
    store::save(&mut write, survey.id, &saved).await?;
    let codes: Vec<&str> = sentences.keys().map(String::as_str).collect();
    let record = Record::new(
        Act::SurveyExplain,
        "survey",
        survey.id,
        format!("说明摸底调查的提醒事项（{}）", codes.join("、")),
    );
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}

/// Signs and sends the survey in the unit's name.
pub async fn submit(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    association: AssociationId,
) -> Outcome<()> {
    step(
        database,
        who,
        (association, Act::SurveySubmit),
        Stage::SurveySubmitted,
        |survey| {
            rules::may_submit(
                scheme,
                &survey.answers.0,
                &survey.acknowledged.0,
                &survey.sections_done,
            )
        },
    )
    .await
}

/// Sends the survey back with opinions on questions.
pub async fn return_(
    database: &Database,
    who: &Who,
    association: AssociationId,
    opinions: &[Opinion],
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(survey) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    let Some(to) = rules::next(survey.state, Act::SurveyReturn) else {
        return Ok(Err(Refusal::Closed(survey.state)));
    };
    if opinions.is_empty() {
        return Ok(Err(Refusal::NoOpinion));
    }
    let at = who.request.now.to_utc();
    store::set_opinions(&mut write, survey.id, opinions, (who.actor.account, at)).await?;
    store::move_to(&mut write, survey.id, (survey.state, to)).await?;
    registry::set_survey_stage(&mut write, association, Stage::Surveying).await?;
    let words: Vec<String> = opinions
        .iter()
        .map(|opinion| format!("{}：{}", opinion.question, opinion.opinion))
        .collect();
    let record = Record::new(Act::SurveyReturn, "survey", survey.id, "退回摸底调查补正")
        .in_file_of(association)
        .with_opinion(&words.join("；"))
        .changed("state", survey.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Confirms the survey: from now on it is the facts of list, plan and checklist.
pub async fn confirm(database: &Database, who: &Who, association: AssociationId) -> Outcome<()> {
    step(
        database,
        who,
        (association, Act::SurveyConfirm),
        Stage::SurveyConfirmed,
        |_| Ok(()),
    )
    .await
}

async fn step(
    database: &Database,
    who: &Who,
    (association, act): (AssociationId, Act),
    stage: Stage,
    guard: impl FnOnce(&Survey) -> Result<(), Refusal>,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(survey) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    let Some(to) = rules::next(survey.state, act) else {
        return Ok(Err(Refusal::Closed(survey.state)));
    };
    if let Err(refusal) = guard(&survey) {
        return Ok(Err(refusal));
    }
    store::move_to(&mut write, survey.id, (survey.state, to)).await?;
    let at = who.request.now.to_utc();
    if to == State::Submitted {
        let signer = (who.actor.account, who.actor.department());
        store::sign(&mut write, survey.id, signer, at).await?;
    } else {
        store::seal(&mut write, survey.id, who.actor.account, (at, who.today())).await?;
    }
    registry::set_survey_stage(&mut write, association, stage).await?;
    let record = Record::new(
        act,
        "survey",
        survey.id,
        format!("{}（第{}版）", act.label(), survey.edition),
    )
    .in_file_of(association)
    .changed("state", survey.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Begins a new edition with the confirmed answers; the old one stays readable.
pub async fn reopen(
    database: &Database,
    who: &Who,
    association: AssociationId,
    reason: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(survey) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if rules::next(survey.state, Act::SurveyReopen).is_none() {
        return Ok(Err(Refusal::Closed(survey.state)));
    }
    let edition = survey.edition + 1;
    let begun = (edition, &survey.answers.0);
    let begun = store::begin(&mut write, association, begun).await?;
    // The other one waited at the lock of the edition before and finds the new one there.
    let Some(id) = begun else {
        return Ok(Err(Refusal::Closed(State::Draft)));
    };
    let record = Record::new(
        Act::SurveyReopen,
        "survey",
        id,
        format!("开启摸底调查第{edition}版"),
    );
    write
        .record(record.in_file_of(association).with_opinion(reason))
        .await?;
    Ok(Ok(()))
}

/// 零报告 of a unit that has no association (TC-04).
pub async fn report_nil(database: &Database, who: &Who) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let department = who.actor.department();
    let at = who.request.now.to_utc();
    if !store::report_nil(&mut write, department, who.actor.account, at).await? {
        return Ok(Err(Refusal::HasAssociations));
    }
    let sentence = format!(
        "{}没有主管的行业协会商会，零报告",
        who.actor.capacity.department_name
    );
    write
        .record(Record::new(
            Act::NilReport,
            "department",
            department.0,
            sentence,
        ))
        .await?;
    Ok(Ok(()))
}
