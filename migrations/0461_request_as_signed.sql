-- What a request says beside its plan (names, contact, what the departments had answered) and
-- who gets a copy of the reply are kept as they were signed: all of it may read otherwise
-- later. What was sent before today is kept with what stands there today, without a contact.

alter table plan_round add column survey_id bigint, add column cover jsonb;
update plan_round r
set survey_id = p.survey_id,
    cover = jsonb_build_object(
        'association', a.name,
        'unit', d.name,
        'signatory', coalesce(signer(p.campaign_id, 'plan.submit', 'plan', p.id, p.submitted_by), ''),
        'liaison', '',
        'phone', '',
        'answers', coalesce((
            select jsonb_agg(jsonb_build_object(
                'code', q.code,
                'department', l.name,
                'state', q.state,
                'number', q.document_number,
                'day', coalesce(q.document_date, q.decided_on),
                'conditions', q.conditions,
                'agreed', q.state in ('approved', 'approved_with_conditions')) order by q.id)
            from prior_approval q
            join department l on l.campaign_id = q.campaign_id and l.id = q.department_id
            where q.campaign_id = p.campaign_id and q.plan_id = p.id), '[]'),
        'departments', coalesce((
            select jsonb_agg(jsonb_build_array(l.code, l.name) order by l.id)
            from department l
            where l.campaign_id = p.campaign_id), '[]'))
from plan p
join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
where p.campaign_id = r.campaign_id and p.id = r.plan_id;
alter table plan_round
    alter column survey_id set not null,
    alter column cover set not null,
    add constraint plan_round_survey_fk foreign key (campaign_id, survey_id) references survey;
comment on column plan_round.survey_id is 'The confirmed survey on which the plan rested.';
comment on column plan_round.cover is 'What the request said beside the plan when it was signed.';

alter table plan add column reply_copies text[] not null default '{}';
update plan p
set reply_copies = array(
    select l.name from prior_approval q
    join department l on l.campaign_id = q.campaign_id and l.id = q.department_id
    where q.campaign_id = p.campaign_id and q.plan_id = p.id
    group by l.id, l.name order by min(q.id))
where p.reply_number is not null;
comment on column plan.reply_copies is 'Departments that got a copy of the reply.';
