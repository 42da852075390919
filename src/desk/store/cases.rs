//! Matters with a row of their own: of a plan, of registers, of an association's leaving.

use chrono::NaiveDate;

use crate::access::Case as _;
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::database::Db;
use crate::desk::rules::{EXTENSION, Found, OFFICE_S_OWN, TIE};
use crate::exits::store::Exit;
use crate::holdings::rules::book::Entry;
use crate::plan::approvals::rules::Approval;
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::progress::rules::facts::ENDS_TIES;
use crate::roster::store::requests::Request;

/// A row of any of these tables.
pub(super) struct Case {
    pub(super) kind: String,
    pub(super) id: i64,
    pub(super) association: i64,
    pub(super) asked: Option<i64>,
    pub(super) state: String,
    pub(super) note: String,
    pub(super) since: Option<NaiveDate>,
    pub(super) due: Option<NaiveDate>,
    pub(super) from_on: Option<NaiveDate>,
    pub(super) count: i64,
    pub(super) complete: bool,
}

impl Case {
    /// As the rules take it.
    pub(super) fn found(self, base: &super::Base) -> Found {
        let since = self.since.or(self.due).unwrap_or_default();
        let mut found = base.found(&self.kind, (self.id, &self.state), since);
        found.asked = self.asked;
        found.note = self.note;
        found.due = self.due;
        found.from_on = self.from_on;
        found.count = self.count;
        found.complete = self.complete;
        found
    }
}

/// What belongs to plans.
macro_rules! select_of_plans {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Case,
            r#"select $3::text as "kind!", q.id as "id!", q.association_id as "association!", q.department_id as asked,
                  q.state as "state!", q.competence as "note!",
                  case q.state when 'requested' then q.requested_on when 'withdrawn' then q.withdrawn_on
                       when 'rejected' then q.decided_on else p.since end as since,
                  null::date as due, null::date as from_on, 1::bigint as "count!", false as "complete!"
           from (select p.campaign_id, p.id, p.state,
                        (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                         where r.campaign_id = p.campaign_id and r.subject_kind = 'plan' and r.subject_id = p.id
                           and r.act in ('plan.create', 'plan.return', 'plan.void', 'approval.answer')
                         order by r.id desc limit 1) as since
                 from plan p where p.campaign_id = $1 and p.association_id = any($2)) p
           join prior_approval q on q.campaign_id = p.campaign_id and q.plan_id = p.id
           where (q.state = 'requested' and p.state not in ('returned', 'closed', 'terminated')
                  or q.state in ('required', 'rejected') and p.state in ('draft', 'returned')
                  or q.state = 'withdrawn' and q.withdrawal_settled_on is null
                     and p.state not in ('draft', 'for_signature', 'returned', 'closed', 'terminated'))
           union all
           select $4, c.id, p.association_id, null, c.state, '', c.requested_on, null, null, 1, false
           from plan p join plan_change c on c.campaign_id = p.campaign_id and c.plan_id = p.id and c.state = 'pending'
           where p.campaign_id = $1 and p.association_id = any($2) and p.state = 'change_pending'
           union all
           select $5, c.id, p.association_id, null, c.state, '',
                  case c.state when 'reported' then c.reported_on
                       when 'returned' then (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                                             where r.campaign_id = c.campaign_id and r.subject_kind = 'condition'
                                               and r.subject_id = c.id and r.act = 'condition.return'
                                             order by r.id desc limit 1)
                       else p.replied_on end,
                  c.due, null, 1, false
           from plan p join plan_condition c on c.campaign_id = p.campaign_id and c.plan_id = p.id
                and c.state in ('open', 'reported', 'returned')
           where p.campaign_id = $1 and p.association_id = any($2)
             and p.state in ('approved', 'implementing', 'change_pending')
           union all
           select $6, n.id, n.association_id, n.department_id, case when n.read_on is null then 'sent' else 'read' end, '',
                  greatest(n.sent_on, case when p.round > 1 then (p.submitted_at at time zone 'Asia/Shanghai')::date end),
                  null, null, 1, false
           from linked_notice n
           left join plan p on p.campaign_id = n.campaign_id and p.association_id = n.association_id
           where n.campaign_id = $1 and n.association_id = any($2) and n.answered_on is null and n.closed_on is null
             and (p.submitted_at is null or p.state not in ('draft', 'for_signature', 'returned'))
           union all
           select $7, e.id, e.association_id, null, e.state, i.measure, e.asked_on, null, null, 1, false
           from item_extension e join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
           where e.campaign_id = $1 and e.association_id = any($2) and e.state = 'asked'
           union all
           select $8, t.id, t.association_id, t.department_id, 'standing', '', greatest(p.begun_on, t.started_on),
                  (select min(i.deadline) from item i
                   where i.campaign_id = t.campaign_id and i.association_id = t.association_id and i.measure = $9
                     and starts_with(i.label, d.name || ' ')),
                  null, 1, exists (select from capacity c join account h on h.id = c.account_id and h.disabled_at is null
                                   where c.campaign_id = t.campaign_id and c.department_id = t.department_id
                                     and c.role in ('unit_clerk', 'unit_leader'))
           from plan p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           join tie t on t.campaign_id = a.campaign_id and t.association_id = a.id and t.ended_on is null
                and not t.is_primary and t.department_id <> a.department_id
           join department d on d.campaign_id = t.campaign_id and d.id = t.department_id
           where p.campaign_id = $1 and p.association_id = any($2) and p.state in ('implementing', 'change_pending')"#,
            $($argument),+
        )
    };
}

