-- What was published stays as it was said (domain 7.10, FZ-1): each row of a list and of an
-- amendment keeps its text. Until now pages read names and units from the register of today.
create table roster_line (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    publication_id bigint,
    amendment_id bigint,
    serial integer not null,
    change text not null,
    association_id bigint not null,
    department_id bigint not null,
    name text not null,
    uscc text,
    unit text not null,
    batch text not null,
    remark text not null default '',
    reason text not null default '',
    source text not null default 'kept',
    primary key (campaign_id, id),
    constraint roster_line_publication_fk foreign key (campaign_id, publication_id) references roster_publication,
    constraint roster_line_amendment_fk foreign key (campaign_id, amendment_id) references roster_amendment,
    constraint roster_line_association_fk foreign key (campaign_id, association_id) references association,
    constraint roster_line_department_fk foreign key (campaign_id, department_id) references department,
    constraint roster_line_where_check check ((publication_id is null) <> (amendment_id is null)),
    constraint roster_line_change_check check (change in ('published', 'added', 'withdrawn', 'corrected')),
    constraint roster_line_published_check check ((change = 'published') = (publication_id is not null)),
    constraint roster_line_source_check check (source in ('kept', 'records', 'today'))
);
create unique index roster_line_publication_key on roster_line (campaign_id, publication_id, serial)
    where publication_id is not null;
create unique index roster_line_amendment_key on roster_line (campaign_id, amendment_id, change, serial)
    where amendment_id is not null;
create index roster_line_published_index on roster_line (campaign_id, id) where publication_id is not null;
create index roster_line_amended_index on roster_line (campaign_id, id) where amendment_id is not null;
create index roster_line_unit_index on roster_line (campaign_id, department_id, id) where publication_id is not null;
create index roster_line_association_index on roster_line (campaign_id, association_id, id);
comment on table roster_line is 'A row of a published list or of an amendment, word for word; never changed (FZ-1).';
comment on column roster_line.department_id is 'The unit of that day; its name of that day is unit.';
comment on column roster_line.reason is 'Why it is on the list; internal version only.';
comment on column roster_line.source is 'kept: with the publication; records: made up later from what was on record then; today: from the register of the day of this migration.';

alter table roster_publication add column lines integer not null default 0;
comment on column roster_publication.lines is 'How many rows it has.';

-- 更正 (a misprint) is a kind of amendment too (LI-8).
alter table roster_amendment drop constraint roster_amendment_kind_check;
alter table roster_amendment add constraint roster_amendment_kind_check
    check (kind in ('add', 'adjust', 'withdraw', 'correct'));
alter table roster_amendment_entry drop constraint roster_amendment_entry_change_check;
alter table roster_amendment_entry add constraint roster_amendment_entry_change_check
    check (change in ('added', 'withdrawn', 'corrected'));

-- Where on the list as it stands, and which text it has there.
alter table roster_entry
    add column place bigint,
    add column line_id bigint,
    add constraint roster_entry_place_fk foreign key (campaign_id, place) references roster_line,
    add constraint roster_entry_line_fk foreign key (campaign_id, line_id) references roster_line;
comment on column roster_entry.place is 'The line that put it on the list; the list as it stands is in this order.';
comment on column roster_entry.line_id is 'The line whose text it has there: the same, or that of a 更正.';
create index roster_entry_listed_index on roster_entry (campaign_id, place)
    where (publication_id is not null or added_by is not null) and withdrawn_by is null;

-- Lists that stand already: name and code as the first correction after the publication
-- found them, the unit by its period on that day. Where the act itself is not on record,
-- nobody can say what changed since, and the row is marked.
create temporary table told as
select p.campaign_id, p.id as publication_id, null::bigint as amendment_id, p.published_on as on_day,
       (select max(r.at) from act_record r
        where r.campaign_id = p.campaign_id and r.act = 'roster.publish' and r.subject_kind = 'roster'
          and r.subject_id = p.number and (r.at at time zone 'Asia/Shanghai')::date = p.published_on) as at
from roster_publication p
union all
select m.campaign_id, null, m.id, m.amended_on,
       (select max(r.at) from act_record r
        where r.campaign_id = m.campaign_id and r.act = 'roster.amend' and r.subject_kind = 'roster_amendment'
          and r.subject_id = m.id)
from roster_amendment m;

