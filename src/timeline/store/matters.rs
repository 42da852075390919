//! What is open and late or nearly so, read from the rooms that hold it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use crate::access::Scope;
use crate::database::Db;
use crate::scheme::Scheme;
use crate::timeline::rules::reminders::{
    ApprovalRow, ItemRow, Judge, Matter, Office, Pasts, Sources, TaskRow, derive,
};

use super::facts::Within;
use super::reminders;

/// Most matters of a kind; the earliest deadlines come first.
pub const MOST: i64 = 2_000;

/// Everything that reminders are decided on, on one day.
pub struct Situation {
    /// The day.
    pub today: NaiveDate,
    /// There are more than are read: those with later deadlines are not among them.
    pub cut: bool,
    /// The matters, the latest first.
    pub matters: Vec<Matter>,
    /// What was sent before.
    pub pasts: Pasts,
    /// All departments.
    pub offices: Vec<Office>,
    /// Who receives it there: department, role and name.
    pub receivers: BTreeMap<i64, Vec<String>>,
    /// Departments in which somebody receives it.
    pub reached: BTreeSet<i64>,
}

impl Situation {
    /// Reads it, within what a person may see.
    pub async fn read(
        db: &mut Db,
        scheme: &Scheme,
        (scope, today): (Scope, NaiveDate),
    ) -> Result<Self, sqlx::Error> {
        let within = Within::of(scope, scheme);
        let soon = today + TimeDelta::days(scheme.campaign.parameters.warn_days);
        let tasks = tasks(db, within, (today, soon)).await?;
        let items = items(db, within, soon).await?;
        let approvals = approvals(db, within).await?;
        let offices = offices(db).await?;
        let matters = derive(&Sources {
            scheme,
            today,
            items: &items,
            approvals: &approvals,
            tasks: &tasks,
            offices: &offices,
        });
        let receivers = reminders::receivers(db, today).await?;
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        Ok(Self {
            today,
            cut: items.len() >= most || approvals.len() >= most,
            matters,
            pasts: reminders::pasts(db).await?,
            offices,
            reached: receivers.keys().copied().collect(),
            receivers,
        })
    }

    /// What it is judged by.
    #[must_use]
    pub const fn judge<'a>(&'a self, scheme: &'a Scheme) -> Judge<'a> {
        Judge {
            campaign: &scheme.campaign,
            today: self.today,
            pasts: &self.pasts,
            reached: &self.reached,
        }
    }

    /// Short and full name of a department.
    #[must_use]
    pub fn office(&self, id: i64) -> (&str, &str) {
        let office = self.offices.iter().find(|office| office.id == id);
        office.map_or(("", ""), |office| (&office.name, &office.full_name))
    }
}

/// The units' tasks that lie on their desks, by what is measured of each (FD-3: the unit's
/// own clock, FD-4: what rests is not there).
async fn tasks(
    db: &mut Db,
    within: Within,
    (today, by): (NaiveDate, NaiveDate),
) -> Result<Vec<TaskRow>, sqlx::Error> {
    sqlx::query_as!(
        TaskRow,
        r#"select t.measured as "measured!", t.unit_id as "unit!", count(distinct t.case_id) as "open!", min(t.due_on) as "due!"
           from (select case when k.kind in ('survey', 'survey_start', 'nil_report') then 'survey'
                             when k.kind in ('plan', 'plan_start') then 'plan'
                             when k.kind = 'notice_due' then 'notices'
                             else k.kind end as measured, k.unit_id, k.case_id, k.due_on
                 from desk k
                 where k.campaign_id = $1
                   and k.kind in ('survey', 'survey_start', 'nil_report', 'plan', 'plan_start', 'notice_due', 'recommendation',
                                  'group', 'liaison', 'timetable', 'risks')
                   and k.role in ('unit_clerk', 'unit_leader') and k.act <> 'plan.begin' and not k.suspended
                   and k.due_on <= $3 and (k.from_on is null or k.from_on <= $2)
                   and ($4::bigint is null or k.unit_id = $4)) t
           group by t.measured, t.unit_id order by t.measured, t.unit_id"#,
        db.campaign(),
        today,
        by,
        within.unit,
    )
    .fetch_all(db.connection())
    .await
}

