//! Opening the register, entering people, clearing their posts, declaring it.
//! Records speak of 人员第n号 and carry no fields of people (domain 2.1).

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Db, Write, WriteError};
use crate::ids::AssociationId;
use crate::scheme::Answers;
use crate::scheme::persons::PEOPLE;
use crate::survey::store as surveys;

use super::rules::deeds::{self, Deed, Refusal};
use super::rules::{Holder, Limits, judge, judges, may_close};
use super::store;

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// A person on a register and the version looked at.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The person.
    pub holder: i64,
    /// The version looked at.
    pub version: i32,
}

/// A change that is written but not recorded: the room of the checklist looks
/// whether it opens T4-03 again (PE-18) before it commits.
pub struct Prepared {
    /// The transaction.
    pub write: Write,
    /// The record to end it with.
    pub record: Record,
    /// The person.
    pub holder: i64,
    /// Somebody who may hold no post is on a register that was confirmed clear.
    pub relapsed: bool,
}

impl Prepared {
    /// Records and commits.
    pub async fn finish(self) -> Result<i64, WriteError> {
        let holder = self.holder;
        self.write.record(self.record).await?;
        Ok(holder)
    }
}

/// Enters everybody of a confirmed survey who is not entered yet; gives how many.
pub async fn fill(
    db: &mut Db,
    association: AssociationId,
    (answers, edition): (&Answers, i32),
    today: NaiveDate,
) -> Result<usize, sqlx::Error> {
    store::open(db, association, (edition, today)).await?;
    let rows = answers.rows(PEOPLE);
    let people: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row, Holder::of_survey(row)?)))
        .collect();
    let names: Vec<String> = people.iter().map(|(_, entry)| entry.name.clone()).collect();
    store::hold_names(db, &names).await?;
    let mut entered = 0;
    for (row, entry) in people {
        let key = Some(row.key()).filter(|key| !key.is_empty());
        let new = store::add(db, association, &entry, (key, today)).await?;
        entered += usize::from(new.is_some());
    }
    Ok(entered)
}

/// Opens the register from the confirmed survey, or enters who is new in a later
/// edition. A body founded after the scheme is not surveyed: its register opens empty.
pub async fn open(
    database: &Database,
    who: &Who,
    (association, founded): (AssociationId, bool),
) -> Outcome<usize> {
    let mut write = Write::begin(database, who).await?;
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let (answers, edition) = match confirmed {
        Some(survey) => (survey.answers, survey.edition),
        None if founded => (Answers::default(), 0),
        None => return Ok(Err(Refusal::NoRegister)),
    };
    let register = store::lock_register(&mut write, association).await?;
    if register.is_some_and(|register| register.survey_edition >= edition) {
        return Ok(Err(Refusal::Opened));
    }
    let entered = fill(&mut write, association, (&answers, edition), who.today()).await?;
    let sentence = match edition {
        0 => "建立新设立协会的任职清理台账".to_owned(),
        edition => format!("按第{edition}版摸底调查建立任职清理台账，登入{entered}人"),
    };
    let record = Record::new(Act::PostsOpen, "post_register", association.0, sentence)
        .in_file_of(association);
    write.record(record).await?;
    Ok(Ok(entered))
}

fn person(act: Act, (association, holder): (AssociationId, i64), sentence: String) -> Record {
    Record::new(act, "post_holder", holder, sentence).in_file_of(association)
}

/// Enters a person who is not in the survey.
pub async fn add(
    database: &Database,
    who: &Who,
    association: AssociationId,
    entry: &Holder,
) -> Outcome<Prepared> {
    let mut write = Write::begin(database, who).await?;
    let Some(register) = store::lock_register(&mut write, association).await? else {
        return Ok(Err(Refusal::NoRegister));
    };
    store::hold_names(&mut write, std::slice::from_ref(&entry.name)).await?;
    let added = store::add(&mut write, association, entry, (None, who.today())).await?;
    let Some((holder, number)) = added else {
        return Ok(Err(Refusal::Missing));
    };
    store::touch(&mut write, association).await?;
    let sentence = format!("任职清理台账登记人员第{number}号");
    Ok(Ok(Prepared {
        write,
        record: person(Act::PostSave, (association, holder), sentence),
        holder,
        relapsed: register.cleared_on.is_some() && entry.is_forbidden(),
    }))
}

