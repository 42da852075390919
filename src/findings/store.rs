//! SQL of what the audit found.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::machine;

use super::rules::{Entry, Finding, Kind, Level, Mended, STEPS, State};

machine!(Finding, "finding", State from Open by STEPS on crate::findings::rules::holder,
    "finding", "审计问题");

/// A finding as its row has it.
struct Stored {
    id: i64,
    association: AssociationId,
    state: State,
    kind: Kind,
    level: Level,
    assets: String,
    summary: String,
    amount_cents: Option<i64>,
    found_on: NaiveDate,
    due_on: NaiveDate,
    mended_on: Option<NaiveDate>,
    document: Option<String>,
    version: i32,
}

impl From<Stored> for Finding {
    fn from(row: Stored) -> Self {
        let mended = row.mended_on.zip(row.document);
        Self {
            id: row.id,
            association: row.association,
            state: row.state,
            entry: Entry {
                kind: row.kind,
                level: row.level,
                assets: row.assets,
                summary: row.summary,
                amount_cents: row.amount_cents,
                found_on: row.found_on,
                due_on: row.due_on,
            },
            mended: mended.map(|(on, document)| Mended { on, document }),
            version: row.version,
        }
    }
}

macro_rules! select_findings {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Stored,
            r#"select id, association_id as "association: AssociationId", state as "state: State", kind as "kind: Kind",
                      level as "level: Level", assets, summary, amount_cents,
                      found_on, due_on, mended_on, document, version
               from finding where campaign_id = $1 and association_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// What was found in an association, the newest first.
pub async fn findings(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Finding>, sqlx::Error> {
    let rows = select_findings!(
        "order by found_on desc, id desc limit 200",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One finding of an association.
pub async fn finding(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Finding>, sqlx::Error> {
    let row = select_findings!("and id = $3", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// Locks a finding.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Finding>, sqlx::Error> {
    let row = select_findings!("and id = $3 for update", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// Enters a finding; its number.
pub async fn add(
    write: &mut Write,
    association: AssociationId,
    entry: &Entry,
) -> Result<i64, sqlx::Error> {
    let by = write.account().map(|id| id.0);
    sqlx::query_scalar!(
        "insert into finding (campaign_id, association_id, summary, amount_cents, found_on, due_on, entered_by, kind, level, assets)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        write.campaign(),
        association.0,
        entry.summary,
        entry.amount_cents,
        entry.found_on,
        entry.due_on,
        by,
        entry.kind.key(),
        entry.level.key(),
        entry.assets,
    )
    .fetch_one(write.connection())
    .await
}

/// Writes it anew.
pub async fn save(db: &mut Db, id: i64, entry: &Entry) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update finding set summary = $3, amount_cents = $4, found_on = $5, due_on = $6, kind = $7, level = $8, assets = $9
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        entry.summary,
        entry.amount_cents,
        entry.found_on,
        entry.due_on,
        entry.kind.key(),
        entry.level.key(),
        entry.assets,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes that it is mended, beside the state.
pub async fn note_mended(db: &mut Db, id: i64, mended: &Mended) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update finding set mended_on = $3, document = $4 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        mended.on,
        mended.document,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
