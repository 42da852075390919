//! SQL of dockets: the row, what was signed, opinions, files.

pub mod counted;
pub mod found;
pub mod funds;
pub mod kept;
pub mod opening;

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::database::{Db, Write, numbers};
use crate::ids::AssociationId;
use crate::machine;
use crate::scheme::Answers;

use super::rules::{Level, STEPS, State};

/// Words by the code of the part that they are about.
pub type Remarks = std::collections::BTreeMap<String, String>;

/// A docket with the names that pages say.
#[derive(Debug, Clone)]
pub struct Docket {
    /// Its key.
    pub id: i64,
    /// The process.
    pub process: String,
    /// Its number within the process.
    pub number: i32,
    /// Its edition.
    pub edition: i32,
    /// The edition before it.
    pub replaces: Option<i64>,
    /// The edition after it.
    pub replaced_by: Option<i64>,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub department: i64,
    /// Their short name.
    pub unit: String,
    /// The association that it is about.
    pub association: Option<AssociationId>,
    /// Its name.
    pub association_name: Option<String>,
    /// Whom it was handed to.
    pub handler: Option<i64>,
    /// Their short name.
    pub handler_name: Option<String>,
    /// Who raised it.
    pub finder: Option<i64>,
    /// Their short name.
    pub finder_name: Option<String>,
    /// What it came out of.
    pub parent: Option<i64>,
    /// The page that it was raised from.
    pub link: String,
    /// How grave it is.
    pub level: Level,
    /// The supporting document that it is about, or is.
    pub policy: String,
    /// What it concerns, by codes.
    pub concerns: Vec<String>,
    /// Its state.
    pub state: State,
    /// What was answered.
    pub answers: Json<Answers>,
    /// What is to be mended, by part.
    pub remarks: Json<Remarks>,
    /// The late matter that it was made of.
    pub automatic: String,
    /// Since when it is there.
    pub opened_on: NaiveDate,
    /// Since when it is in its state.
    pub since: NaiveDate,
    /// Its own day.
    pub due_on: Option<NaiveDate>,
    /// From when it holds.
    pub from_on: Option<NaiveDate>,
    /// When it was signed last.
    pub signed_on: Option<NaiveDate>,
    /// When it ended.
    pub settled_on: Option<NaiveDate>,
    /// Its unit has no listed association.
    pub nil: bool,
    /// Row version.
    pub version: i32,
}

machine!(Docket, "docket", State from Draft by STEPS on crate::oversight::rules::holder,
    "docket", "办件", perhaps);

macro_rules! select_dockets {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Docket,
            r#"select d.id, d.process, d.number, d.edition, d.replaces,
                      (select n.id from docket n where n.campaign_id = d.campaign_id and n.replaces = d.id
                       and n.state <> 'withdrawn' order by n.id desc limit 1) as "replaced_by?",
                      d.title, d.department_id as department, u.short_name as unit, d.association_id as "association?: AssociationId",
                      a.name as "association_name?", d.handler_id as handler, h.short_name as "handler_name?",
                      d.finder_id as finder, f.short_name as "finder_name?", d.parent_id as parent, d.link,
                      d.level as "level: Level", d.policy, d.concerns, d.state as "state: State", d.answers as "answers: Json<Answers>",
                      d.remarks as "remarks: Json<Remarks>", d.automatic, d.opened_on, d.since, d.due_on, d.from_on, d.signed_on,
                      d.settled_on,
                      not exists (select from roster_entry e
                                  join association l on l.campaign_id = e.campaign_id and l.id = e.association_id
                                  where e.campaign_id = d.campaign_id and l.department_id = d.department_id
                                    and (e.publication_id is not null or e.added_by is not null)
                                    and e.withdrawn_by is null) as "nil!", d.version
               from docket d
               join department u on u.campaign_id = d.campaign_id and u.id = d.department_id
               left join association a on a.campaign_id = d.campaign_id and a.id = d.association_id
               left join department h on h.campaign_id = d.campaign_id and h.id = d.handler_id
               left join department f on f.campaign_id = d.campaign_id and f.id = d.finder_id
               where d.campaign_id = $1 "# + $tail,
            $($argument),+
        )
    };
}
pub(super) use select_dockets;

