//! SQL of parameter changes and snapshots.

pub mod delegations;

use chrono::NaiveDate;
use serde_json::Value;

use crate::database::{Db, Write};

/// A change of a parameter.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its key.
    pub id: i64,
    /// The parameter.
    pub name: String,
    /// The value from then on.
    pub value: Value,
    /// From which day on.
    pub effective_on: NaiveDate,
    /// On what ground.
    pub reason: String,
    /// By whom.
    pub changed_by: String,
    /// When it was entered.
    pub changed_on: NaiveDate,
}

/// All changes, the one that takes effect last first.
pub async fn changes(db: &mut Db) -> Result<Vec<Change>, sqlx::Error> {
    sqlx::query_as!(
        Change,
        "select id, name, value, effective_on, reason, changed_by, changed_on from parameter_change
         where campaign_id = $1 order by effective_on desc, id desc limit 2000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// How often a parameter has changed so far.
pub struct Standing {
    /// How often.
    pub changes: i32,
    /// The newest change.
    pub newest: i64,
}

/// Holds off other changes until this transaction ends. The first of the names is the
/// parameter's; what goes with it changes with it.
pub async fn lock(db: &mut Db, names: &[&str]) -> Result<Standing, sqlx::Error> {
    sqlx::query!(
        "select id from campaign where id = $1 for no key update",
        db.campaign()
    )
    .fetch_optional(db.connection())
    .await?;
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    sqlx::query_as!(
        Standing,
        r#"select (count(*) filter (where name = ($2::text[])[1]))::integer as "changes!",
                  coalesce(max(id), 0) as "newest!"
           from parameter_change where campaign_id = $1 and name = any($2)"#,
        db.campaign(),
        &names,
    )
    .fetch_one(db.connection())
    .await
}

/// A new value from a day on.
pub struct NewChange<'a> {
    /// The parameter.
    pub name: &'a str,
    /// The value.
    pub value: &'a Value,
    /// From which day on.
    pub effective_on: NaiveDate,
    /// On what ground.
    pub reason: &'a str,
}

/// Adds a change; its key.
pub async fn add(write: &mut Write, new: &NewChange<'_>) -> Result<i64, sqlx::Error> {
    let by = write.actor().map(|actor| actor.name.clone());
    sqlx::query_scalar!(
        "insert into parameter_change (campaign_id, name, value, effective_on, reason, account_id, changed_by, changed_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        write.campaign(),
        new.name,
        new.value,
        new.effective_on,
        new.reason,
        write.by().0,
        by.unwrap_or_default(),
        write.today(),
    )
    .fetch_one(write.connection())
    .await
}

/// All parameters as they stood for some act.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Its number.
    pub id: i64,
    /// The day from which its newest value holds.
    pub first_on: NaiveDate,
    /// The values by name.
    pub parameters: Value,
}

/// A snapshot by its number.
pub async fn snapshot(db: &mut Db, id: i64) -> Result<Option<Snapshot>, sqlx::Error> {
    sqlx::query_as!(
        Snapshot,
        "select id, first_on, parameters from parameter_snapshot where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
    )
    .fetch_optional(db.connection())
    .await
}

/// The snapshots so far, oldest first: a campaign has a few dozen at most.
pub async fn snapshots(db: &mut Db) -> Result<Vec<Snapshot>, sqlx::Error> {
    sqlx::query_as!(
        Snapshot,
        "select id, first_on, parameters from parameter_snapshot where campaign_id = $1 order by id limit 500",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
