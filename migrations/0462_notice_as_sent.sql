-- A notice (通报函) is a letter: whose it is, to whom, and the ties that it tells of are kept
-- as they were when it was sent. What was sent before today is kept with today's names and
-- with the ties that were living then.

alter table linked_notice add column cover jsonb;
update linked_notice n
set cover = jsonb_build_object(
    'association', a.name,
    'unit', u.name,
    'department', d.name,
    'ties', coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', t.id,
            'kind', t.kind,
            'via', t.via_subordinate,
            'basis', t.basis,
            'started_on', t.started_on) order by t.id)
        from tie t
        where t.campaign_id = n.campaign_id and t.association_id = n.association_id
          and t.department_id = n.department_id and not t.is_primary
          and (t.ended_on is null or t.ended_on > n.sent_on)
          and (t.started_on is null or t.started_on <= n.sent_on)), '[]'))
from association a, department u, department d
where a.campaign_id = n.campaign_id and a.id = n.association_id
  and u.campaign_id = a.campaign_id and u.id = a.department_id
  and d.campaign_id = n.campaign_id and d.id = n.department_id;
alter table linked_notice alter column cover set not null;
comment on column linked_notice.cover is 'Whose letter, to whom, and of which ties, as it was sent.';
