//! What 催办 and 督办单 press for: everything that lies late, or nearly so, on the desk of a
//! unit or a specialist department. The office does not press itself, and it does not press
//! civil affairs for what is theirs alone (exits, checks of new bodies); who oversees with it (civil affairs' leader,
//! development and reform) reads along and is not pressed; what presses is not pressed for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::Db;
use crate::desk::rules::{Found, item_due};
use crate::progress::rules::deadlines::goes_on;
use crate::registry::rules::suspension::Standstill;
use crate::registry::store::suspensions::of_associations as of_associations_still;
use crate::scheme::Scheme;
use crate::timeline::rules::reminders::{ItemRow, TaskRow};

use super::Lying;

/// Which rows.
#[derive(Debug, Clone, Copy)]
pub struct Pressed {
    /// On which day.
    pub today: NaiveDate,
    /// Due by the end of this day.
    pub soon: NaiveDate,
    /// Only with this department.
    pub department: Option<i64>,
    /// How many at most, those with the earliest days.
    pub most: i64,
}

/// The units' tasks that lie on their desks, by what is measured of each (FD-3: the unit's
/// own clock, FD-4: what rests is not there).
pub async fn tasks(db: &mut Db, which: Pressed) -> Result<Vec<TaskRow>, sqlx::Error> {
    sqlx::query_as!(
        TaskRow,
        r#"select t.measured as "measured!", t.unit_id as "unit!", count(distinct t.case_id) as "open!", min(t.due_on) as "due!"
           from (select case when k.kind in ('survey', 'survey_start', 'nil_report') then 'survey'
                             when k.kind in ('plan', 'plan_start') then 'plan'
                             when k.kind = 'notice_due' then 'notices'
                             else k.kind end collate "C" as measured, k.unit_id, k.case_id, k.due_on
                 from desk k
                 where k.campaign_id = $1
                   and k.kind in ('survey', 'survey_start', 'nil_report', 'plan', 'plan_start', 'notice_due', 'recommendation',
                                  'group', 'liaison', 'timetable', 'risks')
                   and k.role in ('unit_clerk', 'unit_leader') and k.act <> 'plan.begin' and not k.suspended
                   and k.due_on <= $3 and (k.from_on is null or k.from_on <= $2)
                   and ($4::bigint is null or k.unit_id = $4)) t
           group by t.measured, t.unit_id order by t.measured, t.unit_id"#,
        db.campaign(),
        which.today,
        which.soon,
        which.department,
    )
    .fetch_all(db.connection())
    .await
}

/// Whatever is neither a unit's task nor an item of a checklist: one row for each pair of
/// hands, the earliest day first.
pub async fn others(db: &mut Db, which: Pressed) -> Result<Vec<Lying>, sqlx::Error> {
    select_lying!(
        "(select * from desk
          where campaign_id = $1 and not suspended and role not in ('office_clerk', 'office_leader')
            and kind not in ('item', 'survey', 'survey_start', 'nil_report', 'plan_start', 'notice_due', 'recommendation',
                             'group', 'liaison', 'timetable', 'risks', 'supervision_order', 'reminder')
            and (kind <> 'plan' or act = 'plan.begin')
            and due_on <= $3 and (from_on is null or from_on <= $2)
            and (role in ('unit_clerk', 'unit_leader', 'bianban', 'finance', 'jiguan', 'org_dept', 'hrss', 'audit')
                 or role = 'civil_reg' and kind not in ('exit', 'founding'))
            and ($4::bigint is null or department_id = $4)
          order by due_on, department_id, kind, case_id, role, act limit $5)",
        "null::text",
        "order by k.due_on, k.department_id, k.kind, k.case_id, k.role, k.act",
        db.campaign(),
        which.today,
        which.soon,
        which.department,
        which.most,
    )
    .fetch_all(db.connection())
    .await
}

/// An item as it lies in one pair of hands.
struct Open {
    id: i64,
    association: i64,
    name: String,
    measure: String,
    deadline: NaiveDate,
    due_by: String,
    state: String,
    since: Option<NaiveDate>,
    department: i64,
    role: Role,
}

