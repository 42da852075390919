//! SQL of a department's name and its periods (FZ-2).

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::DepartmentId;

/// A department's name, full and short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Full.
    pub name: String,
    /// Short.
    pub short_name: String,
    /// How often the department was changed.
    pub version: i32,
}

/// A department's name.
pub async fn named(db: &mut Db, id: DepartmentId) -> Result<Option<Named>, sqlx::Error> {
    sqlx::query_as!(
        Named,
        "select name, short_name, version from department where campaign_id = $1 and id = $2 and active",
        db.campaign(),
        id.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// The same under lock.
pub async fn lock(db: &mut Db, id: DepartmentId) -> Result<Option<Named>, sqlx::Error> {
    sqlx::query_as!(
        Named,
        "select name, short_name, version from department
         where campaign_id = $1 and id = $2 and active for update",
        db.campaign(),
        id.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Names a department that is locked.
pub async fn rename(
    db: &mut Db,
    id: DepartmentId,
    (name, short_name): (&str, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update department set name = $3, short_name = $4, version = version + 1 where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        name,
        short_name,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An error is put right: the period that runs has the right name.
pub async fn put_right(
    db: &mut Db,
    id: DepartmentId,
    (name, short_name): (&str, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update department_name set name = $3, short_name = $4
         where campaign_id = $1 and department_id = $2 and until is null",
        db.campaign(),
        id.0,
        name,
        short_name,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Ends the period of a name and begins the next one's; false where the last one began
/// later. The first has its period from the scheme's day on.
pub async fn begin(
    write: &mut Write,
    id: DepartmentId,
    (before, after): (&Named, (&str, &str)),
    (on, document, earliest): (NaiveDate, &str, NaiveDate),
) -> Result<bool, sqlx::Error> {
    sqlx::query!(
        "insert into department_name (campaign_id, department_id, name, short_name, since, document)
         select $1, $2, $3, $4, least($5::date, $6::date), '单位名录'
         where not exists (select from department_name where campaign_id = $1 and department_id = $2)",
        write.campaign(),
        id.0,
        before.name,
        before.short_name,
        earliest,
        on,
    )
    .execute(write.connection())
    .await?;
    let ended = sqlx::query!(
        "update department_name set until = $3
         where campaign_id = $1 and department_id = $2 and until is null and since <= $3",
        write.campaign(),
        id.0,
        on,
    )
    .execute(write.connection())
    .await?;
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "insert into department_name (campaign_id, department_id, name, short_name, since, document, account_id)
         values ($1, $2, $3, $4, $5, $6, $7)",
        write.campaign(),
        id.0,
        after.0,
        after.1,
        on,
        document,
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(true)
}

/// A period of a department's name.
#[derive(Debug, Clone)]
pub struct Valid {
    /// Full.
    pub name: String,
    /// Short.
    pub short_name: String,
    /// First day.
    pub since: NaiveDate,
    /// Day of the change to the next.
    pub until: Option<NaiveDate>,
    /// By which document.
    pub document: String,
}

/// The periods of a department's name; none where it never changed.
pub async fn valid(db: &mut Db, id: DepartmentId) -> Result<Vec<Valid>, sqlx::Error> {
    sqlx::query_as!(
        Valid,
        "select name, short_name, since, until, document from department_name
         where campaign_id = $1 and department_id = $2 order by since, id limit 50",
        db.campaign(),
        id.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Every name that departments have or had.
pub async fn known(db: &mut Db) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "select department_id, name from department_name where campaign_id = $1 order by department_id, since limit 2000",
        db.campaign(),
    )
    .map(|row| (row.department_id, row.name))
    .fetch_all(db.connection())
    .await
}

/// Former names of the departments: department and name with its last day.
pub async fn former(db: &mut Db) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "select department_id, name, until from department_name
         where campaign_id = $1 and until is not null order by department_id, since limit 1000",
        db.campaign(),
    )
    .map(|row| {
        let until = row.until.map(|day| format!("（至{day}）"));
        (row.department_id, row.name + &until.unwrap_or_default())
    })
    .fetch_all(db.connection())
    .await
}
