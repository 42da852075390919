-- Figures of the cut-off are of one moment (FZ-3): beside the base what was required, mandatory
-- and recommended then; and who was in the base, so that the figure leads to its rows. A unit
-- that neither recommended nor reported nil has no base, which is not the base 0 (TC-54).
alter table roster_cutoff
    alter column base drop not null,
    add column in_register integer not null default 0,
    add column required integer,
    add column mandatory integer,
    add column recommended integer,
    add column listed integer not null default 0,
    add column missing_reason text;
comment on column roster_cutoff.base is 'B; none: 未报, published without the unit (missing_reason).';
comment on column roster_cutoff.in_register is 'In scope by the register on the cut-off, whether the unit reported or not.';
comment on column roster_cutoff.recommended is 'L: what the unit recommended.';
comment on column roster_cutoff.listed is 'What the published list has of it.';

create table roster_base (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    department_id bigint not null,
    association_id bigint not null,
    name text not null,
    mandatory boolean not null,
    recommended boolean not null,
    listed boolean not null,
    reason text not null default '',
    primary key (campaign_id, id),
    constraint roster_base_association_key unique (campaign_id, department_id, association_id),
    constraint roster_base_department_fk foreign key (campaign_id, department_id) references department,
    constraint roster_base_association_fk foreign key (campaign_id, association_id) references association
);
create index roster_base_association_index on roster_base (campaign_id, association_id);
comment on table roster_base is 'Who was in a unit''s base on the cut-off (截止日基数), and what became of each then.';

-- Cut-offs that stand: what was decided on is on record.
update roster_cutoff c
set in_register = c.base,
    listed = (select count(*) from roster_line l
              where l.campaign_id = c.campaign_id and l.department_id = c.department_id and l.publication_id is not null);
insert into roster_base (campaign_id, department_id, association_id, name, mandatory, recommended, listed, reason)
select c.campaign_id, c.department_id, e.association_id, coalesce(l.name, a.name), e.mandatory, e.chosen,
       e.publication_id is not null, e.reason
from roster_cutoff c
join recommendation r on r.campaign_id = c.campaign_id and r.department_id = c.department_id and r.state = 'published'
join roster_entry e on e.campaign_id = r.campaign_id and e.recommendation_id = r.id and e.decision <> 'pending'
join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
left join roster_line l on l.campaign_id = e.campaign_id and l.association_id = e.association_id
    and l.publication_id is not null
where not (e.publication_id is null and e.added_by is not null and not e.chosen and e.reason = '')
order by c.campaign_id, c.department_id, a.sort_key, a.id;
update roster_cutoff c
set required = r.required, mandatory = r.mandatory,
    recommended = (select count(*) from roster_base b
                   where b.campaign_id = c.campaign_id and b.department_id = c.department_id and b.recommended)
from recommendation r
where r.campaign_id = c.campaign_id and r.department_id = c.department_id and r.state = 'published';
update roster_cutoff c
set base = null, missing_reason = coalesce((
    select p.opinion from act_record p
    where p.campaign_id = c.campaign_id and p.act = 'roster.publish' and p.subject_kind = 'roster'
    order by p.id limit 1), '')
where not exists (select from recommendation r
                  where r.campaign_id = c.campaign_id and r.department_id = c.department_id and r.state = 'published')
  and not exists (select from nil_report n
                  where n.campaign_id = c.campaign_id and n.department_id = c.department_id
                    and (n.at at time zone 'Asia/Shanghai')::date <= c.cut_off_on);
update roster_cutoff c set required = 0, mandatory = 0, recommended = 0 where c.base = 0 and c.required is null;
