-- What the timeline counted live, over all associations, before it was kept (migration 0261):
-- the figures are still these, by the dates of 9.3. Campaign, unit, tracks of the five, tasks and their measures,
-- the day of the document.
select 'survey' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select d.id as department,
                  case when bool_or(a.id is not null) then count(a.id) filter (where a.scope <> 'out') else 1 end as total,
                  case when bool_or(a.id is not null) then count(f.sent) filter (where a.scope <> 'out')
                       else count(n.nil) end as done,
                  0::bigint as late, 0::bigint as pending,
                  case when bool_or(a.id is not null)
                       then count(a.id) filter (where a.scope <> 'out' and f.sent is null)
                       else 1 - count(n.nil) end as waiting,
                  coalesce(bool_or(f.begun), false) as started,
                  greatest(max(f.sent), max(n.nil)) as done_on, null::date as open_due, 0::bigint as still
           from department d
           left join association a on a.campaign_id = d.campaign_id and a.department_id = d.id and a.registered_on < $6

           left join lateral (
               select min((s.submitted_at at time zone 'Asia/Shanghai')::date)
                          filter (where s.state in ('submitted', 'confirmed', 'superseded')) as sent,
                      count(*) > 0 as begun
               from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id) f on true
           left join lateral (
               select (r.at at time zone 'Asia/Shanghai')::date as nil from nil_report r
               where r.campaign_id = d.campaign_id and r.department_id = d.id and r.subject = 'survey') n on true
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint is null or d.id = $2)

           group by d.id) t
union all
select 'confirmation' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select a.department_id as department, count(*) as total, count(f.confirmed) as done,
                  0::bigint as late, 0::bigint as pending,
                  count(*) filter (where f.confirmed is null and f.with_office) as waiting,
                  coalesce(bool_or(f.with_office or f.confirmed is not null), false) as started,
                  max(f.confirmed) as done_on, null::date as open_due, 0::bigint as still
           from association a
           left join lateral (
               select min(s.confirmed_on) as confirmed, bool_or(s.state = 'submitted') as with_office
               from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id) f on true
           where a.campaign_id = $1 and a.scope <> 'out' and a.registered_on < $6 and ($2::bigint is null or a.department_id = $2)

           group by a.department_id) t
union all
select 'plan' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select a.department_id as department, count(*) as total, count(*) filter (where f.sent) as done, 0::bigint as late, 0::bigint as pending,
           count(*) filter (where not f.sent) as waiting, coalesce(bool_or(p.id is not null), false) as started,
           max((p.submitted_at at time zone 'Asia/Shanghai')::date) filter (where f.sent) as done_on,
           null::date as open_due, count(*) filter (where not f.sent and z.now) as still
            from roster_entry e
            join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
            left join plan p on p.campaign_id = e.campaign_id and p.association_id = e.association_id
            cross join lateral (select exists (
                select from suspension s where s.campaign_id = e.campaign_id and s.association_id = e.association_id
                  and s.until_on is null) as now) z cross join lateral (
             select p.id is not null and p.submitted_at is not null and p.state not in ('draft', 'for_signature', 'returned') as sent) f
            where e.campaign_id = $1 and e.publication_id is not null
              and not exists (select from batch b where b.campaign_id = e.campaign_id and b.publication_id = e.publication_id) and ($2::bigint is null or a.department_id = $2)
            group by a.department_id) t
union all
select 'notices' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select a.department_id as department, count(*) as total, count(n.sent_on) as done, 0::bigint as late, 0::bigint as pending,
           count(*) filter (where n.sent_on is null) as waiting, count(n.sent_on) > 0 as started,
           max(n.sent_on) as done_on, null::date as open_due, 0::bigint as still
            from roster_entry e
            join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
            left join plan p on p.campaign_id = e.campaign_id and p.association_id = e.association_id
            cross join lateral (select exists (
                select from suspension s where s.campaign_id = e.campaign_id and s.association_id = e.association_id
                  and s.until_on is null) as now) z join lateral (
             select distinct t.department_id from tie t
             where t.campaign_id = a.campaign_id and t.association_id = a.id and t.department_id <> a.department_id
               and (t.ended_on is null or exists (
                   select from linked_notice k where k.campaign_id = t.campaign_id
                      and k.association_id = t.association_id and k.department_id = t.department_id))) l on true
         left join lateral (
             select min(k.sent_on) as sent_on from linked_notice k
             where k.campaign_id = a.campaign_id and k.association_id = a.id and k.department_id = l.department_id) n on true
            where e.campaign_id = $1 and e.publication_id is not null
              and not exists (select from batch b where b.campaign_id = e.campaign_id and b.publication_id = e.publication_id) and ($2::bigint is null or a.department_id = $2)
            group by a.department_id) t
