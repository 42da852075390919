-- 注销、撤销、合并 as outcomes of their own (SC-12, TC-40, TC-41; domain 0.1).
alter table association
    add column exit_kind text,
    add column exited_on date,
    add column merged_into bigint,
    add constraint association_exit_kind_check check (exit_kind in ('deregistered', 'revoked', 'merged')),
    add constraint association_exit_check check ((exit_kind is null) = (exited_on is null)
        and (exit_kind is not distinct from 'merged') = (merged_into is not null) and merged_into <> id),
    add constraint association_merged_fk foreign key (campaign_id, merged_into) references association;
create index association_exited_index on association (campaign_id, exited_on, id) where exited_on is not null;
create index association_merged_index on association (campaign_id, merged_into) where merged_into is not null;
comment on column association.exit_kind is 'How it left; it stays on lists and statistics as exited, never silently (LI-9).';
comment on column association.merged_into is 'The association that took over members, assets and people.';

create table exit_case (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    kind text not null,
    reason text not null,
    document text not null,
    survivor_id bigint,
    state text not null default 'draft',
    proposed_on date,
    proposed_by bigint references account,
    decided_on date,
    decided_by bigint references account,
    decision_number text,
    decision_date date,
    opinion text,
    transferred_assets integer not null default 0,
    transferred_persons integer not null default 0,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint exit_case_association_key unique (campaign_id, association_id),
    constraint exit_case_association_fk foreign key (campaign_id, association_id) references association,
    constraint exit_case_survivor_fk foreign key (campaign_id, survivor_id) references association,
    constraint exit_case_kind_check check (kind in ('deregistered', 'revoked', 'merged')),
    constraint exit_case_state_check check (state in ('draft', 'proposed', 'refused', 'decided')),
    constraint exit_case_survivor_check check ((kind = 'merged') = (survivor_id is not null))
);
create index exit_case_state_index on exit_case (campaign_id, state, id);
create index exit_case_survivor_index on exit_case (campaign_id, survivor_id) where survivor_id is not null;
comment on table exit_case is 'The unit proposes that an association leaves, civil affairs decides under its own law.';

-- A plan ends with its association. The room of plans may have more states by now.
do $$
declare
    stands text;
begin
    select pg_get_constraintdef(oid) into stands from pg_constraint
    where conname = 'plan_state_check' and conrelid = 'plan'::regclass;
    if stands not like '%''terminated''%' then
        alter table plan drop constraint plan_state_check;
        execute format('alter table plan add constraint plan_state_check check (state = ''terminated'' or %s)',
            regexp_replace(stands, '^CHECK ', ''));
    end if;
end
$$;