/// Of plans: approvals, changes, conditions, notices, later dates, ties of other organs. What was asked of
/// departments rests while the plan is sent back (FD-4), and the unit asks while it writes.
pub(super) async fn of_plans(db: &mut Db, ids: &[i64]) -> Result<Vec<Case>, sqlx::Error> {
    select_of_plans!(
        db.campaign(),
        ids,
        Approval::KIND,
        Change::KIND,
        Condition::KIND,
        Notice::KIND,
        EXTENSION,
        TIE,
        ENDS_TIES,
    )
    .fetch_all(db.connection())
    .await
}

/// What stands in registers.
macro_rules! select_of_registers {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Case,
            r#"select $3::text as "kind!", h.id as "id!", h.association_id as "association!", null::bigint as asked,
                  h.state as "state!", h.register as "note!",
                  case h.state when 'submitted' then h.submitted_on when 'approved' then h.decided_on else
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = h.campaign_id and r.subject_kind = 'holding' and r.subject_id = h.id
                         and (h.state = 'draft' or r.act = 'holdings.return')
                       order by r.id desc limit 1) end as since,
                  null::date as due, null::date as from_on, 1::bigint as "count!",
                  h.state = 'approved' and (h.register <> 'asset' or exists (
                      select from holding c where c.campaign_id = h.campaign_id and c.association_id = h.association_id
                        and c.register = 'completion' and c.object = h.object)) as "complete!"
           from holding h
           where h.campaign_id = $1 and h.association_id = any($2)
             and h.register in ('asset', 'appropriation', 'room', 'delay')
           union all
           select $4, x.id, x.association_id, null, x.state, '',
                  case x.state when 'proposed' then x.proposed_on else
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = x.campaign_id and r.subject_kind = 'exit' and r.subject_id = x.id
                         and (x.state = 'draft' or r.act = 'exit.refuse')
                       order by r.id desc limit 1) end,
                  null, null, 1, false
           from exit_case x where x.campaign_id = $1 and x.association_id = any($2) and x.state <> 'decided'
           union all
           select $5, q.id, q.association_id, null, q.state, case when q.from_office then $6 else '' end,
                  case q.state when 'proposed' then q.proposed_on else
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = q.campaign_id and r.subject_kind = 'roster_request' and r.subject_id = q.id
                       order by r.id limit 1) end,
                  null, null, 1, q.reason <> ''
           from roster_request q
           where q.campaign_id = $1 and q.association_id = any($2) and q.state in ('draft', 'proposed')
           union all
           select $7, y.id, y.association_id, null, y.state, '',
                  coalesce(y.approved_on, (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = y.campaign_id and r.subject_kind = 'activity' and r.subject_id = y.id
                         and r.act in ('activity.save', 'activity.return', 'activity.approve')
                       order by r.id desc limit 1), y.registered_on),
                  y.held_on, case when y.state = 'approved' then y.held_on end, 1, false
           from activity y
           where y.campaign_id = $1 and y.association_id = any($2) and y.state not in ('refused', 'done')
           union all
           select $8, c.id, c.association_id, null, c.state, case when i.state = 'reported_done' then i.measure else '' end,
                  c.asked_on, null, null, 1, false
           from correction c
           left join item i on c.kind = 'item' and i.campaign_id = c.campaign_id and i.id = c.case_id
           where c.campaign_id = $1 and c.association_id = any($2) and c.state = 'asked'"#,
            $($argument),+
        )
    };
}

/// Of registers, exits, requests to amend the list, activities, requests to correct what was
/// submitted: on an item that waits for its verification its verifiers answer. An approved disposition is
/// complete once its completion is recorded.
pub(super) async fn of_registers(db: &mut Db, ids: &[i64]) -> Result<Vec<Case>, sqlx::Error> {
    select_of_registers!(
        db.campaign(),
        ids,
        Entry::KIND,
        Exit::KIND,
        Request::KIND,
        OFFICE_S_OWN,
        Activity::KIND,
        Correction::KIND,
    )
    .fetch_all(db.connection())
    .await
}

/// Of checklists, counted by measure and state: some sixty items of an association are some
/// forty rows here and five on the desk. What need not be done is nobody's to begin, and
/// once it was handed over or came back it waits like any other.
pub(super) async fn of_checklists(db: &mut Db, ids: &[i64]) -> Result<Vec<Case>, sqlx::Error> {
    sqlx::query_as!(
        Case,
        r#"select 'item' as "kind!", i.association_id as "id!", i.association_id as "association!", null::bigint as asked,
                  f.state as "state!", i.measure as "note!",
                  min(case f.state when 'reported_done' then i.reported_on when 'verified' then i.resolved_on
                           when 'exemption' then i.exemption_asked_on
                           when 'returned' then (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                                where r.campaign_id = i.campaign_id and r.subject_kind = 'item' and r.subject_id = i.id
                                  and r.act = 'item.return' order by r.id desc limit 1)
                           when 'for_signature' then (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                                where r.campaign_id = i.campaign_id and r.subject_kind = 'item' and r.subject_id = i.id
                                  and r.act = 'item.pass' order by r.id desc limit 1)
                           else p.begun_on end) as since,
                  min(i.owed_on) filter (where i.due_by <> 'beyond') as due, null::date as from_on, count(*) as "count!", false as "complete!"
           from item i
           join plan p on p.campaign_id = i.campaign_id and p.association_id = i.association_id
                and p.state in ('implementing', 'change_pending')
           cross join lateral (
               select case when i.exemption_asked_on is not null and i.state in ('open', 'in_progress', 'returned')
                           then 'exemption' else i.state end as state) f
           where i.campaign_id = $1 and i.association_id = any($2)
             and (i.mandatory or i.state not in ('open', 'in_progress') or i.exemption_asked_on is not null)
             and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned', 'verified')
           group by i.association_id, i.measure, f.state"#,
        db.campaign(),
        ids,
    )
    .fetch_all(db.connection())
    .await
}
