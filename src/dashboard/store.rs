//! SQL of workbench and dashboards. Figures come from counters and indexes,
//! never from walking all items (performance.md 8).

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Scope as Reach;
use crate::database::Db;
use crate::ids::DepartmentId;

pub mod bench;
pub mod beside;
pub mod figures;
pub mod statistics;
pub mod units;

/// Rows of a list on a dashboard: it says that there are more, and the page stays short.
pub const ROWS: i64 = 30;

/// An act of mine.
pub struct Done {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub sentence: String,
    /// Whose case file it stands in.
    pub association: Option<i64>,
    /// Its name.
    pub name: Option<String>,
}

/// An item that is due, late, or waits for a verification.
pub struct DueItem {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub department: String,
    /// The item.
    pub id: i64,
    /// T1-01 …
    pub measure: String,
    /// Its deadline.
    pub deadline: NaiveDate,
}

/// What is not resolved and due by a day, the earliest first.
pub async fn items_due(
    db: &mut Db,
    reach: Reach,
    (by, rows): (NaiveDate, i64),
) -> Result<Vec<DueItem>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    sqlx::query_as!(
        DueItem,
        r#"select i.association_id as association, a.name, d.short_name as department, i.id, i.measure, i.deadline
           from item i
           join association a on a.campaign_id = i.campaign_id and a.id = i.association_id
           join department d on d.campaign_id = i.campaign_id and d.id = i.department_id
           where i.campaign_id = $1 and i.mandatory and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
             and i.deadline <= $2 and i.owed_on <= $2 and i.due_by <> 'beyond' and (i.state <> 'reported_done' or i.reported_on > i.owed_on) and ($3::bigint = 0 or i.department_id = $3)
             and not exists (select from suspension s where s.campaign_id = i.campaign_id
                               and s.association_id = i.association_id and s.until_on is null)
           order by i.deadline, i.id limit $4"#,
        db.campaign(),
        by,
        unit,
        rows,
    )
    .fetch_all(db.connection())
    .await
}

/// Reported items of the measures that somebody verifies: of each measure the first by its index,
/// since whoever verifies few would read all that others wait for.
pub async fn items_to_verify(
    db: &mut Db,
    measures: &[String],
) -> Result<Vec<DueItem>, sqlx::Error> {
    sqlx::query_as!(
        DueItem,
        r#"select i.association_id as association, a.name, d.short_name as department, i.id, i.measure,
                  i.reported_on as "deadline!"
           from unnest($2::text[]) m (measure)
           cross join lateral (select * from item
                               where campaign_id = $1 and state = 'reported_done' and measure = m.measure
                               order by reported_on, id limit $3) i
           join association a on a.campaign_id = i.campaign_id and a.id = i.association_id
           join department d on d.campaign_id = i.campaign_id and d.id = i.department_id
           order by i.reported_on, i.id limit $3"#,
        db.campaign(),
        measures,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// Something that came back to a unit.
pub struct Returned {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// 摸底调查, 实施方案; empty for an item.
    pub what: String,
    /// The measure of an item.
    pub measure: Option<String>,
    /// `survey`, `plan`, or `progress/` and the number of an item.
    pub tail: String,
}

/// Surveys, plans and items that were sent back to a unit.
pub async fn returned(db: &mut Db, unit: DepartmentId) -> Result<Vec<Returned>, sqlx::Error> {
    sqlx::query_as!(
        Returned,
        r#"select r.association as "association!", a.name, r.what as "what!", r.measure, r.tail as "tail!"
           from (select s.association_id as association, '摸底调查' as what, null::text as measure, 'survey' as tail
                 from survey s where s.campaign_id = $1 and s.state = 'returned'
                 union all
                 select p.association_id, '实施方案', null, 'plan'
                 from plan p where p.campaign_id = $1 and p.state = 'returned'
                 union all
                 select i.association_id, '', i.measure, 'progress/' || i.id
                 from item i where i.campaign_id = $1 and i.department_id = $2 and i.mandatory and i.state = 'returned') r
           join association a on a.campaign_id = $1 and a.id = r.association and a.department_id = $2
           order by a.sort_key, a.id, r.tail limit $3"#,
        db.campaign(),
        unit.0,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