/// A docket.
pub async fn docket(db: &mut Db, id: i64) -> Result<Option<Docket>, sqlx::Error> {
    select_dockets!("and d.id = $2", db.campaign(), id)
        .fetch_optional(db.connection())
        .await
}

/// Locks a docket.
pub async fn lock(db: &mut Db, id: i64) -> Result<Option<Docket>, sqlx::Error> {
    select_dockets!("and d.id = $2 for update of d", db.campaign(), id)
        .fetch_optional(db.connection())
        .await
}

/// A docket to be entered.
#[derive(Debug, Clone, Default)]
pub struct New<'a> {
    /// The process.
    pub process: &'a str,
    /// Of which period, where one is there of each.
    pub period: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Whose it is.
    pub department: i64,
    /// What it is about.
    pub association: Option<i64>,
    /// Who raised it.
    pub finder: Option<i64>,
    /// What it came out of.
    pub parent: Option<i64>,
    /// The page that it was raised from.
    pub link: &'a str,
    /// Whether somebody is at work on it from the first.
    pub handling: bool,
    /// The supporting document.
    pub policy: &'a str,
    /// The late matter that it is made of.
    pub automatic: &'a str,
    /// The edition before it, its number and its edition.
    pub replaces: Option<(i64, i32, i32)>,
    /// What is answered from the first.
    pub answers: Answers,
    /// Its own day.
    pub due_on: Option<NaiveDate>,
}

/// Enters a docket; its key.
pub async fn add(write: &mut Write, new: &New<'_>) -> Result<i64, sqlx::Error> {
    let campaign = write.campaign();
    let number = match new.replaces {
        Some((_, number, _)) => number,
        None => numbers::next(write.connection(), campaign, new.process).await?,
    };
    let state = if new.handling {
        State::Handling
    } else {
        State::Draft
    };
    let today = write.today();
    sqlx::query_scalar!(
        "insert into docket (campaign_id, process, number, edition, replaces, period, title, department_id, association_id,
                             finder_id, parent_id, link, policy, automatic, answers, due_on, state, opened_on, since)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18) returning id",
        campaign,
        new.process,
        number,
        new.replaces.map_or(1, |(_, _, edition)| edition + 1),
        new.replaces.map(|(id, _, _)| id),
        new.period,
        new.title,
        new.department,
        new.association,
        new.finder,
        new.parent,
        new.link,
        new.policy,
        new.automatic,
        Json(&new.answers) as _,
        new.due_on,
        state.key(),
        today,
    )
    .fetch_one(write.connection())
    .await
}

/// What the row keeps of the answers besides them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// What it is called; none: as before.
    pub title: Option<String>,
    /// How grave it is.
    pub level: Option<Level>,
    /// Whom it is handed to.
    pub handler: Option<i64>,
    /// Its own day.
    pub due_on: Option<NaiveDate>,
    /// From when it holds.
    pub from_on: Option<NaiveDate>,
    /// What it concerns.
    pub concerns: Option<Vec<String>>,
}

/// Writes the answers, and what the row keeps of them.
pub async fn write(
    db: &mut Db,
    id: i64,
    answers: &Answers,
    kept: &Kept,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update docket set answers = $3, title = coalesce($4, title), level = coalesce($5, level),
                handler_id = coalesce($6, handler_id), due_on = coalesce($7, due_on), from_on = coalesce($8, from_on),
                concerns = coalesce($9, concerns)
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(answers) as _,
        kept.title,
        kept.level.map(Level::key),
        kept.handler,
        kept.due_on,
        kept.from_on,
        kept.concerns.as_deref(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes what goes with a move: since when, whether it was signed, whether it is over.
pub async fn note(
    db: &mut Db,
    (id, to): (i64, State),
    (today, signed): (NaiveDate, bool),
    remarks: &Remarks,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update docket set since = $3, signed_on = case when $4 then $3 else signed_on end,
                settled_on = case when $5 then $3 end, remarks = $6
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        today,
        signed,
        to.is_over(),
        Json(remarks) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Open dockets of an association go to its new unit, as far as they were the old one's.
pub async fn hand_over(
    db: &mut Db,
    association: i64,
    (from, to): (i64, i64),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update docket set department_id = $4, version = version + 1
         where campaign_id = $1 and association_id = $2 and department_id = $3 and state not in ('settled', 'withdrawn')",
        db.campaign(),
        association,
        from,
        to,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
