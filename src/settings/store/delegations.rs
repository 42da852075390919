//! SQL of delegations.

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::{Db, Write};
use crate::ids::{AccountId, DepartmentId};
use crate::settings::rules::delegations::{Days, Standing};

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

macro_rules! select_delegations {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Delegation,
            r#"select g.id, g.from_account_id as "from_account: AccountId", p.display_name as principal,
                      g.to_account_id as "to_account: AccountId", t.display_name as delegate, d.name as department,
                      g.role as "role: Role", g.from_on, g.to_on, g.document, g.ended_on, g.ended_by, g.version
               from delegation g
               join account p on p.id = g.from_account_id
               join account t on t.id = g.to_account_id
               join department d on d.campaign_id = g.campaign_id and d.id = g.department_id
               where g.campaign_id = $1"# + $tail,
            $($argument),+
        )
    };
}

impl Delegation {
    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        let days = Days {
            from: self.from_on,
            to: self.to_on,
        };
        Standing::of(days, self.ended_on.is_some(), today)
    }
}

/// The delegations of a department, or of all, newest first.
pub async fn delegations(
    db: &mut Db,
    department: Option<DepartmentId>,
) -> Result<Vec<Delegation>, sqlx::Error> {
    select_delegations!(
        " and ($2::bigint is null or g.department_id = $2)
           order by g.from_on desc, g.id desc limit 500",
        db.campaign(),
        department.map(|id| id.0)
    )
    .fetch_all(db.connection())
    .await
}

/// Locks a delegation.
pub async fn lock(db: &mut Db, id: i64) -> Result<Option<Delegation>, sqlx::Error> {
    select_delegations!(" and g.id = $2 for update of g", db.campaign(), id)
        .fetch_optional(db.connection())
        .await
}

/// The delegations in force on a day that an account gave or received.
pub async fn of_account(
    db: &mut Db,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<Delegation>, sqlx::Error> {
    select_delegations!(
        " and (g.from_account_id = $2 or g.to_account_id = $2)
           and g.ended_on is null and $3 between g.from_on and g.to_on
           order by g.id",
        db.campaign(),
        account.0,
        day
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

/// Holds off other delegations of an account, and that it is disabled or loses the
/// capacity meanwhile; false if it did.
pub async fn lock_principal(
    db: &mut Db,
    account: AccountId,
    (department, role): (DepartmentId, Role),
) -> Result<bool, sqlx::Error> {
    let found = sqlx::query!(
        "select id from account where id = $1 and disabled_at is null for no key update",
        account.0
    )
    .fetch_optional(db.connection())
    .await?;
    let held = sqlx::query_scalar!(
        r#"select exists (select from capacity
                          where campaign_id = $1 and account_id = $2 and department_id = $3 and role = $4
                            and delegation_id is null) as "held!""#,
        db.campaign(),
        account.0,
        department.0,
        role.key(),
    )
    .fetch_one(db.connection())
    .await?;
    Ok(found.is_some() && held)
}

/// The days of an account's delegations of a capacity that were not ended early.
pub async fn given(
    db: &mut Db,
    account: AccountId,
    (department, role): (DepartmentId, Role),
) -> Result<Vec<Days>, sqlx::Error> {
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
pub async fn add(write: &mut Write, new: &NewDelegation<'_>) -> Result<i64, sqlx::Error> {
    let (department, role) = new.capacity;
    let id = sqlx::query_scalar!(
        "insert into delegation (campaign_id, from_account_id, to_account_id, department_id, role, from_on, to_on,
             document, made_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        write.campaign(),
        new.from.0,
        new.to.0,
        department.0,
        role.key(),
        new.days.from,
        new.days.to,
        new.document,
        write.today(),
    )
    .fetch_one(write.connection())
    .await?;
    sqlx::query!(
        "insert into capacity (campaign_id, account_id, department_id, role, delegation_id)
         values ($1, $2, $3, $4, $5)",
        write.campaign(),
        new.to.0,
        department.0,
        role.key(),
        id,
    )
    .execute(write.connection())
    .await?;
    Ok(id)
}

/// Ends a delegation that is locked.
pub async fn end(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    let by = write.actor().map(|actor| actor.name.clone());
    sqlx::query!(
        "update delegation set ended_on = $3, ended_by = $4, version = version + 1 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.today(),
        by.unwrap_or_default(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
