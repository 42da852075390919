-- What is drafted, signed and passed on beside the plans (domain 10; acts.md 6): one general
-- table. What is asked, who has it and in which words is the scheme's (processes.toml).
create table docket (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    process text collate "C" not null,
    number integer not null,
    edition integer not null default 1,
    replaces bigint,
    period text collate "C" not null default '',
    title text not null default '',
    department_id bigint not null,
    association_id bigint,
    handler_id bigint,
    finder_id bigint,
    parent_id bigint,
    link text not null default '',
    level text collate "C" not null default 'normal',
    policy text collate "C" not null default '',
    concerns text[] not null default '{}',
    state text not null default 'draft',
    answers jsonb not null default '{}',
    remarks jsonb not null default '{}',
    automatic text collate "C" not null default '',
    opened_on date not null,
    since date not null,
    due_on date,
    from_on date,
    signed_on date,
    settled_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint docket_department_fk foreign key (campaign_id, department_id) references department,
    constraint docket_handler_fk foreign key (campaign_id, handler_id) references department,
    constraint docket_finder_fk foreign key (campaign_id, finder_id) references department,
    constraint docket_association_fk foreign key (campaign_id, association_id) references association,
    constraint docket_replaces_fk foreign key (campaign_id, replaces) references docket,
    constraint docket_parent_fk foreign key (campaign_id, parent_id) references docket,
    constraint docket_number_key unique (campaign_id, process, number, edition),
    constraint docket_level_check check (level in ('normal', 'major')),
    constraint docket_state_check check (state in (
        'draft', 'handling', 'sent', 'assigned', 'answered', 'decided', 'done', 'returned', 'settled', 'withdrawn'))
);
-- One of each that is there by itself.
create unique index docket_period_key on docket (campaign_id, process, department_id, period, edition) where period <> '';
create unique index docket_automatic_key on docket (campaign_id, automatic) where automatic <> '' and state not in ('settled', 'withdrawn');
create index docket_list_index on docket (campaign_id, process, id desc);
create index docket_department_index on docket (campaign_id, department_id, id);
create index docket_association_index on docket (campaign_id, association_id, id);
create index docket_open_index on docket (campaign_id, association_id, process) where state not in ('settled', 'withdrawn');
create index docket_concerns_index on docket using gin (concerns);
create constraint trigger docket_settled_check after insert or update on docket deferrable initially deferred
    for each row when (not ((new.settled_on is not null) = (new.state in ('settled', 'withdrawn'))))
    execute function row_holds('(settled_on is not null) = (state in (''settled'', ''withdrawn''))');
comment on table docket is 'What is drafted, signed and passed on beside the plans: problems, reports, visits, documents, readings.';

-- What was signed is kept as it was signed, with its figures and the moment they were counted.
create table docket_signed (
    campaign_id integer not null,
    docket_id bigint not null,
    round integer not null,
    answers jsonb not null,
    figures jsonb not null,
    signer text not null,
    at timestamptz not null,
    primary key (campaign_id, docket_id, round),
    constraint docket_signed_docket_fk foreign key (campaign_id, docket_id) references docket
);
comment on table docket_signed is 'Every signature under a docket: its answers and its figures as they were then.';

-- Dockets are numbered by process.
alter table number_series drop constraint number_series_series_check,
    add constraint number_series_series_check check (series in ('reply', 'supervision') or series like 'docket:%');

-- Opinions of departments on what is laid before them.
create table docket_opinion (
    campaign_id integer not null,
    id bigint generated always as identity,
    docket_id bigint not null,
    department_id bigint not null,
    author text not null,
    body text not null,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint docket_opinion_docket_fk foreign key (campaign_id, docket_id) references docket,
    constraint docket_opinion_department_fk foreign key (campaign_id, department_id) references department
);
create index docket_opinion_docket_index on docket_opinion (campaign_id, docket_id, id);
comment on table docket_opinion is 'Opinions of departments on a docket.';

create table docket_file (
    campaign_id integer not null,
    docket_id bigint not null,
    file_id bigint not null,
    primary key (campaign_id, docket_id, file_id),
    constraint docket_file_docket_fk foreign key (campaign_id, docket_id) references docket,
    constraint docket_file_file_fk foreign key (campaign_id, file_id) references file
);
create index docket_file_file_index on docket_file (campaign_id, file_id);
comment on table docket_file is 'Files attached to a docket: the text of a document, photographs of a visit.';

create trigger docket_facts_insert after insert on docket
    referencing new table as after_rows for each statement
    execute function note_facts('docket state', 'docket_answers answers digest');
create trigger docket_facts_update after update on docket
    referencing old table as before_rows new table as after_rows for each statement
    execute function note_facts('docket state', 'docket_answers answers digest');
create trigger docket_facts_delete after delete on docket
    referencing old table as before_rows for each statement
    execute function note_facts('docket state', 'docket_answers answers digest');

do $$
begin
    execute 'create or replace view sealed_fact as '
        || rtrim(rtrim(pg_get_viewdef('sealed_fact'::regclass)), ';')
        || ' union all select campaign_id, ''docket'', id, state from docket'
        || ' union all select campaign_id, ''docket_answers'', id, encode(sha256(convert_to(answers::text, ''UTF8'')), ''hex'') from docket';
end
$$;
