//! SQL of what a workbench tells beside the to-dos: short lists and a figure, in one
//! statement, since every workbench asks it.

use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::types::Json;

use crate::access::{Actor, Role};
use crate::database::Db;

/// Rows of each.
const ROWS: i64 = 50;
/// A figure beyond this is said as "1000+".
pub const COUNTED: i64 = 1_001;

/// How a figure is said that was not counted to its end; none: it was.
#[must_use]
pub fn beyond(count: i64) -> Option<String> {
    (count >= COUNTED).then(|| format!("{}项以上", COUNTED - 1))
}

/// A comment that the department is asked to read.
#[derive(Debug, Clone, Deserialize)]
pub struct ToRead {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Who wrote.
    pub author: String,
    /// For which department.
    pub department: String,
    /// When.
    pub written_on: NaiveDate,
}

/// A delegation in force that the person gave or received.
#[derive(Debug, Clone, Deserialize)]
pub struct Lent {
    /// The person gave it.
    pub given: bool,
    /// Who gave it.
    pub principal: String,
    /// Who acts.
    pub delegate: String,
    /// The capacity.
    pub role: String,
    /// The last day.
    pub to_on: NaiveDate,
}

/// What lies in hands that nobody has.
#[derive(Debug, Clone, Deserialize)]
pub struct Unheld {
    /// The department.
    pub department: String,
    /// In which role.
    pub role: String,
    /// What is to be done, by its stable name.
    pub act: String,
    /// How often.
    pub count: i64,
}

/// Everything of it.
pub struct Beside {
    /// Comments to read, the oldest first.
    pub to_read: Json<Vec<ToRead>>,
    /// Delegations in force.
    pub lent: Json<Vec<Lent>>,
    /// What nobody is left to handle (TC-63).
    pub unheld: Json<Vec<Unheld>>,
    /// What is late, whoever has it, up to [`COUNTED`]; 0 for whom it is not theirs to know.
    pub late: i64,
}

/// Of which departments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of none.
    Nobodys,
    /// Of the own one.
    Own,
    /// Of all.
    Everybodys,
}

/// Which of it a person is told.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// Comments.
    pub reads: bool,
    /// Of whom what nobody holds.
    pub unheld: Whose,
    /// How much is late everywhere.
    pub late: bool,
}

/// The one select of it.
macro_rules! select_beside {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Beside,
        r#"select coalesce((select jsonb_agg(jsonb_build_object('association', c.association_id, 'name', c.name,
                      'author', c.author, 'department', c.author_department, 'written_on', c.written_on))
                  from (select c.association_id, a.name, c.author, c.author_department, c.written_on
                        from comment_mention m
                        join comment c on c.campaign_id = m.campaign_id and c.id = m.comment_id and c.withdrawn_at is null
                        join association a on a.campaign_id = c.campaign_id and a.id = c.association_id
                        where m.campaign_id = $1 and m.department_id = $2 and m.read_at is null and $5
                        order by m.comment_id limit $9) c), '[]') as "to_read!: Json<Vec<ToRead>>",
                  coalesce((select jsonb_agg(jsonb_build_object('given', g.from_account_id = $3, 'principal', p.display_name,
                      'delegate', t.display_name, 'role', g.role, 'to_on', g.to_on) order by g.id)
                  from delegation g
                  join account p on p.id = g.from_account_id
                  join account t on t.id = g.to_account_id
                  where g.campaign_id = $1 and (g.from_account_id = $3 or g.to_account_id = $3)
                    and g.ended_on is null and $4 between g.from_on and g.to_on), '[]') as "lent!: Json<Vec<Lent>>",
                  coalesce((with held as materialized (
                      select distinct c.department_id, c.role from capacities_on($1, $4) c
                      join account a on a.id = c.account_id and a.disabled_at is null where $6)
                  select jsonb_agg(jsonb_build_object('department', d.name, 'role', r.role, 'act', k.act, 'count', k.rows)
                             order by d.id, r.role, k.act)
                  from department d
                  join unnest($11::text[], $12::text[]) r(role, code)
                    on case when r.code in ('DC', 'DL') then d.supervises
                            when r.code in ('OC', 'OL') then 'OFFICE' = any(d.competences)
                            else r.code = any(d.competences) end
                  cross join lateral (
                      select k.act, sum(k.count) as rows from desk k
                      where k.campaign_id = d.campaign_id and k.department_id = d.id and k.role = r.role
                        and not k.suspended and (k.from_on is null or k.from_on <= $4)
                      group by k.act) k
                  where d.campaign_id = $1 and d.active and $6 and ($7 or d.id = $2)
                    and not exists (select from held h where h.department_id = d.id and h.role = r.role)), '[]')
                      as "unheld!: Json<Vec<Unheld>>",
                  (select count(*) from (select from desk k
                      where k.campaign_id = $1 and k.due_on < $4 and not k.suspended and $8 order by k.due_on limit $10) late) as "late!""#,
            $($argument),+
        )
    };
}

/// Reads it for a person on a day.
pub async fn beside(
    db: &mut Db,
    actor: &Actor,
    (today, told): (NaiveDate, Told),
) -> Result<Beside, sqlx::Error> {
    let roles: Vec<String> = Role::ALL.iter().map(|role| role.key().to_owned()).collect();
    let codes: Vec<String> = Role::ALL
        .iter()
        .map(|role| role.code().to_owned())
        .collect();
    select_beside!(
        db.campaign(),
        actor.department().0,
        actor.account.0,
        today,
        told.reads,
        told.unheld != Whose::Nobodys,
        told.unheld == Whose::Everybodys,
        told.late,
        ROWS,
        COUNTED,
        &roles,
        &codes,
    )
    .fetch_one(db.connection())
    .await
}
