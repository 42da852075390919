//! What is done with dockets: the same for every process. The row is locked, the scheme's step
//! is looked up, what it asks is kept, what it does besides follows (`effects`).

pub mod beginning;
mod keeping;
pub mod opening;
pub mod overdue;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::access::case::Step as Move;
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write};
use crate::documents::files;
use crate::scheme::processes::{Process, Step};
use crate::scheme::{Answers, Scheme};
use crate::web::upload::Uploaded;

use self::keeping::keeping;
use super::effects;
use super::rules::{Refusal, State, missing};
use super::store::counted::{For, counted};
use super::store::{self, Docket, New, Remarks, kept};

/// A docket under lock, with its process.
pub(super) struct Taken {
    pub(super) scheme: Arc<Scheme>,
    pub(super) step: Move<Docket>,
}

impl Taken {
    pub(super) fn process(&self) -> Result<&Process, sqlx::Error> {
        let code = self.step.case.process.as_str();
        let known = self.scheme.process(code);
        known.ok_or_else(|| sqlx::Error::Configuration(format!("no process {code}").into()))
    }
}

pub(super) async fn take(
    write: &mut Write,
    id: i64,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, Taken> {
    let found = store::lock(write, id).await?;
    let step = write.step(found, seen, act).await?;
    let scheme = write.scheme()?;
    Ok(Taken { scheme, step })
}

/// The step of the scheme by which an act goes from where the docket is.
fn planned<'p>(process: &'p Process, docket: &Docket, act: Act) -> Result<&'p Step, Refusal> {
    let (state, level) = (docket.state.key(), docket.level.key());
    let step = process.step(act.name(), state, level);
    step.ok_or_else(|| Refusal::NoStep(docket.state.called(process)))
}

/// The record of an act without a step.
pub(super) fn record(act: Act, id: i64, association: Option<i64>, sentence: String) -> Record {
    let record = Record::new(act, Docket::KIND, id, sentence);
    match association {
        Some(id) => record.in_file_of(crate::ids::AssociationId(id)),
        None => record,
    }
}

/// Writes what was answered.
pub async fn save(mut write: Write, id: i64, seen: Seen, typed: &Answers) -> Done<Refusal> {
    let taken = take(&mut write, id, &seen, Act::DocketSave).await?;
    let process = taken.process()?;
    planned(process, &taken.step.case, Act::DocketSave)?;
    let before = &taken.step.case.answers.0;
    let mut answers = before.clone();
    for question in process.written() {
        answers.set(question.code(), typed.get(question.code()).cloned());
    }
    effects::level(process, &mut answers);
    let kept = keeping(&mut write, &taken.scheme, (process, &mut answers)).await?;
    store::write(&mut write, id, &answers, &kept).await?;
    let sentence = format!("修改{}：{}", process.title, taken.step.case.title);
    let say = Say::new(sentence).answers(&taken.scheme, process.written(), before, &answers);
    let told = write.apply(taken.step, say).await?;
    write.finish(told).await
}

/// What a step was told: its answers, and words by part.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What it asks.
    pub answers: Answers,
    /// What is to be mended, by part.
    pub remarks: Remarks,
}

/// Goes a step of the scheme.
pub async fn step(
    mut write: Write,
    id: i64,
    seen: Seen,
    (act, typed): (Act, &Typed),
) -> Done<Refusal> {
    let told = step_in(&mut write, id, &seen, (act, typed)).await?;
    write.finish(told).await
}

async fn step_in(
    write: &mut Write,
    id: i64,
    seen: &Seen,
    (act, typed): (Act, &Typed),
) -> Done<Refusal, crate::database::Told> {
    let taken = take(write, id, seen, act).await?;
    let process = taken.process()?;
    let docket = &taken.step.case;
    let step = planned(process, docket, act)?;
    let mut answers = docket.answers.0.clone();
    for question in process.asked(step) {
        let value = typed.answers.get(question.code()).cloned();
        if question.required && question.shown(&answers) && value.is_none() {
            let (code, label) = (question.code().to_owned(), question.label.clone());
            return Err(Refusal::Unanswered(code, label).into());
        }
        answers.set(question.code(), value);
    }
    if step.by_part && typed.remarks.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let passes = matches!(act, Act::DocketSend | Act::DocketSign);
    if passes && docket.state.is_written() {
        let lacking = missing(process, &answers, docket.nil);
        if !lacking.is_empty() {
            return Err(Refusal::Missing(lacking).into());
        }
    }
    if act == Act::DocketRaise {
        effects::raise(process, &mut answers);
    }
    let mut keeps = keeping(write, &taken.scheme, (process, &mut answers)).await?;
    // What was asked before does not overwrite the day that was set since.
    if !asks(process, step, "due") {
        keeps.due_on = None;
    }
    let to = State::from_key(&step.to).unwrap_or(docket.state);
    let of = effects::Of {
        process,
        docket,
        answers: &answers,
        to,
    };
    effects::may(write, of).await?;
    store::write(write, id, &answers, &keeps).await?;
    let on = write.today();
    store::note(
        write,
        (id, to),
        (on, passes && docket.state.is_written()),
        &typed.remarks,
    )
    .await?;
    if passes && docket.state.is_written() {
        freeze(write, (&taken.scheme, process), docket, (&answers, on)).await?;
    }
    for record in effects::follow(write, (&taken.scheme, act), of).await? {
        write.tell(record);
    }
    let say = said(process, step, (docket, &answers), &typed.remarks);
    Ok(write.apply(taken.step.to(to), say).await?)
}

