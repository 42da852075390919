//! Dockets that are there by themselves: of each unit, of each supporting document, of each
//! week; and those that a late matter makes.

use chrono::NaiveDate;

use crate::database::Db;

/// A unit or a lead department.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Its key.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// It supervises associations.
    pub supervises: bool,
}

/// Whether nobody can sign in yet: then nothing is owed by anybody, whatever the day.
pub async fn is_before_anybody(db: &mut Db) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select not exists (select from account) as "before!""#)
        .fetch_one(db.connection())
        .await
}

/// The departments that may have a docket of their own.
pub async fn owners(db: &mut Db) -> Result<Vec<Owner>, sqlx::Error> {
    sqlx::query_as!(
        Owner,
        "select id, code, short_name as name, supervises from department
         where campaign_id = $1 and active order by id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Which dockets there are of processes that open by themselves: process, department, period.
pub async fn opened(
    db: &mut Db,
    processes: &[String],
) -> Result<Vec<(String, i64, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select process, department_id, period from docket
         where campaign_id = $1 and process = any($2) and period <> '' and edition = 1",
        db.campaign(),
        processes,
    )
    .fetch_all(db.connection())
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (row.process, row.department_id, row.period))
        .collect())
}

/// Open problems that late matters made: docket and matter, `holder kind:case`.
pub async fn automatic(db: &mut Db) -> Result<Vec<(i64, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, automatic from docket
         where campaign_id = $1 and automatic <> '' and state not in ('settled', 'withdrawn') order by id limit 5000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.automatic))
        .collect())
}

/// Those of these associations whose checklist began after a day.
pub async fn begun_since(
    db: &mut Db,
    associations: &[i64],
    day: NaiveDate,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select association_id from plan where campaign_id = $1 and association_id = any($2) and begun_on > $3",
        db.campaign(),
        associations,
        day,
    )
    .fetch_all(db.connection())
    .await
}
