//! SQL of what a changed age limit concerns; retired cadres by the confirmed surveys
//! of associations that have no register of posts yet.

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::PgPool;

use crate::access::Scope as Reach;

/// Rows of the list.
const MOST: i64 = 2_000;

/// The last change of the age limit.
pub struct LastChange {
    /// From which day it holds.
    pub day: NaiveDate,
    /// The changed parameters in force on the day before.
    pub before: Value,
    /// And on the day itself.
    pub after: Value,
}

/// The last change of the age limit, if there was any.
pub async fn last_change(pool: &PgPool, campaign: i32) -> Result<Option<LastChange>, sqlx::Error> {
    sqlx::query_as!(
        LastChange,
        r#"select m.day as "day!", parameter_changes_on($1, m.day - 1) as "before!",
                  parameter_changes_on($1, m.day) as "after!"
           from (select max(effective_on) as day from parameter_change
                 where campaign_id = $1 and name in ('age_limit', 'age_limit_mode')) m
           where m.day is not null"#,
        campaign,
    )
    .fetch_optional(pool)
    .await
}

/// A retired cadre with a post.
pub struct Cadre {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Short name of its unit.
    pub unit: String,
    /// The person.
    pub person: String,
    /// Their birthday, where it is known.
    pub birth: Option<NaiveDate>,
}

/// Retired cadres with a post in the associations that a person may see and that have
/// no register of posts yet.
pub async fn cadres(pool: &PgPool, campaign: i32, reach: Reach) -> Result<Vec<Cadre>, sqlx::Error> {
    if reach.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select a.id, a.name, d.short_name, p.person ->> 'name' as "person!", p.person ->> 'birth' as birth
           from survey s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id and a.scope <> 'out'
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           cross join lateral jsonb_array_elements(s.answers -> 'SV-60') p (person)
           where s.campaign_id = $1 and s.state = 'confirmed'
             and p.person ->> 'identity' = 'retired_cadre' and p.person ->> 'name' is not null
             and not exists (select from post_register r
                             where r.campaign_id = a.campaign_id and r.association_id = a.id)
             and ($2::bigint is null or a.department_id = $2)
             and ($3::bigint is null or a.id = $3)
           order by a.department_id, a.sort_key, a.id
           limit $4"#,
        campaign,
        reach.department().map(|department| department.0),
        reach.association().map(|association| association.0),
        MOST,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Cadre {
            association: row.id,
            name: row.name,
            unit: row.short_name,
            person: row.person,
            birth: row.birth.and_then(|birth| birth.parse().ok()),
        })
        .collect())
}
