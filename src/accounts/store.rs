//! SQL of accounts and capacities; departments and sessions have files of their own.

mod delegated;
mod departments;
pub mod names;
mod sessions;
pub mod standing;
pub mod tries;

use chrono::{DateTime, Utc};

use crate::access::Role;
use crate::database::Db;
use crate::ids::{AccountId, CapacityId, DepartmentId};

pub use delegated::{Ended, end_delegations};
pub use departments::{Department, add_department, choices, departments};
pub use sessions::{
    begin_session, choose_capacity, end_session, end_sessions, park, parked, unpark,
};

/// What signing in needs of an account.
pub struct Credentials {
    /// The account.
    pub account: AccountId,
    /// Its password's hash.
    pub hash: String,
    /// It may not sign in.
    pub disabled: bool,
    /// The capacity that it begins in.
    pub capacity: Option<CapacityId>,
    /// The person's name.
    pub name: String,
}

/// The account of a user name.
pub async fn credentials(db: &mut Db, username: &str) -> Result<Option<Credentials>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select a.id, a.password_hash, a.display_name, a.disabled_at,
                  (select min(c.id) from capacity c where c.campaign_id = $1 and c.account_id = a.id
                     and c.delegation_id is null) as capacity_id
           from account a where a.username = $2"#,
        db.campaign(),
        username,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| Credentials {
        account: AccountId(row.id),
        hash: row.password_hash,
        disabled: row.disabled_at.is_some(),
        capacity: row.capacity_id.map(CapacityId),
        name: row.display_name,
    }))
}

/// The password's hash of an account.
pub async fn password_hash(db: &mut Db, account: AccountId) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!("select password_hash from account where id = $1", account.0)
        .fetch_one(db.connection())
        .await
}

/// Sets a password.
pub async fn set_password(
    db: &mut Db,
    account: AccountId,
    hash: &str,
    must_change: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update account set password_hash = $2, must_change_password = $3, version = version + 1 where id = $1",
        account.0,
        hash,
        must_change,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An account as the administrator sees it.
#[derive(Debug, Clone)]
pub struct Person {
    /// Its key.
    pub id: i64,
    /// User name.
    pub username: String,
    /// The person.
    pub name: String,
    /// When it was disabled.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Has not signed in with a password of their own yet.
    pub must_change_password: bool,
    /// Row version.
    pub version: i32,
    /// Departments and roles: (department, role).
    pub capacities: Vec<(DepartmentId, String, Role)>,
}

/// All accounts with their capacities, by user name.
pub async fn people(db: &mut Db) -> Result<Vec<Person>, sqlx::Error> {
    people_where(db, None).await
}

/// One account.
pub async fn person(db: &mut Db, id: i64) -> Result<Option<Person>, sqlx::Error> {
    Ok(people_where(db, Some(id)).await?.into_iter().next())
}

/// Locks an account.
pub async fn lock(db: &mut Db, id: AccountId) -> Result<Option<Person>, sqlx::Error> {
    sqlx::query!("select id from account where id = $1 for update", id.0)
        .fetch_optional(db.connection())
        .await?;
    person(db, id.0).await
}

async fn people_where(db: &mut Db, id: Option<i64>) -> Result<Vec<Person>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.username, a.display_name, a.disabled_at, a.must_change_password, a.version,
                  c.department_id as "department_id?", d.name as "department?", c.role as "role?: Role"
           from account a
           left join capacity c on c.campaign_id = $1 and c.account_id = a.id and c.delegation_id is null
           left join department d on d.campaign_id = c.campaign_id and d.id = c.department_id
           where ($2::bigint is null or a.id = $2)
           order by a.username, a.id, c.id
           limit 2000"#,
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await?;
    let mut people: Vec<Person> = Vec::new();
    for row in rows {
        let capacity = match (row.department_id, row.department, row.role) {
            (Some(id), Some(name), Some(role)) => Some((DepartmentId(id), name, role)),
            _ => None,
        };
        match people.last_mut() {
            Some(last) if last.id == row.id => last.capacities.extend(capacity),
            _ => people.push(Person {
                id: row.id,
                username: row.username,
                name: row.display_name,
                disabled_at: row.disabled_at,
                must_change_password: row.must_change_password,
                version: row.version,
                capacities: capacity.into_iter().collect(),
            }),
        }
    }
    Ok(people)
}

/// Adds an account; `None` where the user name is taken.
pub async fn add_account(
    db: &mut Db,
    (username, name, hash): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Result<Option<AccountId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into account (username, display_name, password_hash, created_at) values ($1, $2, $3, $4)
         on conflict (username) do nothing returning id",
        username,
        name,
        hash,
        now,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(id.map(AccountId))
}

/// Gives an account a capacity; one held already stays as it is.
pub async fn add_capacity(
    db: &mut Db,
    account: AccountId,
    (department, role): (DepartmentId, Role),
    association: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into capacity (campaign_id, account_id, department_id, role, association_id)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
        db.campaign(),
        account.0,
        department.0,
        role.key(),
        association,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Takes a capacity from an account; sessions in it end with it.
pub async fn remove_capacity(
    db: &mut Db,
    account: AccountId,
    (department, role): (DepartmentId, Role),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from capacity where campaign_id = $1 and account_id = $2 and department_id = $3 and role = $4
           and delegation_id is null",
        db.campaign(),
        account.0,
        department.0,
        role.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Changes name and standing of an account that is locked.
pub async fn change_account(
    db: &mut Db,
    id: AccountId,
    name: &str,
    disabled_at: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update account set display_name = $2, disabled_at = $3, version = version + 1 where id = $1",
        id.0,
        name,
        disabled_at,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
