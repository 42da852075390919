-- Parameters with effect dates, and what every act was done under (domain 0.3, TC-51).

alter table campaign add column parameters jsonb not null default '{}';
comment on column campaign.parameters is 'The values of the scheme''s own file, as the program last started with it.';

create table parameter_change (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    name text not null,
    value jsonb not null,
    effective_on date not null,
    reason text not null,
    account_id bigint references account,
    changed_by text not null,
    changed_on date not null,
    primary key (campaign_id, id),
    constraint parameter_change_name_check check (name <> ''),
    constraint parameter_change_reason_check check (reason <> ''),
    constraint parameter_change_effective_on_check check (effective_on >= changed_on)
);
create index parameter_change_day_index on parameter_change (campaign_id, name, effective_on desc, id desc);
comment on table parameter_change is 'A new value of a parameter from a day on; never changed, never removed: the past keeps its rules.';

create table parameter_snapshot (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    digest text not null,
    parameters jsonb not null,
    first_on date not null,
    primary key (campaign_id, id),
    constraint parameter_snapshot_digest_key unique (campaign_id, digest)
);
comment on table parameter_snapshot is 'All parameters as they stood for some act, by the SHA-256 of their text.';

alter table act_record add column snapshot_id bigint;
alter table act_record add constraint act_record_snapshot_fk
    foreign key (campaign_id, snapshot_id) references parameter_snapshot;
comment on column act_record.snapshot_id is 'The parameters in force on the day of the act.';

create function parameter_changes_on(campaign integer, day date) returns jsonb
    language sql stable
    as $$
        select coalesce(jsonb_object_agg(newest.name, newest.value), '{}')
        from (select distinct on (c.name) c.name, c.value from parameter_change c
              where c.campaign_id = campaign and c.effective_on <= day
              order by c.name, c.effective_on desc, c.id desc) newest
    $$;
comment on function parameter_changes_on is 'The changed parameters in force on a day: of each, the newest change that has taken effect.';

revoke update, delete, truncate on parameter_change, parameter_snapshot from tuogou_app;