/// Open items due by a day, and those that wait for a verification. What has left,
/// was terminated or is suspended is not reminded of.
async fn items(db: &mut Db, within: Within, by: NaiveDate) -> Result<Vec<ItemRow>, sqlx::Error> {
    sqlx::query_as!(
        ItemRow,
        r#"select i.id, i.association_id as association, a.name, i.department_id as department, i.measure, i.deadline,
                  case when i.state = 'reported_done' then i.reported_on end as reported_on
           from item i
           join association a on a.campaign_id = i.campaign_id and a.id = i.association_id and a.exited_on is null
           left join plan p on p.campaign_id = i.campaign_id and p.association_id = i.association_id
           where i.campaign_id = $1 and i.mandatory and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
             and (i.deadline <= $2 or i.state = 'reported_done') and ($3::bigint is null or i.department_id = $3)
             and coalesce(p.state, '') <> 'terminated'
             and not exists (select from suspension s where s.campaign_id = i.campaign_id
                               and s.association_id = i.association_id and s.until_on is null)
           order by i.deadline, i.id limit $4"#,
        db.campaign(),
        by,
        within.unit,
        MOST,
    )
    .fetch_all(db.connection())
    .await
}

/// Prior approvals that were asked for and not answered; they rest while the plan is sent
/// back (FD-4).
async fn approvals(db: &mut Db, within: Within) -> Result<Vec<ApprovalRow>, sqlx::Error> {
    sqlx::query_as!(
        ApprovalRow,
        r#"select q.id, q.association_id as association, a.name, q.department_id as department, q.code,
                  q.requested_on as "requested_on!"
           from prior_approval q
           join association a on a.campaign_id = q.campaign_id and a.id = q.association_id and a.exited_on is null
           join plan p on p.campaign_id = q.campaign_id and p.id = q.plan_id
           where q.campaign_id = $1 and q.state = 'requested' and q.requested_on is not null
             and p.state not in ('returned', 'terminated')
             and not exists (select from suspension s where s.campaign_id = q.campaign_id
                               and s.association_id = q.association_id and s.until_on is null)
             and ($2::bigint is null or q.department_id = $2)
           order by q.requested_on, q.id limit $3"#,
        db.campaign(),
        within.unit,
        MOST,
    )
    .fetch_all(db.connection())
    .await
}

async fn offices(db: &mut Db) -> Result<Vec<Office>, sqlx::Error> {
    sqlx::query_as!(
        Office,
        "select id, short_name as name, name as full_name, competences from department
         where campaign_id = $1 and active order by id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Which of these matters of a department are still open: by the matters' own
/// state, whatever has become of their deadline since.
pub async fn still_open(
    db: &mut Db,
    scheme: &Scheme,
    (scope, today): (Scope, NaiveDate),
    (department, keys): (i64, &[String]),
) -> Result<BTreeSet<String>, sqlx::Error> {
    let numbers: Vec<i64> = keys
        .iter()
        .filter_map(|key| key.split_once(':')?.1.parse().ok())
        .collect();
    let open = sqlx::query_scalar!(
        r#"select 'item:' || id as "key!" from item
           where campaign_id = $1 and id = any($2) and state in ('open', 'in_progress', 'for_signature', 'returned')
           union all
           select 'verify:' || id from item where campaign_id = $1 and id = any($2) and state = 'reported_done'
           union all
           select 'approval:' || id from prior_approval
           where campaign_id = $1 and id = any($2) and state = 'requested'"#,
        db.campaign(),
        &numbers,
    )
    .fetch_all(db.connection())
    .await?;
    let mut open: BTreeSet<String> = open.into_iter().collect();
    if keys.iter().any(|key| key.starts_with("task:")) {
        let within = Within {
            unit: Some(department),
            ..Within::of(scope, scheme)
        };
        let open_tasks = tasks(db, within, (today, today + TimeDelta::days(3660))).await?;
        let codes = scheme.timeline.tasks.iter().filter(|task| {
            let mut lying = open_tasks.iter();
            lying.any(|row| row.measured == task.measured)
        });
        open.extend(codes.map(|task| format!("task:{}", task.code())));
    }
    Ok(open)
}
