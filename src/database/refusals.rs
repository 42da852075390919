//! Refused accesses: the first of an account in a minute is a link of the chain, the rest
//! are counted, so that whoever knocks at locked doors keeps nobody else from writing.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use crate::ids::AccountId;

use super::{Database, Db};

fn minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}

/// Counts a refusal; whether it is the first of its account in this minute.
pub async fn count(
    database: &Database,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let mut tally = database.tally().await?;
    let refusals = sqlx::query_scalar!(
        "insert into access_refusal (campaign_id, account_id, minute) values ($1, $2, $3)
         on conflict (campaign_id, account_id, minute)
         do update set refusals = access_refusal.refusals + 1
         returning refusals",
        database.campaign().0,
        account.0,
        minute(at),
    )
    .fetch_one(&mut *tally)
    .await?;
    tally.commit().await?;
    Ok(refusals == 1)
}

/// How many were refused in the same minute besides the one that is in the chain.
pub async fn besides(
    db: &mut Db,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<i32, sqlx::Error> {
    let refusals = sqlx::query_scalar!(
        "select refusals from access_refusal
         where campaign_id = $1 and account_id = $2 and minute = $3",
        db.campaign(),
        account.0,
        minute(at),
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(refusals.map_or(0, |refusals| refusals - 1))
}