/// Writes what is known of a person anew.
pub async fn save(database: &Database, who: &Who, at: At, entry: &Holder) -> Outcome<Prepared> {
    let (mut write, register, before) = match locked(database, who, at, Some(entry)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::save(&mut write, at.holder, entry).await?;
    store::touch(&mut write, at.association).await?;
    let sentence = format!("修改任职清理台账人员第{}号", before.number);
    Ok(Ok(Prepared {
        write,
        record: person(Act::PostSave, (at.association, at.holder), sentence),
        holder: at.holder,
        relapsed: register.cleared_on.is_some() && entry.is_forbidden() && before.is_active(),
    }))
}

async fn locked(
    database: &Database,
    who: &Who,
    at: At,
    entry: Option<&Holder>,
) -> Outcome<(Write, store::Register, Holder)> {
    let mut write = Write::begin(database, who).await?;
    let Some(register) = store::lock_register(&mut write, at.association).await? else {
        return Ok(Err(Refusal::NoRegister));
    };
    let found = store::lock(&mut write, at.association, at.holder).await?;
    let Some(holder) = found else {
        return Ok(Err(Refusal::Missing));
    };
    if holder.version != at.version {
        return Ok(Err(Refusal::Stale));
    }
    let names: Vec<String> = [Some(&holder), entry]
        .into_iter()
        .flatten()
        .map(|holder| holder.name.clone())
        .collect();
    store::hold_names(&mut write, &names).await?;
    Ok(Ok((write, register, holder)))
}

/// Does something about a person's post. `limits` are those that rule: for an
/// approval, of its own date (TC-51).
pub async fn perform(
    database: &Database,
    who: &Who,
    at: At,
    (deed, limits): (&Deed, &Limits),
) -> Outcome<()> {
    let (mut write, _, before) = match locked(database, who, at, None).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let after = match deeds::after(&before, deed, limits, who.today()) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::change(&mut write, &after).await?;
    if deed.act() == Act::PostClear {
        store::touch(&mut write, at.association).await?;
    }
    let sentence = format!("任职清理台账人员第{}号：{}", before.number, deed.sentence());
    let opinion = match deed {
        Deed::Decide(approval) => approval.opinion.as_str(),
        _ => "",
    };
    let record = person(deed.act(), (at.association, at.holder), sentence).with_opinion(opinion);
    write.record(record).await?;
    Ok(Ok(()))
}

/// The unit's leader declares the register, which has nothing left to put right, or
/// the office sends it back with a reason.
pub async fn declare(
    database: &Database,
    who: &Who,
    (association, version): (AssociationId, i32),
    (reason, limits): (Option<&str>, &Limits),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(register) = store::lock_register(&mut write, association).await? else {
        return Ok(Err(Refusal::NoRegister));
    };
    if register.version != version {
        return Ok(Err(Refusal::Stale));
    }
    if register.declared_on.is_some() != reason.is_some() {
        return Ok(Err(Refusal::Declared(register.declared_on.is_some())));
    }
    if reason.is_none() {
        let holders = store::holders_in(&mut write, association).await?;
        let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
        store::hold_names(&mut write, &names).await?;
        let namesakes = store::namesakes(&mut write, &names).await?;
        let cleared = register.cleared_on.map(|on| (association, on));
        let cleared = cleared.into_iter().collect();
        let judged = judge(&holders, namesakes, (limits, who.today()), &cleared);
        let red = judged.iter().filter(|each| each.is_red());
        let red: Vec<i32> = red.map(|each| each.holder.number).collect();
        if !red.is_empty() {
            return Ok(Err(Refusal::Red(red)));
        }
    }
    let on = reason.is_none().then(|| who.today());
    store::declare(&mut write, association, (on, reason)).await?;
    let act = if reason.is_some() {
        Act::PostsReturn
    } else {
        Act::PostsDeclare
    };
    let record = Record::new(act, "post_register", association.0, act.label())
        .in_file_of(association)
        .with_opinion(reason.unwrap_or_default());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Why an item of T4 is not done by the register; nothing: it may be reported and
/// verified. Without a register there is nothing to hold against it.
pub async fn holds_up(
    db: &mut Db,
    association: AssociationId,
    (measure, object): (&str, &str),
) -> Result<Option<String>, sqlx::Error> {
    if !judges(measure) {
        return Ok(None);
    }
    let holders = store::holders_in(db, association).await?;
    Ok(may_close(measure, object, &holders).err())
}