/// Items that checklists on the desk consist of, each with the day of its own clock: the
/// desk has one row for all of an association in the same hands. `true`: there are more.
pub async fn items(
    db: &mut Db,
    scheme: &Scheme,
    which: Pressed,
) -> Result<(Vec<ItemRow>, bool), sqlx::Error> {
    let units = with_units(db, which).await?;
    let departments = with_departments(db, which).await?;
    let most = usize::try_from(which.most).unwrap_or(usize::MAX);
    let cut = units.len() >= most || departments.len() >= most;
    let all: Vec<Open> = units.into_iter().chain(departments).collect();
    let ids: Vec<i64> = all.iter().map(|item| item.association).collect();
    let mut stood: BTreeMap<i64, Vec<Standstill>> = BTreeMap::new();
    for (id, still) in of_associations_still(db, &ids).await? {
        stood.entry(id).or_default().push(still);
    }
    let rows = all.into_iter().filter_map(|item| item.row(scheme, &stood));
    let rows = rows.filter(|row| row.due <= which.soon).collect();
    Ok((rows, cut))
}

impl Open {
    /// With its day; none: another department verifies it.
    fn row(self, scheme: &Scheme, stood: &BTreeMap<i64, Vec<Standstill>>) -> Option<ItemRow> {
        let reported = self.state == "reported_done";
        let verifies = |code: &str| {
            let measure = scheme.measure(&self.measure);
            measure.is_some_and(|known| known.verify.iter().any(|each| each == code))
        };
        if reported && !verifies(self.role.code()) {
            return None;
        }
        let since = self.since.unwrap_or(self.deadline);
        let matter = Found {
            state: self.state,
            note: self.measure.clone(),
            ..Found::of_item(
                (self.id, self.association, self.department),
                (since, self.deadline),
            )
        };
        let due = item_due(scheme, stood, &matter)?;
        Some(ItemRow {
            id: self.id,
            association: self.association,
            name: self.name,
            holder: self.department,
            measure: self.measure,
            lawful: goes_on(&self.due_by),
            due,
            reported,
        })
    }
}

/// Items that the unit does or signs. One that came back has a day that is not before its
/// own, so its own day bounds what is read: in its order, each looked up on the desk, until
/// there are enough.
async fn with_units(db: &mut Db, which: Pressed) -> Result<Vec<Open>, sqlx::Error> {
    sqlx::query_as!(
        Open,
        r#"select i.id as "id!", i.association_id as "association!",
                  (select a.name from association a where a.campaign_id = $1 and a.id = i.association_id) as "name!",
                  i.measure as "measure!", i.owed_on as "deadline!", i.due_by as "due_by!",
                  i.state as "state!",
                  case when i.state = 'returned' then
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = $1 and r.subject_kind = 'item' and r.subject_id = i.id
                         and r.act = 'item.return' order by r.id desc limit 1) end as since,
                  i.department_id as "department!", i.role as "role!: Role"
           from ((select i.id, i.association_id, i.measure, i.deadline, i.owed_on, i.due_by, i.state, k.department_id, k.role
                  from item i
                  cross join lateral (
                      select k.department_id, k.role from desk k
                      where k.campaign_id = $1 and k.kind = 'item' and k.case_id = i.association_id
                        and k.act = case i.state when 'for_signature' then 'item.report' else 'item.save' end
                        and not k.suspended and k.due_on <= $3 and (k.from_on is null or k.from_on <= $2)
                        and ($4::bigint is null or k.department_id = $4) limit 1) k
                  where i.campaign_id = $1 and i.mandatory and i.state in ('open', 'in_progress', 'for_signature', 'returned')
                    and i.exemption_asked_on is null and i.deadline <= $3 and i.due_by <> 'beyond'
                  order by i.deadline, i.id limit $5)
                 union all
                 (select i.id, i.association_id, i.measure, i.deadline, i.owed_on, i.due_by, i.state, k.department_id, k.role
                  from item i
                  cross join lateral (
                      select k.department_id, k.role from desk k
                      where k.campaign_id = $1 and k.kind = 'item' and k.case_id = i.association_id
                        and k.act = case i.state when 'for_signature' then 'item.report' else 'item.save' end
                        and not k.suspended and k.due_on <= $3 and (k.from_on is null or k.from_on <= $2)
                        and ($4::bigint is null or k.department_id = $4) limit 1) k
                  where i.campaign_id = $1 and not i.mandatory and i.state in ('for_signature', 'returned')
                    and i.exemption_asked_on is null and i.deadline <= $3 and i.due_by <> 'beyond'
                  order by i.deadline, i.id limit $5)
                 order by deadline, id limit $5) i
           order by i.deadline, i.id"#,
        db.campaign(),
        which.today,
        which.soon,
        which.department,
        which.most,
    )
    .fetch_all(db.connection())
    .await
}

