-- The register of registration (DN-2, 10.8): what civil affairs received, and what became
-- of it. It fills T1-02 and T6; applications stand in front of it later.
create table registration (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    kind text not null,
    state text not null default 'received',
    organ text,
    met_on date,
    entitled integer,
    present integer,
    agreed integer,
    consented_on date,
    content text,
    applied_on date not null,
    decided_on date,
    document text,
    supervisor_column text,
    opinion text,
    entered_by bigint references account,
    decided_by bigint references account,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint registration_association_fk foreign key (campaign_id, association_id) references association,
    constraint registration_kind_check check (kind in ('certificate', 'charter', 'members', 'legal', 'domicile', 'business', 'officers')),
    constraint registration_state_check check (state in ('received', 'granted', 'refused')),
    constraint registration_organ_check check (organ in ('assembly', 'delegates', 'council', 'standing')),
    constraint registration_column_check check (supervisor_column in ('blank', 'none', 'named')),
    constraint registration_votes_check check (agreed <= present and present <= entitled)
);
create index registration_association_index on registration (campaign_id, association_id, id);
create constraint trigger registration_decided_check after insert or update on registration deferrable initially deferred
    for each row when (not ((new.decided_on is null) = (new.state = 'received')))
    execute function row_holds('(decided_on is null) = (state = ''received'')');
comment on table registration is 'What civil affairs registers or files for an association, with the meeting, the day it was applied for and the result.';
comment on column registration.met_on is 'The meeting that resolved it: the statutory period runs from it to applied_on (7.7).';
comment on column registration.consented_on is 'The primary unit''s 审查同意, while its tie stands (RG-10): the period runs from it.';
comment on column registration.supervisor_column is 'What the new certificate says under 业务主管单位 (T1-02).';

create trigger registration_facts_insert after insert on registration
    referencing new table as after_rows for each statement
    execute function note_facts('registration state', 'registration_column supervisor_column');
create trigger registration_facts_update after update on registration
    referencing old table as before_rows new table as after_rows for each statement
    execute function note_facts('registration state', 'registration_column supervisor_column');
create trigger registration_facts_delete after delete on registration
    referencing old table as before_rows for each statement
    execute function note_facts('registration state', 'registration_column supervisor_column');

-- Added to the view as it stands, whatever other migrations have added to it.
do $$
begin
    execute 'create or replace view sealed_fact as '
        || rtrim(rtrim(pg_get_viewdef('sealed_fact'::regclass)), ';')
        || ' union all select campaign_id, ''registration'', id, state from registration'
        || ' union all select campaign_id, ''registration_column'', id, supervisor_column from registration'
        || ' where supervisor_column is not null';
end
$$;
