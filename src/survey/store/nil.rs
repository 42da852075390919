//! SQL of nil reports: what a unit has in the register, and that it has nothing in scope.

use crate::database::{Db, Write};
use crate::ids::DepartmentId;
use crate::registry::rules::Scope;
use crate::survey::rules::nil::Own;

/// What a unit has in the register, within reach of its own page.
pub async fn own(db: &mut Db, department: DepartmentId) -> Result<Vec<Own>, sqlx::Error> {
    sqlx::query_as!(
        Own,
        r#"select id, name, scope as "scope: Scope", exited_on, version from association
           where campaign_id = $1 and department_id = $2 order by sort_key, id limit 1000"#,
        db.campaign(),
        department.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Locks the unit: nobody reports nil twice at once. Whether it has reported before.
pub async fn lock(db: &mut Db, department: DepartmentId) -> Result<bool, sqlx::Error> {
    sqlx::query!(
        "select id from department where campaign_id = $1 and id = $2 for update",
        db.campaign(),
        department.0,
    )
    .fetch_all(db.connection())
    .await?;
    reported(db, department).await
}

/// Whether a unit has reported nil.
pub async fn reported(db: &mut Db, department: DepartmentId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from nil_report where campaign_id = $1 and department_id = $2 and subject = 'survey')
               as "reported!""#,
        db.campaign(),
        department.0,
    )
    .fetch_one(db.connection())
    .await
}

/// Files a nil report.
pub async fn report(write: &mut Write, department: DepartmentId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into nil_report (campaign_id, department_id, subject, account_id, at) values ($1, $2, 'survey', $3, $4)
         on conflict do nothing",
        write.campaign(),
        department.0,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