create temporary table renamed as
select r.campaign_id, r.association_id, r.at, r.seq, r.payload::jsonb -> 'changes' as changes
from audit_record r
where r.act = 'association.correct' and r.outcome = 'done' and r.association_id is not null
  and r.payload::jsonb -> 'changes' ?| array['name', 'uscc'];

create function pg_temp.then_read(campaign integer, association bigint, moment timestamptz, field text, now_reads text)
    returns text language sql as $$
    select coalesce((select r.changes -> field ->> 0 from renamed r
                     where r.campaign_id = campaign and r.association_id = association and r.at > moment
                       and r.changes ? field
                     order by r.seq limit 1), now_reads)
$$;

insert into roster_line (campaign_id, publication_id, amendment_id, serial, change, association_id, department_id,
    name, uscc, unit, batch, remark, reason, source)
select w.campaign_id, w.publication_id, w.amendment_id, w.serial, w.change, w.association_id, d.id,
       case when w.at is null then w.name else pg_temp.then_read(w.campaign_id, w.association_id, w.at, 'name', w.name) end,
       case when w.at is null then w.uscc else pg_temp.then_read(w.campaign_id, w.association_id, w.at, 'uscc', w.uscc) end,
       d.name, w.batch, w.remark, w.reason, case when w.at is null then 'today' else 'records' end
from (
    select t.campaign_id, t.publication_id, t.amendment_id, t.at, 'published' as change, a.id as association_id,
           a.name, a.uscc, format('%s年第%s号', p.year, p.number) as batch,
           case when a.uscc is null then '登记证号：' || a.certificate_no else '' end as remark,
           case when e.mandatory and r.base = 1 then '必报：仅有1个行业协会商会'
                when e.mandatory then '必报：涉及财政拨款' when e.chosen then '推荐' else '审定时列入' end as reason,
           coalesce(u.department_id, a.department_id) as department_id,
           row_number() over (partition by t.publication_id
               order by coalesce(u.department_id, a.department_id), a.sort_key, a.id)::int as serial,
           t.on_day, 0 as number
    from told t
    join roster_publication p on p.campaign_id = t.campaign_id and p.id = t.publication_id
    join roster_entry e on e.campaign_id = t.campaign_id and e.publication_id = t.publication_id
    join recommendation r on r.campaign_id = e.campaign_id and r.id = e.recommendation_id
    join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
    left join lateral (select n.department_id from association_unit n
                       where n.campaign_id = a.campaign_id and n.association_id = a.id and n.since <= t.on_day
                         and (n.until is null or n.until > t.on_day)
                       order by n.id desc limit 1) u on true
    union all
    select t.campaign_id, t.publication_id, t.amendment_id, t.at, n.change, a.id, a.name, a.uscc,
           format('%s第%s号', case m.kind when 'add' then '增补' when 'withdraw' then '撤出' else '调整' end, m.number),
           case when a.uscc is null then '登记证号：' || a.certificate_no else '' end, '',
           coalesce(u.department_id, a.department_id),
           row_number() over (partition by t.amendment_id, n.change order by a.sort_key, a.id)::int,
           t.on_day, m.number
    from told t
    join roster_amendment m on m.campaign_id = t.campaign_id and m.id = t.amendment_id
    join roster_amendment_entry n on n.campaign_id = t.campaign_id and n.amendment_id = t.amendment_id
    join association a on a.campaign_id = n.campaign_id and a.id = n.association_id
    left join lateral (select k.department_id from association_unit k
                       where k.campaign_id = a.campaign_id and k.association_id = a.id and k.since <= t.on_day
                         and (k.until is null or k.until > t.on_day)
                       order by k.id desc limit 1) u on true) w
join department d on d.campaign_id = w.campaign_id and d.id = w.department_id
order by w.campaign_id, w.on_day, w.publication_id is null, w.publication_id, w.number, w.change, w.serial;

update roster_publication p
set lines = (select count(*) from roster_line l where l.campaign_id = p.campaign_id and l.publication_id = p.id);
update roster_entry e set place = l.id, line_id = l.id
from (select distinct on (campaign_id, association_id) campaign_id, association_id, id
      from roster_line where change in ('published', 'added')
      order by campaign_id, association_id, id desc) l
where l.campaign_id = e.campaign_id and l.association_id = e.association_id;

drop function pg_temp.then_read(integer, bigint, timestamptz, text, text);
drop table told, renamed;

revoke update, delete, truncate on roster_line from tuogou_app;
