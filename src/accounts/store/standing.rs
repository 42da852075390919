//! SQL of how accounts stand: last sign-in, held up by failures, and what would
//! be left without anybody.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Role;
use crate::database::Db;

/// When an account signed in last, and how its name is being tried.
pub struct Standing {
    /// The last session's beginning.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// When all tries from where it is new will have come back.
    pub new_until: Option<DateTime<Utc>>,
    /// When all tries from where it is known will have come back.
    pub known_until: Option<DateTime<Utc>>,
}

/// The standing of all accounts by their key.
pub async fn standing(db: &mut Db) -> Result<BTreeMap<i64, Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, n.spent_until as "new_until?", k.spent_until as "known_until?",
                  (select r.at from act_record r
                   where r.campaign_id = $1 and r.subject_kind = 'account' and r.subject_id = a.id
                     and r.act = 'session.begin'
                   order by r.id desc limit 1) as last_sign_in
           from account a
           left join sign_in_try n on n.kind = 'new_anywhere' and n.address = ''
                and n.name = sha256(convert_to(a.username, 'UTF8'))
           left join sign_in_try k on k.kind = 'known_anywhere' and k.address = ''
                and k.name = sha256(convert_to(a.username, 'UTF8'))
           limit 2000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let standing = Standing {
                last_sign_in: row.last_sign_in,
                new_until: row.new_until,
                known_until: row.known_until,
            };
            (row.id, standing)
        })
        .collect())
}

/// Supervising units without an account in use for clerk or leader, and
/// departments with a competence and without any: what must be there before the
/// campaign goes live. (department, what is missing).
pub async fn uncovered(
    db: &mut Db,
    today: NaiveDate,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with held as (
               select c.department_id, c.role from capacities_on($1, $2) c
               join account a on a.id = c.account_id and a.disabled_at is null)
           select d.name,
                  (d.supervises and not exists (select from held h where h.department_id = d.id
                   and h.role = 'unit_clerk')) as "clerk!",
                  (d.supervises and not exists (select from held h where h.department_id = d.id
                   and h.role = 'unit_leader')) as "leader!",
                  (d.competences <> '{}' and not exists (select from held h where h.department_id = d.id
                   and h.role not in ('sysadmin', 'association', 'unit_clerk', 'unit_leader'))) as "competence!"
           from department d where d.campaign_id = $1 and d.active order by d.id limit 500"#,
        db.campaign(),
        today,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let missing: Vec<&str> = [
                (row.clerk, "经办人"),
                (row.leader, "负责人"),
                (row.competence, "职能部门账号"),
            ]
            .into_iter()
            .filter_map(|(missing, what)| missing.then_some(what))
            .collect();
            (!missing.is_empty()).then(|| (row.name, missing.join("、")))
        })
        .collect())
}

/// The capacities of an account that nobody else in use holds today; what it has lent
/// itself ends with it.
pub async fn held_alone(
    db: &mut Db,
    (account, today): (i64, NaiveDate),
) -> Result<Vec<(String, Role)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.name, c.role as "role: Role" from capacity c
           join department d on d.campaign_id = c.campaign_id and d.id = c.department_id
           where c.campaign_id = $1 and c.account_id = $2 and c.delegation_id is null
             and not exists (select from capacities_on($1, $3) o
                             join account a on a.id = o.account_id and a.disabled_at is null
                             where o.department_id = c.department_id and o.role = c.role and o.account_id <> $2
                               and o.principal_id is distinct from $2)
           order by c.id"#,
        db.campaign(),
        account,
        today,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.role)).collect())
}
