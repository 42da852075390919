//! SQL of sessions and of forms parked under them.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::access::session::Token;
use crate::database::Db;
use crate::ids::{AccountId, CapacityId};

/// Begins a session; of more than three the oldest ends (S5).
pub async fn begin_session(
    connection: &mut PgConnection,
    campaign: i32,
    token: &Token,
    (account, capacity): (AccountId, CapacityId),
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from session where account_id = $1 and token_sha256 not in
             (select token_sha256 from session where account_id = $1 order by created_at desc limit 2)",
        account.0,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into session (token_sha256, account_id, campaign_id, capacity_id, created_at, seen_at)
         values ($1, $2, $3, $4, $5, $5)",
        token.sha256(),
        account.0,
        campaign,
        capacity.0,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends one session.
pub async fn end_session(connection: &mut PgConnection, token: &Token) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from session where token_sha256 = $1",
        token.sha256()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends every session of an account but, at most, one.
pub async fn end_sessions(
    db: &mut Db,
    account: AccountId,
    but: Option<&Token>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from session where account_id = $1 and ($2::bytea is null or token_sha256 <> $2)",
        account.0,
        but.map(Token::sha256),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Chooses the capacity of a session.
pub async fn choose_capacity(
    db: &mut Db,
    token: &Token,
    capacity: CapacityId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update session set capacity_id = $2 where token_sha256 = $1",
        token.sha256(),
        capacity.0
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Keeps what a person had typed until it is sent again.
pub async fn park(
    db: &mut Db,
    token: &Token,
    (path, body): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into parked_form (token_sha256, path, body, parked_at) values ($1, $2, $3, $4)
         on conflict (token_sha256) do update set path = $2, body = $3, parked_at = $4",
        token.sha256(),
        path,
        body,
        now,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What was parked under a session: whose session it is, path and body.
pub async fn parked(
    db: &mut Db,
    token: &Token,
) -> Result<Option<(AccountId, String, String)>, sqlx::Error> {
    let row = sqlx::query!(
        "select s.account_id, p.path, p.body
         from parked_form p join session s on s.token_sha256 = p.token_sha256
         where p.token_sha256 = $1",
        token.sha256()
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (AccountId(row.account_id), row.path, row.body)))
}

/// Forgets what was parked under a session.
pub async fn unpark(connection: &mut PgConnection, token: &Token) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from parked_form where token_sha256 = $1",
        token.sha256()
    )
    .execute(connection)
    .await?;
    Ok(())
}