/// Items that wait for a department, the longest waiting first: in the hands of each that
/// verifies something of the association. The bound within keeps the planner from reading
/// all that wait before it takes the first.
async fn with_departments(db: &mut Db, which: Pressed) -> Result<Vec<Open>, sqlx::Error> {
    sqlx::query_as!(
        Open,
        r#"select i.id as "id!", i.association_id as "association!",
                  (select a.name from association a where a.campaign_id = $1 and a.id = i.association_id) as "name!",
                  i.measure as "measure!", i.owed_on as "deadline!", i.due_by as "due_by!",
                  i.state as "state!", i.reported_on as since, i.department_id as "department!", i.role as "role!: Role"
           from (select i.id, i.association_id, i.measure, i.owed_on, i.due_by, i.state, i.reported_on, k.department_id, k.role
                 from item i
                 cross join lateral (
                     select k.department_id, k.role from desk k
                     where k.campaign_id = $1 and k.kind = 'item' and k.case_id = i.association_id
                       and k.act = 'item.verify' and k.role not in ('office_clerk', 'office_leader')
                       and not k.suspended and k.due_on <= $3 and (k.from_on is null or k.from_on <= $2)
                       and ($4::bigint is null or k.department_id = $4)
                     order by k.role limit 20) k
                 where i.campaign_id = $1 and i.state = 'reported_done'
                 order by i.reported_on, i.id limit $5) i
           order by i.reported_on, i.id, i.role"#,
        db.campaign(),
        which.today,
        which.soon,
        which.department,
        which.most,
    )
    .fetch_all(db.connection())
    .await
}

/// Which of these matters (kinds and keys) a department still has in hand. What rests is
/// not done (FD-4): items, approvals and notices are open until their own state says else.
pub async fn in_hand(
    db: &mut Db,
    department: i64,
    (kinds, ids): (&[String], &[i64]),
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with asked as (select q.kind, q.id from unnest($3::text[], $4::bigint[]) q(kind, id))
           select q.kind || ':' || q.id as "key!" from asked q
           where q.kind not in ('item', 'verify')
             and exists (select from desk k where k.campaign_id = $1 and k.kind = q.kind and k.case_id = q.id
                           and k.department_id = $2 and k.role not in ('office_clerk', 'office_leader'))
           union
           select q.kind || ':' || q.id from asked q join item i on i.campaign_id = $1 and i.id = q.id
           where q.kind = 'item' and i.state in ('open', 'in_progress', 'for_signature', 'returned')
             and i.exemption_asked_on is null and i.department_id = $2
              or q.kind = 'verify' and i.state = 'reported_done'
           union
           select q.kind || ':' || q.id from asked q join prior_approval p on p.campaign_id = $1 and p.id = q.id
           where q.kind = 'approval' and p.department_id = $2 and p.state in ('requested', 'resting')
           union
           select q.kind || ':' || q.id from asked q join linked_notice n on n.campaign_id = $1 and n.id = q.id
           where q.kind = 'notice' and n.department_id = $2 and n.answered_on is null and n.closed_on is null"#,
        db.campaign(),
        department,
        kinds,
        ids,
    )
    .fetch_all(db.connection())
    .await
}
