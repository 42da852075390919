//! Cookie → actor: sessions live in PostgreSQL, by the SHA-256 of their token.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgExecutor;

use crate::ids::{AccountId, AssociationId, CampaignId, CapacityId, DepartmentId};
use crate::scheme::parameters::Edition;

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

/// A person, and when they were last here.
pub type Present = (Actor, DateTime<Utc>);

/// The person behind a token, with every capacity held, and when they were last here;
/// and how far the table of parameter changes reaches: one question, which begins every
/// request. A delegated capacity counts while its delegation is in force on `today`; who
/// had chosen it goes on in one of their own afterwards (TC-63).
pub async fn behind(
    executor: impl PgExecutor<'_>,
    campaign: CampaignId,
    token: &Token,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<(Edition, Option<Present>), sqlx::Error> {
    let rows = sqlx::query_as!(
        Held,
        r#"select e.changes as "changes!", e.newest as "newest!",
                  s.account_id as "account?", s.username as "username?", s.display_name as "display_name?",
                  s.must_change_password as "must_change_password?", s.seen_at as "seen_at?", s.chosen as "chosen?",
                  s.capacity_id as "capacity?", s.role as "role?: Role", s.association_id as "association?",
                  s.department_id as "department?", s.department_name as "department_name?",
                  s.association_name as "association_name?", s.principal as "principal?"
           from (select count(*) as changes, coalesce(max(id), 0) as newest
                 from parameter_change where campaign_id = $5 and effective_on <= $4) e
           left join (
               select a.id as account_id, a.username, a.display_name, a.must_change_password,
                      s.seen_at, s.capacity_id as chosen, c.capacity_id, c.role, c.association_id,
                      c.department_id, d.name as department_name, o.name as association_name,
                      p.display_name as principal
               from session s
               join account a on a.id = s.account_id and a.disabled_at is null
               join capacities_on(s.campaign_id, $4) c on c.account_id = a.id
               join department d on d.campaign_id = s.campaign_id and d.id = c.department_id
               left join account p on p.id = c.principal_id
               left join association o on o.campaign_id = s.campaign_id and o.id = c.association_id
               where s.token_sha256 = $1 and s.seen_at > $2 and s.created_at > $3
                 and s.campaign_id = $5) s on true
           order by s.capacity_id"#,
        token.sha256(),
        now - IDLE,
        now - ABSOLUTE,
        today,
        campaign.0,
    )
    .fetch_all(executor)
    .await?;
    let edition = rows.first().map_or(Edition::default(), |row| Edition {
        changes: row.changes,
        newest: row.newest,
    });
    Ok((edition, person(rows)))
}

/// A person by their user name, once in each capacity that they hold on a day: for what is
/// done in their name from the server's console.
pub async fn named(
    connection: &mut sqlx::PgConnection,
    campaign: CampaignId,
    username: &str,
    today: NaiveDate,
) -> Result<Vec<Actor>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Held,
        r#"select 0::bigint as "changes!", 0::bigint as "newest!",
                  a.id as "account?", a.username as "username?", a.display_name as "display_name?",
                  a.must_change_password as "must_change_password?", now() as "seen_at?", null::bigint as "chosen?",
                  c.capacity_id as "capacity?", c.role as "role?: Role", c.association_id as "association?",
                  c.department_id as "department?", d.name as "department_name?", o.name as "association_name?",
                  p.display_name as "principal?"
           from account a
           join capacities_on($1, $3) c on c.account_id = a.id
           join department d on d.campaign_id = $1 and d.id = c.department_id
           left join account p on p.id = c.principal_id
           left join association o on o.campaign_id = $1 and o.id = c.association_id
           where a.username = $2 and a.disabled_at is null order by c.capacity_id limit 50"#,
        campaign.0,
        username,
        today,
    )
    .fetch_all(connection)
    .await?;
    let held: Vec<Capacity> = rows.iter().filter_map(Held::capacity).collect();
    let Some((person, _)) = person(rows) else {
        return Ok(Vec::new());
    };
    let each = held.into_iter().map(|capacity| Actor {
        capacity,
        ..person.clone()
    });
    Ok(each.collect())
}

/// One capacity of whoever holds the session; without one, the parameters alone.
struct Held {
    changes: i64,
    newest: i64,
    account: Option<i64>,
    username: Option<String>,
    display_name: Option<String>,
    must_change_password: Option<bool>,
    seen_at: Option<DateTime<Utc>>,
    chosen: Option<i64>,
    capacity: Option<i64>,
    role: Option<Role>,
    association: Option<i64>,
    department: Option<i64>,
    department_name: Option<String>,
    association_name: Option<String>,
    principal: Option<String>,
}

impl Held {
    fn capacity(&self) -> Option<Capacity> {
        Some(Capacity {
            id: CapacityId(self.capacity?),
            department: DepartmentId(self.department?),
            department_name: self.department_name.clone()?,
            role: self.role?,
            association: self.association.map(AssociationId),
            association_name: self.association_name.clone(),
            on_behalf_of: self.principal.clone(),
        })
    }
}

fn person(rows: Vec<Held>) -> Option<Present> {
    let held: Vec<Capacity> = rows.iter().filter_map(Held::capacity).collect();
    let row = rows.into_iter().next()?;
    let chosen = held.iter().find(|held| Some(held.id.0) == row.chosen);
    let own = || held.iter().find(|held| held.on_behalf_of.is_none());
    let capacity = chosen.or_else(own).cloned()?;
    let own_name = row.display_name?;
    let name = match &capacity.on_behalf_of {
        Some(principal) => format!("{own_name}（代行{principal}）"),
        None => own_name,
    };
    let actor = Actor {
        account: AccountId(row.account?),
        username: row.username?,
        name,
        capacity,
        held,
        must_change_password: row.must_change_password?,
    };
    Some((actor, row.seen_at?))
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