fn asks(process: &Process, step: &Step, keeps: &str) -> bool {
    process
        .asked(step)
        .iter()
        .any(|question| question.keeps == keeps)
}

/// What the case file says of a step: what the button said, and what was written.
fn said(
    process: &Process,
    step: &Step,
    (docket, answers): (&Docket, &Answers),
    remarks: &Remarks,
) -> Say {
    let sentence = format!("{}（{}）：{}", process.title, step.label, docket.title);
    let mut words: Vec<String> = Vec::new();
    for question in process.asked(step) {
        let texts = question.kind == crate::scheme::AnswerType::Longtext;
        if let (true, Some(text)) = (texts, answers.text(question.code())) {
            words.push(text.to_owned());
        }
    }
    for (code, text) in remarks {
        let label = process
            .question(code)
            .map_or("", |question| &question.label);
        words.push(format!("{label}：{text}"));
    }
    Say::new(sentence).because(&words.join("；"))
}

/// Keeps what is signed, with its figures as of now.
async fn freeze(
    write: &mut Write,
    (scheme, process): (&Scheme, &Process),
    docket: &Docket,
    (answers, today): (&Answers, NaiveDate),
) -> Result<(), sqlx::Error> {
    let of = For {
        scheme,
        process,
        docket,
        today,
    };
    let figures = counted(write, of).await?;
    kept::sign(write, docket.id, answers, &figures).await
}

/// Begins the next edition of what was settled (RP-7); its number. The signed one stays.
pub async fn revise(mut write: Write, id: i64, seen: Seen) -> Done<Refusal, i64> {
    let taken = take(&mut write, id, &seen, Act::DocketRevise).await?;
    let process = taken.process()?;
    let docket = taken.step.case.clone();
    planned(process, &docket, Act::DocketRevise)?;
    if docket.replaced_by.is_some() {
        return Err(Refusal::BeingRevised.into());
    }
    let new = New {
        process: process.code(),
        title: &docket.title,
        department: docket.department,
        association: docket.association.map(|id| id.0),
        finder: docket.finder,
        policy: &docket.policy,
        replaces: Some((docket.id, docket.number, docket.edition)),
        answers: docket.answers.0.clone(),
        due_on: docket.due_on,
        ..New::default()
    };
    let next = store::add(&mut write, &new).await?;
    let sentence = format!(
        "编制{}第{}版：{}",
        process.title,
        docket.edition + 1,
        docket.title
    );
    let association = docket.association.map(|id| id.0);
    write.tell(record(
        Act::DocketRevise,
        next,
        association,
        sentence.clone(),
    ));
    let told = write.apply(taken.step, Say::new(sentence)).await?;
    write.finish::<Refusal>(told).await?;
    Ok(next)
}

/// Attaches a file.
pub async fn attach(mut write: Write, id: i64, seen: Seen, file: &Uploaded) -> Done<Refusal> {
    let taken = take(&mut write, id, &seen, Act::DocketAttach).await?;
    let process = taken.process()?;
    let hand = (write.by(), write.request().now.to_utc());
    let stored = files::store(&mut write, None, file, hand).await?;
    kept::attach(&mut write, id, stored).await?;
    let what = format!("上传{}（{}）", process.files, process.title);
    let told = write.apply(taken.step, Say::new(what)).await?;
    write.finish(told).await
}

/// Adds a department's opinion.
pub async fn advise(mut write: Write, id: i64, body: &str) -> Done<Refusal> {
    let scheme = write.scheme()?;
    let docket = store::docket(&mut write, id).await?;
    let docket = docket.ok_or(crate::database::Stopped::Hidden)?;
    let process = scheme.process(&docket.process);
    let process = process.ok_or(crate::database::Stopped::Hidden)?;
    planned(process, &docket, Act::DocketAdvise)?;
    let department = write.actor().map(|actor| actor.department().0);
    let department = department.unwrap_or(docket.department);
    kept::add_opinion(&mut write, id, (department, body)).await?;
    let sentence = format!("对{}提出意见：{}", process.title, docket.title);
    let association = docket.association.map(|id| id.0);
    let told = record(Act::DocketAdvise, id, association, sentence).with_opinion(body);
    let told = write.tell(told);
    write.finish(told).await
}