union all
select 'prior_approvals' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select p.department_id as department, count(*) as total, count(p.decided_on) as done,
                  0::bigint as late, 0::bigint as pending,
                  count(*) filter (where p.decided_on is null) as waiting, true as started,
                  max(p.decided_on) as done_on, null::date as open_due, 0::bigint as still
           from prior_approval p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           where p.campaign_id = $1 and p.state not in ('required', 'not_needed', 'marked', 'resting')
             and ($2::bigint is null or a.department_id = $2)
           group by p.department_id) t
union all
select 'reply' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select a.department_id as department, count(*) as total, count(p.replied_on) as done, 0::bigint as late, 0::bigint as pending,
           count(*) filter (where p.replied_on is null and p.state in ('submitted', 'under_review')) as waiting,
           coalesce(bool_or(p.submitted_at is not null), false) as started, max(p.replied_on) as done_on,
           null::date as open_due, count(*) filter (where p.replied_on is null and z.now) as still
            from roster_entry e
            join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
            left join plan p on p.campaign_id = e.campaign_id and p.association_id = e.association_id
            cross join lateral (select exists (
                select from suspension s where s.campaign_id = e.campaign_id and s.association_id = e.association_id
                  and s.until_on is null) as now) z
            where e.campaign_id = $1 and e.publication_id is not null
              and not exists (select from batch b where b.campaign_id = e.campaign_id and b.publication_id = e.publication_id) and ($2::bigint is null or a.department_id = $2)
            group by a.department_id) t
union all
select 'items' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select a.department_id as department, coalesce(sum(c.applicable), 0)::bigint as total, coalesce(sum(c.resolved), 0)::bigint as done,
           coalesce(sum(c.late), 0)::bigint as late, count(*) filter (where c.applicable is null) as pending,
           coalesce(sum(c.applicable - c.resolved - c.reported), 0)::bigint as waiting,
           coalesce(bool_or(c.applicable > 0), false) as started, null::date as done_on,
           min(c.next_deadline) as open_due, coalesce(sum(c.applicable - c.resolved) filter (where z.now), 0)::bigint as still
            from roster_entry e
            join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
            left join plan p on p.campaign_id = e.campaign_id and p.association_id = e.association_id
            cross join lateral (select exists (
                select from suspension s where s.campaign_id = e.campaign_id and s.association_id = e.association_id
                  and s.until_on is null) as now) z left join lateral (
             select sum(q.applicable) as applicable, sum(q.resolved) as resolved, sum(q.reported) as reported,
                    sum(q.late) as late, min(q.next_deadline) as next_deadline
             from association_progress q
             where q.campaign_id = e.campaign_id and q.association_id = e.association_id and q.track = any($3)) c on true
            where e.campaign_id = $1 and e.publication_id is not null
              and not exists (select from batch b where b.campaign_id = e.campaign_id and b.publication_id = e.publication_id) and ($2::bigint is null or a.department_id = $2)
            group by a.department_id) t
union all
select 'activities' as task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select department_id as department, count(*) as total,
                  count(*) filter (where state in ('approved', 'done', 'refused')) as done,
                  0::bigint as late, 0::bigint as pending,
                  count(*) filter (where state not in ('approved', 'done', 'refused')) as waiting,
                  true as started, max(approved_on) as done_on, null::date as open_due, 0::bigint as still
           from activity
           where campaign_id = $1 and ($2::bigint is null or department_id = $2)

           group by department_id) t
union all
select task, department, total::bigint as total, done::bigint as done, late::bigint as late, pending::bigint as pending, waiting::bigint as waiting, started, done_on, open_due, still::bigint as still
from (select m.task, i.department_id as department, count(*) as total, count(i.resolved_on) as done,
                  count(*) filter (where i.state <> 'exempted' and i.resolved_on is not null
                                     and coalesce(i.reported_on, i.resolved_on) > i.owed_on and i.due_by <> 'beyond') as late,
                  0::bigint as pending,
                  count(*) filter (where i.resolved_on is null and i.state <> 'reported_done') as waiting,
                  coalesce(bool_or(i.state <> 'open'), false) as started,
                  null::date as done_on,
                  min(i.owed_on) filter (where i.resolved_on is null and i.due_by <> 'beyond'
                      and (i.state <> 'reported_done' or i.reported_on > i.owed_on) and not exists (
                      select from suspension s where s.campaign_id = i.campaign_id and s.association_id = i.association_id
                        and s.until_on is null)) as open_due, count(*) filter (where i.resolved_on is null and exists (
                      select from suspension s where s.campaign_id = i.campaign_id and s.association_id = i.association_id
                        and s.until_on is null)) as still
           from item i cross join unnest($4::text[], $5::text[]) m(task, measure)
           where i.campaign_id = $1 and i.measure = m.measure and i.state <> 'not_applicable'
             and ($2::bigint is null or i.department_id = $2)
           group by m.task, i.department_id) t
order by task, department
