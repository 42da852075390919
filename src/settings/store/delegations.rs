//! SQL of delegations.

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::Db;
use crate::ids::{AccountId, DepartmentId};
use crate::settings::rules::delegations::Days;

/// A delegation as pages show it.
#[derive(Debug, Clone)]
pub struct Delegation {
    /// Its key.
    pub id: i64,
    /// Who gave it.
    pub from_account: AccountId,
    /// Their name.
    pub principal: String,
    /// Who acts.
    pub to_account: AccountId,
    /// Their name.
    pub delegate: String,
    /// The department's name.
    pub department: String,
    /// The capacity.
    pub role: Role,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// The document.
    pub document: String,
    /// Ended early on this day.
    pub ended_on: Option<NaiveDate>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Row version.
    pub version: i32,
}

/// The delegations of a department, or of all, newest first.
pub async fn delegations(
    db: &mut Db,
    department: Option<DepartmentId>,
) -> Result<Vec<Delegation>, sqlx::Error> {
    sqlx::query_as!(
        Delegation,
        r#"select g.id, g.from_account_id as "from_account: AccountId", p.display_name as principal,
                  g.to_account_id as "to_account: AccountId", t.display_name as delegate, d.name as department,
                  g.role as "role: Role", g.from_on, g.to_on, g.document, g.ended_on, g.ended_by, g.version
           from delegation g
           join account p on p.id = g.from_account_id
           join account t on t.id = g.to_account_id
           join department d on d.campaign_id = g.campaign_id and d.id = g.department_id
           where g.campaign_id = $1 and ($2::bigint is null or g.department_id = $2)
           order by g.from_on desc, g.id desc limit 500"#,
        db.campaign(),
        department.map(|id| id.0),
    )
    .fetch_all(db.connection())
    .await
}

/// The delegations in force on a day that an account gave or received.
pub async fn of_account(
    db: &mut Db,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<Delegation>, sqlx::Error> {
    sqlx::query_as!(
        Delegation,
        r#"select g.id, g.from_account_id as "from_account: AccountId", p.display_name as principal,
                  g.to_account_id as "to_account: AccountId", t.display_name as delegate, d.name as department,
                  g.role as "role: Role", g.from_on, g.to_on, g.document, g.ended_on, g.ended_by, g.version
           from delegation g
           join account p on p.id = g.from_account_id
           join account t on t.id = g.to_account_id
           join department d on d.campaign_id = g.campaign_id and d.id = g.department_id
           where g.campaign_id = $1 and (g.from_account_id = $2 or g.to_account_id = $2)
             and g.ended_on is null and $3 between g.from_on and g.to_on
           order by g.id"#,
        db.campaign(),
        account.0,
        day,
    )
    .fetch_all(db.connection())
    .await
}

/// Accounts of a department that could act in a capacity that they do not hold.
pub async fn colleagues(
    db: &mut Db,
    (department, role): (DepartmentId, Role),
    but: AccountId,
) -> Result<Vec<(AccountId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select distinct a.id, a.display_name from capacity c
         join account a on a.id = c.account_id and a.disabled_at is null
         where c.campaign_id = $1 and c.department_id = $2 and c.delegation_id is null and a.id <> $3
           and c.role not in ('sysadmin', 'superior', 'association')
           and not exists (select from capacity o
                           where o.campaign_id = c.campaign_id and o.account_id = a.id
                             and ((o.department_id = $2 and o.role = $4 and o.delegation_id is null)
                                  or o.role = 'sysadmin'))
         order by a.display_name, a.id",
        db.campaign(),
        department.0,
        but.0,
        role.key(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AccountId(row.id), row.display_name))
        .collect())
}

/// Holds off other delegations of an account; its days that were not ended early.
pub async fn lock(
    db: &mut Db,
    account: AccountId,
    (department, role): (DepartmentId, Role),
) -> Result<Vec<Days>, sqlx::Error> {
    sqlx::query!(
        "select id from account where id = $1 for no key update",
        account.0
    )
    .fetch_optional(db.connection())
    .await?;
    sqlx::query_as!(
        Days,
        r#"select from_on as "from", to_on as "to" from delegation
           where campaign_id = $1 and from_account_id = $2 and department_id = $3 and role = $4 and ended_on is null"#,
        db.campaign(),
        account.0,
        department.0,
        role.key(),
    )
    .fetch_all(db.connection())
    .await
}

/// A delegation to be.
pub struct NewDelegation<'a> {
    /// Who gives it.
    pub from: AccountId,
    /// Who acts.
    pub to: AccountId,
    /// In which capacity.
    pub capacity: (DepartmentId, Role),
    /// From day to day.
    pub days: Days,
    /// By which document.
    pub document: &'a str,
}

/// Adds a delegation with the capacity that rests on it; its key.
pub async fn add(
    db: &mut Db,
    new: &NewDelegation<'_>,
    today: NaiveDate,
) -> Result<i64, sqlx::Error> {
    let (department, role) = new.capacity;
    let id = sqlx::query_scalar!(
        "insert into delegation (campaign_id, from_account_id, to_account_id, department_id, role, from_on, to_on,
             document, made_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        db.campaign(),
        new.from.0,
        new.to.0,
        department.0,
        role.key(),
        new.days.from,
        new.days.to,
        new.document,
        today,
    )
    .fetch_one(db.connection())
    .await?;
    sqlx::query!(
        "insert into capacity (campaign_id, account_id, department_id, role, delegation_id)
         values ($1, $2, $3, $4, $5)",
        db.campaign(),
        new.to.0,
        department.0,
        role.key(),
        id,
    )
    .execute(db.connection())
    .await?;
    Ok(id)
}

/// Ends a delegation that somebody gave (or, for the administrator, anybody),
/// on the version seen; the names of delegate and principal.
pub async fn end(
    db: &mut Db,
    (id, version): (i64, i32),
    given_by: Option<AccountId>,
    (today, by): (NaiveDate, &str),
) -> Result<Option<(String, String)>, sqlx::Error> {
    let ended = sqlx::query!(
        "update delegation g set ended_on = $5, ended_by = $6, version = g.version + 1
         from account p, account t
         where g.campaign_id = $1 and g.id = $2 and g.version = $3 and ($4::bigint is null or g.from_account_id = $4)
           and g.ended_on is null and g.to_on >= $5 and p.id = g.from_account_id and t.id = g.to_account_id
         returning t.display_name as delegate, p.display_name as principal",
        db.campaign(),
        id,
        version,
        given_by.map(|account| account.0),
        today,
        by,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(ended.map(|row| (row.delegate, row.principal)))
}
