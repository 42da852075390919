//! SQL of what has changed since a person was last here. The case file already
//! says when that was: their last sign-in, sign-out or act before this session.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgPool;

use crate::ids::AccountId;

use super::facts::Within;

/// A change in words.
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub sentence: String,
    /// Who.
    pub who: String,
    /// In whose name.
    pub department: String,
    /// The association in whose file it stands.
    pub association: Option<i64>,
    /// Its name.
    pub name: Option<String>,
}

/// The last record of a person before the session in force: its number and time.
pub async fn last_visit(
    pool: &PgPool,
    campaign: i32,
    account: AccountId,
) -> Result<Option<(i64, DateTime<Utc>)>, sqlx::Error> {
    sqlx::query!(
        r#"with now as (
               select max(id) as id from act_record
               where campaign_id = $1 and subject_kind = 'account' and subject_id = $2 and act = 'session.begin')
           select r.id, r.at from act_record r, now
           where r.campaign_id = $1 and r.id < now.id
             and (r.account_id = $2
                  or (r.subject_kind = 'account' and r.subject_id = $2 and r.act = 'session.begin'))
           order by r.id desc limit 1"#,
        campaign,
        account.0,
    )
    .map(|row| (row.id, row.at))
    .fetch_optional(pool)
    .await
}

/// How much others did since a person was last here, within what they may see;
/// who was never here before is told of the days since `first`.
pub async fn unseen(
    pool: &PgPool,
    within: Within,
    account: AccountId,
    first: NaiveDate,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with now as (
               select max(id) as id from act_record
               where campaign_id = $1 and subject_kind = 'account' and subject_id = $4 and act = 'session.begin'),
           visit as materialized (
               select max(r.id) as id from act_record r, now
               where r.campaign_id = $1 and r.id < now.id
                 and (r.account_id = $4
                      or (r.subject_kind = 'account' and r.subject_id = $4 and r.act = 'session.begin')))
           select count(*) as "count!" from (
               select from act_record r
               left join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
               where r.campaign_id = $1 and r.id > coalesce((select id from visit), 0)
                 and ((select id from visit) is not null
                      or r.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai')
                 and r.account_id is distinct from $4
                 and (a.id is not null or r.subject_kind in ('department', 'roster', 'task'))
                 and r.act not like 'session.%' and r.act <> 'access.refused'
                 and ($2::bigint is null or a.department_id = $2 or r.subject_kind in ('roster', 'task')
                      or (r.subject_kind = 'department' and r.subject_id = $2))
                 and ($3::bigint is null or a.id = $3)
               order by r.id desc limit 500) each"#,
        within.campaign,
        within.unit,
        within.association,
        account.0,
        first,
    )
    .fetch_one(pool)
    .await
}

/// What others did since then, within what a person may see: the newest 500.
pub async fn changes(
    pool: &PgPool,
    within: Within,
    account: AccountId,
    (after, since): (i64, Option<NaiveDate>),
) -> Result<Vec<Change>, sqlx::Error> {
    sqlx::query_as!(
        Change,
        r#"select r.at, r.sentence, r.actor_name as who, r.actor_department as department,
                  r.association_id as association, a.name as "name?"
           from act_record r
           left join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
           where r.campaign_id = $1 and r.id > $4
             and ($5::date is null or r.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai')
             and r.account_id is distinct from $6
             and (a.id is not null or r.subject_kind in ('department', 'roster', 'task'))
             and r.act not like 'session.%' and r.act <> 'access.refused'
             and ($2::bigint is null or a.department_id = $2 or r.subject_kind in ('roster', 'task')
                  or (r.subject_kind = 'department' and r.subject_id = $2))
             and ($3::bigint is null or a.id = $3)
           order by r.id desc limit 500"#,
        within.campaign,
        within.unit,
        within.association,
        after,
        since,
        account.0,
    )
    .fetch_all(pool)
    .await
}
