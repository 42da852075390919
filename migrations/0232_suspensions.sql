-- The times in which an association stands still (FD-4): its plan is suspended, or its
-- leaving lies with civil affairs. Kept, because dates move by the working days in them.
create table suspension (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    cause text not null,
    from_on date not null,
    until_on date,
    reason text not null,
    expected_on date,
    begun_by bigint references account,
    ended_by bigint references account,
    primary key (campaign_id, id),
    constraint suspension_association_fk foreign key (campaign_id, association_id) references association,
    constraint suspension_cause_check check (cause in ('plan', 'exit')),
    constraint suspension_days_check check (until_on >= from_on)
);
create index suspension_association_index on suspension (campaign_id, association_id, id);
create unique index suspension_open_key on suspension (campaign_id, association_id, cause) where until_on is null;
comment on table suspension is 'When an association stood still (暂停办理), and why; until_on is empty while it does.';
revoke delete, truncate on suspension from tuogou_app;

insert into suspension (campaign_id, association_id, cause, from_on, reason)
select campaign_id, association_id, 'plan', suspended_on, coalesce(suspended_reason, '') from plan
where suspended_on is not null and state not in ('closed', 'terminated')
union all
select campaign_id, association_id, 'exit', proposed_on, reason from exit_case
where state = 'proposed' and proposed_on is not null;
