//! SQL of what waits by department and stage, and of who is there to handle it.

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::registry::rules::Stage;

/// How many associations of a department stand at a stage.
pub struct Waiting {
    /// The responsible unit.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// The stage.
    pub stage: Stage,
    /// How many.
    pub count: i64,
    /// The department in which the office sits.
    pub office: Option<i64>,
}

/// What stands where, of one unit or of all.
pub async fn waiting(db: &mut Db, only: Option<DepartmentId>) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"select a.department_id as department, d.name, a.stage as "stage: Stage", count(*) as "count!",
                  (select o.id from department o where o.campaign_id = $1 and 'OFFICE' = any(o.competences)
                   order by o.id limit 1) as office
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where a.campaign_id = $1 and a.scope <> 'out' and ($2::bigint is null or a.department_id = $2)
           group by a.department_id, d.name, a.stage
           order by a.department_id, a.stage"#,
        db.campaign(),
        only.map(|department| department.0),
    )
    .fetch_all(db.connection())
    .await
}

/// The capacities that an account in use holds today, delegated ones included.
pub async fn held(db: &mut Db, today: NaiveDate) -> Result<Vec<(i64, Role)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select distinct c.department_id as "department!", c.role as "role!: Role"
           from capacities_on($1, $2) c
           join account a on a.id = c.account_id and a.disabled_at is null"#,
        db.campaign(),
        today,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.department, row.role))
        .collect())
}
