//! Cookie → actor: sessions live in PostgreSQL, by the SHA-256 of their token.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgExecutor;

use crate::ids::{AccountId, AssociationId, CapacityId, DepartmentId};

use super::{Actor, Capacity, Role};

/// A session ends after this long without a request.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends after this long in any case.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(10);
/// How stale `seen_at` may be: not every page is worth a commit.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The secret in the cookie: 256 random bits, written as hex.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new token from the operating system's randomness.
    pub fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// The token in a cookie; anything but 64 hex digits is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        well_formed.then(|| Self(text.to_owned()))
    }

    /// What the cookie carries.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Whether it is time to note that somebody was here.
#[must_use]
pub fn is_forgetting(seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen_at > SEEN_EVERY
}

/// The person behind a token, with every capacity held, and when they were last
/// here: one query. A delegated capacity counts while its delegation is in force on
/// `today`; who had chosen it goes on in one of their own afterwards (TC-63).
pub async fn behind(
    executor: impl PgExecutor<'_>,
    token: &Token,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Option<(Actor, DateTime<Utc>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id as account_id, a.username, a.display_name, a.must_change_password,
                  s.seen_at, s.capacity_id as chosen,
                  c.capacity_id as "capacity_id!", c.role as "role!: Role", c.association_id,
                  c.department_id as "department_id!", d.name as department_name,
                  p.display_name as "principal?"
           from session s
           join account a on a.id = s.account_id and a.disabled_at is null
           join capacities_on(s.campaign_id, $4) c on c.account_id = a.id
           join department d on d.campaign_id = s.campaign_id and d.id = c.department_id
           left join account p on p.id = c.principal_id
           where s.token_sha256 = $1 and s.seen_at > $2 and s.created_at > $3
           order by c.capacity_id"#,
        token.sha256(),
        now - IDLE,
        now - ABSOLUTE,
        today,
    )
    .fetch_all(executor)
    .await?;
    let held: Vec<Capacity> = rows
        .iter()
        .map(|row| Capacity {
            id: CapacityId(row.capacity_id),
            department: DepartmentId(row.department_id),
            department_name: row.department_name.clone(),
            role: row.role,
            association: row.association_id.map(AssociationId),
            on_behalf_of: row.principal.clone(),
        })
        .collect();
    let Some(row) = rows.into_iter().next() else {
        return Ok(None);
    };
    let chosen = held.iter().find(|held| held.id.0 == row.chosen);
    let own = || held.iter().find(|held| held.on_behalf_of.is_none());
    let Some(capacity) = chosen.or_else(own).cloned() else {
        return Ok(None);
    };
    let name = match &capacity.on_behalf_of {
        Some(principal) => format!("{}（代行{principal}）", row.display_name),
        None => row.display_name,
    };
    let actor = Actor {
        account: AccountId(row.account_id),
        username: row.username,
        name,
        capacity,
        held,
        must_change_password: row.must_change_password,
    };
    Ok(Some((actor, row.seen_at)))
}

/// Notes that somebody was here.
pub async fn touch(
    executor: impl PgExecutor<'_>,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update session set seen_at = greatest(seen_at, $2) where token_sha256 = $1",
        token.sha256(),
        now,
    )
    .execute(executor)
    .await?;
    Ok(())
}
