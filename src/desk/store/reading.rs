//! What pages ask of the desk, each in one statement by an index.

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};

/// Rows of a list; the rest is a page away.
const ROWS: i64 = 500;

/// A row of the desk with the names that pages say.
#[derive(Debug, Clone)]
pub struct Lying {
    /// What kind of matter it is.
    pub kind: String,
    /// Its key.
    pub case: i64,
    /// Whose it is.
    pub association: Option<i64>,
    /// The association's name.
    pub name: Option<String>,
    /// The responsible unit.
    pub unit: i64,
    /// Its short name.
    pub unit_name: String,
    /// Who has it.
    pub department: i64,
    /// Their short name.
    pub department_name: String,
    /// In which role.
    pub role: Role,
    /// What is to be done, by its stable name.
    pub act: String,
    /// Since when.
    pub since: NaiveDate,
    /// The end of this day.
    pub due_on: Option<NaiveDate>,
    /// How many things of a checklist it is.
    pub count: i32,
    /// 暂停办理.
    pub suspended: bool,
}

/// The one select of rows with names; each use adds its own condition.
macro_rules! select_lying {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Lying,
            r#"select k.kind, k.case_id as "case", k.association_id as association, a.name as "name?", k.unit_id as unit,
                      u.short_name as unit_name, k.department_id as department, d.short_name as department_name,
                      k.role as "role: Role", k.act, k.since, k.due_on, k.count, k.suspended
               from desk k
               join department u on u.campaign_id = k.campaign_id and u.id = k.unit_id
               join department d on d.campaign_id = k.campaign_id and d.id = k.department_id
               left join association a on a.campaign_id = k.campaign_id and a.id = k.association_id "# + $tail,
            $($argument),+
        )
    };
}

/// What one role of a department has in hand on a day: the earliest day first, what has
/// none last, an association's rows of one day together.
pub async fn workbench(
    db: &mut Db,
    (department, role): (DepartmentId, Role),
    today: NaiveDate,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_lying!(
        "where k.campaign_id = $1 and k.department_id = $2 and k.role = $3 and (k.from_on is null or k.from_on <= $4)
         order by k.suspended, k.due_on, k.association_id, k.kind, k.case_id, k.act limit $5",
        db.campaign(),
        department.0,
        role.key(),
        today,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// What is due by a day, whoever has it: 催办 and 督办. What is suspended is not there.
pub async fn due_by(
    db: &mut Db,
    unit: Option<DepartmentId>,
    (today, by): (NaiveDate, NaiveDate),
) -> Result<Vec<Lying>, sqlx::Error> {
    select_lying!(
        "where k.campaign_id = $1 and k.due_on <= $2 and not k.suspended and (k.from_on is null or k.from_on <= $3)
           and ($4::bigint is null or k.unit_id = $4)
         order by k.due_on, k.department_id, k.association_id, k.kind, k.case_id, k.act limit $5",
        db.campaign(),
        by,
        today,
        unit.map(|unit| unit.0),
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// In whose hands an association's matters are: its page, and the page of each matter.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_lying!(
        "where k.campaign_id = $1 and k.association_id = $2
         order by k.due_on, k.kind, k.case_id, k.department_id, k.role, k.act",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// How many matters of a kind each department has, and since which day the first is late:
/// the timeline's "who has it".
#[derive(Debug, Clone)]
pub struct Holding {
    /// What kind of matter.
    pub kind: String,
    /// What is to be done.
    pub act: String,
    /// Who has them.
    pub department: i64,
    /// How many.
    pub count: i64,
    /// How many of these are late on the day.
    pub late: i64,
    /// The earliest day.
    pub first_due: Option<NaiveDate>,
}

/// The same, by kind, act and department.
pub async fn held(
    db: &mut Db,
    unit: Option<DepartmentId>,
    today: NaiveDate,
) -> Result<Vec<Holding>, sqlx::Error> {
    sqlx::query_as!(
        Holding,
        r#"select kind, act, department_id as department, sum(count)::bigint as "count!",
                  coalesce(sum(count) filter (where due_on < $2), 0)::bigint as "late!", min(due_on) as first_due
           from desk
           where campaign_id = $1 and not suspended and (from_on is null or from_on <= $2)
             and ($3::bigint is null or unit_id = $3)
           group by kind, act, department_id order by kind, act, department_id"#,
        db.campaign(),
        today,
        unit.map(|unit| unit.0),
    )
    .fetch_all(db.connection())
    .await
}
