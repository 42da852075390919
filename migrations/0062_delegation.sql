-- 代行: a leader lets a colleague act in their capacity for stated days (TC-63).

create table delegation (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    from_account_id bigint not null references account,
    to_account_id bigint not null references account,
    department_id bigint not null,
    role text not null,
    from_on date not null,
    to_on date not null,
    document text not null,
    made_on date not null,
    ended_on date,
    ended_by text,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint delegation_department_fk foreign key (campaign_id, department_id) references department,
    constraint delegation_days_check check (to_on >= from_on),
    constraint delegation_accounts_check check (from_account_id <> to_account_id),
    constraint delegation_document_check check (document <> ''),
    constraint delegation_ended_check check ((ended_on is null) = (ended_by is null))
);
create index delegation_from_account_index on delegation (campaign_id, from_account_id, to_on);
create index delegation_department_index on delegation (campaign_id, department_id, to_on);
comment on table delegation is 'One account acting in another''s capacity, from day to day, by a document.';
comment on column delegation.ended_on is 'Ended early on this day; from that moment it gives nothing.';

alter table capacity add column delegation_id bigint;
alter table capacity add constraint capacity_delegation_fk
    foreign key (campaign_id, delegation_id) references delegation;
comment on column capacity.delegation_id is 'The delegation that the capacity rests on; it counts only while that is in force.';
drop index capacity_pair_key;
create unique index capacity_pair_key
    on capacity (campaign_id, account_id, department_id, role, coalesce(association_id, 0), coalesce(delegation_id, 0));
create index capacity_delegation_index on capacity (campaign_id, delegation_id) where delegation_id is not null;

-- The capacities that count on a day: own ones, and delegated ones while the
-- delegation is in force and who gave it still holds the capacity.
create function capacities_on(campaign integer, day date)
    returns table (capacity_id bigint, account_id bigint, department_id bigint, role text, association_id bigint,
                   principal_id bigint)
    language sql stable
    as $$
        select c.id, c.account_id, c.department_id, c.role, c.association_id, g.from_account_id
        from capacity c
        left join delegation g on g.campaign_id = c.campaign_id and g.id = c.delegation_id
        where c.campaign_id = campaign
          and (c.delegation_id is null
               or (g.ended_on is null and day between g.from_on and g.to_on
                   and exists (select from capacity o
                               where o.campaign_id = g.campaign_id and o.account_id = g.from_account_id
                                 and o.department_id = g.department_id and o.role = g.role
                                 and o.delegation_id is null)))
    $$;
comment on function capacities_on is 'Who may act as what on a day.';
