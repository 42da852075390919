//! SQL of tries, and of the addresses where an account is known.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use crate::accounts::rules::tries::{Counter, Spent};
use crate::database::Db;
use crate::ids::AccountId;

/// What is spent of an allowance. Its row is made where there was none, and stays
/// locked until the transaction ends: tries at once are counted one after another.
pub async fn lock(connection: &mut PgConnection, counter: &Counter) -> Result<Spent, sqlx::Error> {
    sqlx::query_as!(
        Spent,
        r#"insert into sign_in_try (kind, name, address) values ($1, $2, $3)
           on conflict (kind, name, address) do update set asked_at = sign_in_try.asked_at
           returning spent_until as until, taken_at, asked_at"#,
        counter.kind.key(),
        counter.name,
        counter.address,
    )
    .fetch_one(connection)
    .await
}

/// Keeps what is spent of a locked allowance.
pub async fn keep(
    connection: &mut PgConnection,
    counter: &Counter,
    spent: &Spent,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sign_in_try set spent_until = $4, taken_at = $5, asked_at = $6
         where kind = $1 and name = $2 and address = $3",
        counter.kind.key(),
        counter.name,
        counter.address,
        spent.until,
        spent.taken_at,
        spent.asked_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets every try of an account's name, and where it has signed in.
pub async fn forget(db: &mut Db, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from sign_in_try where name =
             (select sha256(convert_to(username, 'UTF8')) from account where id = $1)",
        account.0,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!("delete from known_address where account_id = $1", account.0)
        .execute(db.connection())
        .await?;
    Ok(())
}

/// Removes some rows that are long over; never waits for one in use.
pub async fn tidy(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from sign_in_try where (kind, name, address) in
             (select kind, name, address from sign_in_try where spent_until < $1 and asked_at < $1
              order by spent_until limit 50 for update skip locked)",
        now - TimeDelta::hours(1),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether the account of a name has signed in from an address since a moment; asked in
/// the same way of names that do not exist (S7).
pub async fn is_known(
    db: &mut Db,
    username: &str,
    address: &str,
    since: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from known_address k join account a on a.id = k.account_id
                          where a.username = $1 and k.address = $2 and k.signed_in_at > $3) as "known!""#,
        username,
        address,
        since,
    )
    .fetch_one(db.connection())
    .await
}

/// Notes that an account has signed in from an address; old ones are forgotten.
pub async fn remember(
    db: &mut Db,
    account: AccountId,
    address: &str,
    (now, since): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into known_address (account_id, address, signed_in_at) values ($1, $2, $3)
         on conflict (account_id, address) do update set signed_in_at = $3",
        account.0,
        address,
        now,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "delete from known_address where account_id = $1 and signed_in_at < $2",
        account.0,
        since,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
