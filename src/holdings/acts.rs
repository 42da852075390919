//! Recording, signing and sending, deciding, sending back.

use std::sync::Arc;

use serde_json::Value;

use crate::access::case::{Step, Stuck, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::scheme::{Answers, Scheme};
use crate::web::answer::money;

use super::rules::book::{self, Book, Entry};
use super::rules::fields::{Field, Kind, fields, label};
use super::rules::{self, Refusal, Register};
use super::store::{self, Source, Words};

/// The row concerned.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The association.
    pub association: AssociationId,
    /// The register.
    pub register: Register,
    /// Key of the row.
    pub key: &'a str,
}

/// A row's entry under lock, as seen, and the step of an act on it.
struct Taken {
    scheme: Arc<Scheme>,
    source: Source,
    step: Step<Entry>,
    label: String,
}

impl Taken {
    fn book(&self) -> Book<'_> {
        self.source.book(&self.scheme)
    }
}

async fn take(write: &mut Write, at: At<'_>, seen: &Seen, act: Act) -> Done<Refusal, Taken> {
    store::ensure(write, at.association, (at.register, at.key)).await?;
    let source = store::lock(write, at.association).await?;
    let scheme = write.scheme()?;
    let book = source.book(&scheme);
    let row = book.row(at.register, at.key);
    let label = row.map(|row| book.label(at.register, &row));
    let label = label.ok_or(Stuck::Missing(Entry::NAME))?;
    let found = book.entry(at.register, at.key).cloned();
    let step = write.step(found, seen, act).await?;
    Ok(Taken {
        scheme,
        source,
        step,
        label,
    })
}

/// Records facts on a row.
pub async fn save(mut write: Write, at: At<'_>, seen: Seen, facts: &Answers) -> Done<Refusal> {
    let act = at.register.recording();
    let taken = take(&mut write, at, &seen, act).await?;
    taken.book().possible(at.register, at.key, facts)?;
    store::note_facts(&mut write, taken.step.id(), facts).await?;
    let sentence = format!("登记{}：{}", at.register.label(), taken.label);
    let before = &taken.step.case.facts;
    let say = fields(at.register)
        .iter()
        .fold(Say::new(sentence), |say, field| {
            let words = |facts: &Answers| words(field, facts.get(field.name));
            say.changed(field.label, words(before), words(facts))
        });
    let told = write.apply(taken.step, say).await?;
    write.finish(told).await
}

/// The leader signs what the clerk recorded and sends it to the departments.
pub async fn submit(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let source = store::lock(&mut write, association).await?;
    let scheme = write.scheme()?;
    let book = source.book(&scheme);
    let ready = book.ready();
    let list = Subject {
        kind: Entry::KIND,
        id: ready.last().map_or(0, |last| last.entry.id),
    };
    write.list(&seen, &book::seen(&ready), list)?;
    for each in &ready {
        book.sound(each.entry.register, &each.entry.object)?;
    }
    let mut told = None;
    for each in &ready {
        let (found, seen) = (each.entry.clone(), Seen::version(each.entry.version));
        let step = write.step(Some(found), &seen, Act::HoldingsSubmit).await?;
        store::note_signature(&mut write, step.id()).await?;
        let say = Say::new(format!("报送{}", each.name));
        told = Some(write.apply(step, say).await?);
    }
    write.finish(told.ok_or(Refusal::Nothing)?).await
}

/// Approves a disposition, verifies what became of money, accepts a room.
pub async fn decide(mut write: Write, at: At<'_>, seen: Seen, words: Words) -> Done<Refusal> {
    let (step, say) = decide_in(&mut write, at, &seen, &words).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Decides within an act in which another room changes too, which carries the step out
/// with what follows from it, or not at all.
pub async fn decide_in(
    write: &mut Write,
    at: At<'_>,
    seen: &Seen,
    words: &Words,
) -> Done<Refusal, (Step<Entry>, Say)> {
    let act = at.register.decision();
    let act = act.ok_or(Stuck::Missing(Entry::NAME))?;
    let taken = take(write, at, seen, act).await?;
    competent(write, &taken, at)?;
    taken.book().sound(at.register, at.key)?;
    store::note_decision(write, taken.step.id(), words).await?;
    let sentence = format!("{}：{}（{}）", act.label(), taken.label, words.document);
    Ok((taken.step, Say::new(sentence).because(&words.note)))
}

fn competent(write: &Write, taken: &Taken, at: At<'_>) -> Result<(), Refusal> {
    let book = taken.book();
    let may = |actor| book.may_decide(at.register, at.key, actor);
    let competent = write.actor().is_some_and(may);
    competent.then_some(()).ok_or(Refusal::NotYours)
}

/// Sends an entry back, or takes a decision back.
pub async fn return_(mut write: Write, at: At<'_>, seen: Seen, reason: &str) -> Done<Refusal> {
    let taken = take(&mut write, at, &seen, Act::HoldingsReturn).await?;
    rules::may_return(at.register, taken.step.case.state)?;
    competent(&write, &taken, at)?;
    let id = taken.step.id();
    let say = Say::new(format!("退回{}：{}", at.register.label(), taken.label));
    let told = write.apply(taken.step, say.because(reason)).await?;
    store::note_return(&mut write, id, reason).await?;
    write.finish(told).await
}

/// A fact in words; nothing where it is not recorded.
fn words(field: &Field, value: Option<&Value>) -> Value {
    match (field.kind, value) {
        (_, None) => Value::Null,
        (Kind::Money, Some(value)) => value
            .as_i64()
            .map(|cents| money::show(cents) + "万元")
            .into(),
        (Kind::Area, Some(value)) => {
            let hundredths = value.as_i64();
            hundredths
                .map(|area| money::show_hundredths(area) + "平方米")
                .into()
        }
        (Kind::Choice(choices), Some(value)) => {
            let key = value.as_str().unwrap_or_default();
            label(choices, key).into()
        }
        (_, Some(value)) => value.clone(),
    }
}
