//! Recording, signing and sending, deciding, sending back.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;
use crate::scheme::{Answers, Scheme};

use super::rules::book::{Book, Entry};
use super::rules::{self, Refusal, Register, State};
use super::store::{self, Source, Step};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// The row concerned, as the person looked at it.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The association.
    pub association: AssociationId,
    /// The register.
    pub register: Register,
    /// Key of the row.
    pub key: &'a str,
    /// Version of what was recorded; nothing yet: 0.
    pub version: i32,
}

struct Locked {
    write: Write,
    source: Source,
    entry: Entry,
    to: State,
    label: String,
}

/// Locks a row's entry; the row must be there and the act open.
async fn lock(mut write: Write, scheme: &Scheme, (at, act): (At<'_>, Act)) -> Outcome<Locked> {
    let object = (at.register, at.key);
    store::lock(&mut write, at.association, object).await?;
    let source = store::source(&mut write, at.association).await?;
    let book = source.book(scheme);
    let found = book
        .row(at.register, at.key)
        .zip(book.entry(at.register, at.key));
    let Some((row, entry)) = found else {
        return Ok(Err(Refusal::Missing));
    };
    if entry.version != at.version {
        return Ok(Err(Refusal::Stale));
    }
    let Some(to) = rules::next(entry.state, act) else {
        return Ok(Err(Refusal::Closed(entry.state)));
    };
    let label = book.label(at.register, &row);
    let entry = entry.clone();
    Ok(Ok(Locked {
        write,
        source,
        entry,
        to,
        label,
    }))
}

/// What a row's values demand of what is recorded on it.
fn possible(book: &Book<'_>, at: At<'_>, facts: &Answers) -> Result<(), Refusal> {
    let row = book.row(at.register, at.key).ok_or(Refusal::Missing)?;
    match at.register {
        Register::Asset if book.ownership(&row) == "unclear" => {
            Err(Refusal::Unclear(book.label(at.register, &row)))
        }
        Register::Completion => book
            .entry(Register::Asset, at.key)
            .filter(|entry| entry.state == State::Approved)
            .map(|_| ())
            .ok_or(Refusal::NotApproved),
        Register::Appropriation => {
            let bought = row.text("class") == Some("purchase");
            let contract = facts.text("handling") == Some("contract");
            (bought == contract)
                .then_some(())
                .ok_or(Refusal::WrongHandling)
        }
        _ => Ok(()),
    }
}

/// Records facts on a row.
pub async fn save(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At<'_>,
    facts: &Answers,
) -> Outcome<()> {
    let act = at.register.recording();
    let write = Write::begin(database, who).await?;
    let mut locked = match lock(write, scheme, (at, act)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = possible(&locked.source.book(scheme), at, facts) {
        return Ok(Err(refusal));
    }
    let id = locked.entry.id;
    store::write(&mut locked.write, id, facts).await?;
    let text = |facts: &Answers| serde_json::to_value(facts).unwrap_or_default();
    let record = Record::new(
        act,
        "holding",
        id,
        format!("登记{}：{}", at.register.label(), locked.label),
    )
    .in_file_of(at.association)
    .changed("facts", text(&locked.entry.facts), text(facts));
    finish(locked, (record, Step::default())).await
}

async fn finish(mut locked: Locked, said: (Record, Step)) -> Outcome<()> {
    let record = take_step(&mut locked, said).await?;
    locked.write.record(record).await?;
    Ok(Ok(()))
}

async fn take_step(
    locked: &mut Locked,
    (record, step): (Record, Step),
) -> Result<Record, sqlx::Error> {
    let to = (locked.to, &step);
    store::move_to(&mut locked.write, locked.entry.id, to).await?;
    Ok(record.changed("state", locked.entry.state.key(), locked.to.key()))
}

/// Why an entry cannot go on: assets balance or say why not, areas match (TC-46).
fn sound(book: &Book<'_>, register: Register, key: &str) -> Result<(), Refusal> {
    let row = book.row(register, key).ok_or(Refusal::Missing)?;
    match register {
        Register::Asset => book.closable(&row),
        Register::Room => book.acceptable(&row),
        _ => Ok(()),
    }
}

/// The leader signs what the clerk recorded and sends it to the departments.
pub async fn submit(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    association: AssociationId,
) -> Outcome<usize> {
    let mut write = Write::begin(database, who).await?;
    store::lock_all(&mut write, association).await?;
    let source = store::source(&mut write, association).await?;
    let book = source.book(scheme);
    let ready = ready(&book);
    if ready.is_empty() {
        return Ok(Err(Refusal::Nothing));
    }
    for (entry, _) in &ready {
        if let Err(refusal) = sound(&book, entry.register, &entry.object) {
            return Ok(Err(refusal));
        }
    }
    let step = Step {
        submitted: Some((who.actor.account, who.today())),
        ..Step::default()
    };
    let mut records = Vec::new();
    for (entry, label) in &ready {
        let to = (State::Submitted, &step);
        store::move_to(&mut write, entry.id, to).await?;
        records.push(
            Record::new(
                Act::HoldingsSubmit,
                "holding",
                entry.id,
                format!("报送{}：{label}", entry.register.label()),
            )
            .in_file_of(association)
            .changed("state", entry.state.key(), State::Submitted.key()),
        );
    }
    write.record_all(records).await?;
    Ok(Ok(ready.len()))
}

/// What waits for the leader's signature: entry and the row's name.
#[must_use]
pub fn ready<'a>(book: &Book<'a>) -> Vec<(&'a Entry, String)> {
    book.entries
        .iter()
        .filter(|entry| {
            entry.register.decision().is_some()
                && rules::next(entry.state, Act::HoldingsSubmit).is_some()
        })
        .filter_map(|entry| {
            let row = book.row(entry.register, &entry.object)?;
            Some((entry, book.label(entry.register, &row)))
        })
        .collect()
}

/// Approves a disposition, verifies what became of money, accepts a room, grants
/// a delay.
pub async fn approve(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At<'_>,
    words: (&str, &str),
) -> Outcome<()> {
    let write = Write::begin(database, who).await?;
    let decided = match decide_in(write, scheme, who, at, words).await? {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    decided.write.record(decided.record).await?;
    Ok(Ok(()))
}

/// A decision whose record is still to be written.
pub struct Decided {
    /// The write that it belongs to.
    pub write: Write,
    /// Its record, which ends the write.
    pub record: Record,
    /// The entry that was decided on.
    pub entry: Entry,
}

/// Decides in the caller's transaction: what follows from it in a later room
/// happens with it or not at all. The caller ends the write with the record.
pub async fn decide_in(
    write: Write,
    scheme: &Scheme,
    who: &Who,
    at: At<'_>,
    (document, note): (&str, &str),
) -> Outcome<Decided> {
    let Some(act) = at.register.decision() else {
        return Ok(Err(Refusal::Missing));
    };
    let mut locked = match lock(write, scheme, (at, act)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let book = locked.source.book(scheme);
    if !may_decide(&book, at, who) {
        return Ok(Err(Refusal::NotYours));
    }
    if let Err(refusal) = sound(&book, at.register, at.key) {
        return Ok(Err(refusal));
    }
    let sentence = format!("{}：{}（{document}）", act.label(), locked.label);
    let record = Record::new(act, "holding", locked.entry.id, sentence)
        .in_file_of(at.association)
        .with_opinion(note);
    let step = Step {
        decided: Some((who.actor.account, who.today())),
        document: Some(document.to_owned()),
        note: (!note.is_empty()).then(|| note.to_owned()),
        ..Step::default()
    };
    let record = take_step(&mut locked, (record, step)).await?;
    Ok(Ok(Decided {
        write: locked.write,
        record,
        entry: locked.entry,
    }))
}

/// 机关事务管理局 decides on equipment and vehicles, not on intangible assets
/// (domain 2.2: R*A (rooms, equipment)).
#[must_use]
pub fn may_decide(book: &Book<'_>, at: At<'_>, who: &Who) -> bool {
    let role = who.actor.role();
    let intangible = book
        .row(at.register, at.key)
        .is_some_and(|row| row.text("category") == Some("intangible"));
    at.register.deciders().contains(&role)
        && !(at.register == Register::Asset && role == crate::access::Role::Jiguan && intangible)
}

/// Sends an entry back, or takes a decision back.
pub async fn return_(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At<'_>,
    reason: &str,
) -> Outcome<()> {
    let write = Write::begin(database, who).await?;
    let locked = match lock(write, scheme, (at, Act::HoldingsReturn)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !rules::may_return(at.register, locked.entry.state) {
        return Ok(Err(Refusal::Closed(locked.entry.state)));
    }
    if !may_decide(&locked.source.book(scheme), at, who) {
        return Ok(Err(Refusal::NotYours));
    }
    let sentence = format!("退回{}：{}", at.register.label(), locked.label);
    let record = Record::new(Act::HoldingsReturn, "holding", locked.entry.id, sentence)
        .in_file_of(at.association)
        .with_opinion(reason);
    let step = Step {
        reason: Some(reason.to_owned()),
        ..Step::default()
    };
    finish(locked, (record, step)).await
}
