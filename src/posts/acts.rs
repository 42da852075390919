//! Opening the register, entering people, clearing their posts, declaring it.
//! Records speak of 人员第n号; what changed of a person only readers of persons see
//! (domain 2.1).

mod told;

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Db, Done, Write};
use crate::ids::AssociationId;
use crate::registry::rules::is_new;
use crate::registry::store as registry;
use crate::scheme::Answers;
use crate::scheme::persons::PEOPLE;
use crate::survey::store as surveys;

use super::rules::deeds::{self, Deed, Refusal};
use super::rules::{Holder, Judged, Limits, declared, judge};
use super::store::{self, Register};

/// A person on a register.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The person.
    pub holder: i64,
}

const fn of_person(holder: i64) -> Subject {
    Subject {
        kind: "post_holder",
        id: holder,
    }
}

const fn of_register(association: AssociationId) -> Subject {
    Subject {
        kind: "post_register",
        id: association.0,
    }
}

fn record(act: Act, of: Subject, association: AssociationId, sentence: String) -> Record {
    Record::new(act, of.kind, of.id, sentence).in_file_of(association)
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
pub async fn open(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let register = store::lock_register(&mut write, association).await?;
    let version = register.as_ref().map_or(0, |register| register.version);
    write.as_seen(&seen, version, of_register(association))?;
    let scheme = write.scheme()?;
    let brief = registry::brief(&mut write, association).await?;
    let founded = brief.is_some_and(|brief| is_new(&scheme.campaign, brief.registered_on));
    let (answers, edition) = match surveys::confirmed(&mut write, association).await? {
        Some(survey) => (survey.answers, survey.edition),
        None if founded => (Answers::default(), 0),
        None => return Err(Refusal::NoSurvey.into()),
    };
    if register.is_some_and(|register| register.survey_edition >= edition) {
        return Err(Refusal::Opened.into());
    }
    let today = write.today();
    let entered = fill(&mut write, association, (&answers, edition), today).await?;
    let sentence = match edition {
        0 => "建立新设立协会的任职清理台账".to_owned(),
        edition => format!("按第{edition}版摸底调查建立任职清理台账，登入{entered}人"),
    };
    let of = of_register(association);
    let told = write.tell(record(Act::PostsOpen, of, association, sentence));
    write.finish(told).await
}

/// The register under lock.
async fn locked(write: &mut Write, association: AssociationId) -> Done<Refusal, Register> {
    let found = store::lock_register(write, association).await?;
    Ok(found.ok_or(Stuck::Missing("任职清理台账"))?)
}

/// A person under lock, as seen, whose name nobody else enters meanwhile, nor `entry`'s.
async fn taken(
    write: &mut Write,
    at: At,
    seen: &Seen,
    entry: Option<&Holder>,
) -> Done<Refusal, Holder> {
    locked(write, at.association).await?;
    let found = store::lock(write, at.association, at.holder).await?;
    let holder = found.ok_or(Stuck::Missing("任职人员"))?;
    write.as_seen(seen, holder.version, of_person(at.holder))?;
    let names = [Some(&holder), entry].into_iter().flatten();
    let names: Vec<String> = names.map(|holder| holder.name.clone()).collect();
    store::hold_names(write, &names).await?;
    Ok(holder)
}

/// Enters a person who is not in the survey: one more beside the others, so nothing
/// that was seen forbids it; the person's key.
pub async fn add(
    mut write: Write,
    association: AssociationId,
    entry: &Holder,
) -> Done<Refusal, i64> {
    let (holder, record) = add_in(&mut write, association, entry).await?;
    let told = write.tell(record);
    write.finish::<Refusal>(told).await?;
    Ok(holder)
}

/// The same, not recorded yet.
pub async fn add_in(
    write: &mut Write,
    association: AssociationId,
    entry: &Holder,
) -> Done<Refusal, (i64, Record)> {
    locked(write, association).await?;
    store::hold_names(write, std::slice::from_ref(&entry.name)).await?;
    let today = write.today();
    let added = store::add(write, association, entry, (None, today)).await?;
    let (holder, number) = added.ok_or(Stuck::Missing("任职人员"))?;
    store::touch(write, association).await?;
    let sentence = format!("任职清理台账登记人员第{number}号");
    let mut record = record(Act::PostSave, of_person(holder), association, sentence);
    let entered = Holder {
        number,
        ..entry.clone()
    };
    record.say = told::changed(record.say, None, &entered);
    Ok((holder, record))
}

/// Writes what is known of a person anew.
pub async fn save(mut write: Write, at: At, seen: Seen, entry: &Holder) -> Done<Refusal> {
    let before = taken(&mut write, at, &seen, Some(entry)).await?;
    store::save(&mut write, at.holder, entry).await?;
    store::touch(&mut write, at.association).await?;
    let sentence = format!("修改任职清理台账人员第{}号", before.number);
    let of = of_person(at.holder);
    let mut record = record(Act::PostSave, of, at.association, sentence);
    record.say = told::changed(
        record.say,
        Some(&before),
        &Holder {
            number: before.number,
            ..entry.clone()
        },
    );
    let told = write.tell(record);
    write.finish(told).await
}

/// Does something about a person's post. `limits` are those that rule: for an
/// approval, of its own date (TC-51).
pub async fn perform(
    mut write: Write,
    at: At,
    seen: Seen,
    deed: &Deed,
    limits: &Limits,
) -> Done<Refusal> {
    let before = taken(&mut write, at, &seen, None).await?;
    let after = deeds::after(&before, deed, limits, write.today())?;
    store::change(&mut write, &after).await?;
    if deed.act() == Act::PostClear {
        store::touch(&mut write, at.association).await?;
    }
    let sentence = format!("任职清理台账人员第{}号：{}", before.number, deed.sentence());
    let of = of_person(at.holder);
    let mut record = record(deed.act(), of, at.association, sentence);
    record.say = told::changed(record.say, Some(&before), &after);
    let told = write.tell(match deed {
        Deed::Decide(approval) => record.with_opinion(&approval.opinion),
        _ => record,
    });
    write.finish(told).await
}

/// People of one register, since when it is confirmed clear, judged on a day.
pub async fn judged(
    db: &mut Db,
    holders: &[Holder],
    cleared: Option<(AssociationId, NaiveDate)>,
    day: (&Limits, NaiveDate),
) -> Result<Vec<Judged>, sqlx::Error> {
    let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
    let namesakes = store::namesakes(db, &names).await?;
    Ok(judge(
        holders,
        namesakes,
        day,
        &cleared.into_iter().collect(),
    ))
}

/// The unit's leader declares the register as they saw it, with nothing left to put
/// right.
pub async fn declare(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let register = locked(&mut write, association).await?;
    let holders = store::holders(&mut write, association).await?;
    let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
    store::hold_names(&mut write, &names).await?;
    let limits = Limits::of(&write.scheme()?.campaign.parameters);
    let day = (&limits, write.today());
    let cleared = register.cleared_on.map(|on| (association, on));
    let judged = judged(&mut write, &holders, cleared, day).await?;
    let of = of_register(association);
    write.list(&seen, &declared(register.version, &judged), of)?;
    if register.declared_on.is_some() {
        return Err(Refusal::Declared(true).into());
    }
    let pressing = judged.iter().filter(|each| each.is_pressing());
    let pressing: Vec<i32> = pressing.map(|each| each.holder.number).collect();
    if !pressing.is_empty() {
        return Err(Refusal::Pressing(pressing).into());
    }
    store::declare(&mut write, association).await?;
    let act = Act::PostsDeclare;
    let told = write.tell(record(act, of, association, act.label().to_owned()));
    write.finish(told).await
}

/// The office sends the register back with a reason.
pub async fn return_(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let register = locked(&mut write, association).await?;
    let (of, act) = (of_register(association), Act::PostsReturn);
    write.as_seen(&seen, register.version, of)?;
    if register.declared_on.is_none() {
        return Err(Refusal::Declared(false).into());
    }
    store::send_back(&mut write, association, reason).await?;
    let record = record(act, of, association, act.label().to_owned());
    let told = write.tell(record.with_opinion(reason));
    write.finish(told).await
}

/// Files, with the plan that is begun, whoever of the register a filing can be made for.
pub async fn file_with_plan(
    write: &mut Write,
    association: AssociationId,
    (filing, limits): (&deeds::Approval, &Limits),
) -> Result<(), sqlx::Error> {
    let deed = Deed::Decide(filing.clone());
    for before in store::holders(write, association).await? {
        if before.approval_kind.is_some() {
            continue;
        }
        let Ok(after) = deeds::after(&before, &deed, limits, write.today()) else {
            continue;
        };
        store::change(write, &after).await?;
        let sentence = format!(
            "任职清理台账人员第{}号：随方案{}",
            before.number,
            deed.sentence()
        );
        let of = of_person(before.id);
        let mut record = record(Act::PlanBegin, of, association, sentence);
        record.say = told::changed(record.say, Some(&before), &after);
        write.tell(record.with_opinion(&filing.opinion));
    }
    Ok(())
}
