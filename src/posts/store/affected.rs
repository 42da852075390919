//! SQL of whom a changed parameter concerns (TC-51).

use chrono::NaiveDate;
use serde_json::Value;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::persons::PEOPLE;

/// Surveys that are read: associations without a register.
const MOST: i64 = 5_000;

/// The last change of a parameter.
pub struct LastChange {
    /// From which day it holds.
    pub day: NaiveDate,
    /// The changed parameters in force on the day before.
    pub before: Value,
    /// And on the day itself.
    pub after: Value,
}

/// The last change of a parameter, if there was any.
pub async fn last_change(db: &mut Db, name: &str) -> Result<Option<LastChange>, sqlx::Error> {
    sqlx::query_as!(
        LastChange,
        r#"select m.day as "day!", parameter_changes_on($1, m.day - 1) as "before!",
                  parameter_changes_on($1, m.day) as "after!"
           from (select max(effective_on) as day from parameter_change
                 where campaign_id = $1 and name = $2) m
           where m.day is not null"#,
        db.campaign(),
        name,
    )
    .fetch_optional(db.connection())
    .await
}

/// An association that has no register yet, with the people of its confirmed survey.
pub struct Surveyed {
    /// The association.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub department_id: DepartmentId,
    /// The unit's name.
    pub department: String,
    /// The rows of SV-60.
    pub people: Value,
}

/// The people of confirmed surveys of associations without a register, within a scope.
pub async fn surveyed(db: &mut Db, scope: Scope) -> Result<Vec<Surveyed>, sqlx::Error> {
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_as!(
        Surveyed,
        r#"select a.id as "id: AssociationId", a.name, d.id as "department_id: DepartmentId",
                  d.short_name as department, s.answers -> $5::text as "people!"
           from survey s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id
            and a.scope <> 'out' and a.exit_kind is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where s.campaign_id = $1 and s.state = 'confirmed' and jsonb_typeof(s.answers -> $5::text) = 'array'
             and not exists (select from post_register r
                             where r.campaign_id = a.campaign_id and r.association_id = a.id)
             and ($2::bigint is null or a.department_id = $2)
             and ($3::bigint is null or a.id = $3)
           order by a.id limit $4"#,
        db.campaign(),
        scope.department().map(|department| department.0),
        scope.association().map(|association| association.0),
        MOST,
        PEOPLE,
    )
    .fetch_all(db.connection())
    .await
}
