-- A district's first day is its own list of bodies, and its own list of units and people. They were
-- typed in one by one. An upload is read, checked against what stands, shown, and only then entered:
-- all of it or nothing. Until then it is nobody's but its uploader's, and it goes after seven days.

create table import (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    kind text not null,
    state text not null default 'reading',
    account_id bigint not null references account,
    department_id bigint not null,
    -- A unit brings its own associations only; the office and civil affairs bring the district's.
    own boolean not null,
    file_name text not null,
    digest bytea not null,
    bytes_total bigint not null,
    encoding text,
    -- What was answered about sheets, headings, values, warnings and changes.
    answers jsonb not null default '{}',
    -- What is asked, and what was found: sheets, columns, ignored rows, counts.
    report jsonb not null default '{}',
    -- How a workbook of ours stood when it was taken away: a keyed mark of each cell.
    ground jsonb,
    trouble text not null default '',
    created_at timestamptz not null,
    done_at timestamptz,
    version integer not null default 1,
    constraint import_pkey primary key (campaign_id, id),
    constraint import_department_fk foreign key (campaign_id, department_id) references department,
    constraint import_kind_check check (kind in ('register', 'units', 'survey', 'people')),
    constraint import_state_check check (state in ('reading', 'asking', 'checked', 'imported', 'unread', 'discarded')),
    constraint import_done_check check ((state = 'imported') = (done_at is not null))
);
create index import_account_index on import (campaign_id, account_id, id);
create index import_digest_index on import (campaign_id, kind, department_id, digest) where state = 'imported';
create index import_created_index on import (created_at);
comment on table import is 'A spreadsheet that somebody uploaded, and what became of it. Read by its uploader alone.';

create table import_file (
    campaign_id integer not null,
    import_id bigint not null,
    number integer not null,
    bytes bytea not null,
    constraint import_file_pkey primary key (campaign_id, import_id, number),
    constraint import_file_import_fk foreign key (campaign_id, import_id) references import on delete cascade
);
comment on table import_file is 'The upload in pieces of a MiB, as it came.';

create table import_line (
    campaign_id integer not null,
    import_id bigint not null,
    number integer not null,
    sheet integer not null,
    row integer not null,
    -- Field → what a person would have typed in its form.
    typed jsonb not null,
    -- What stands against it, found while it was read.
    problems jsonb not null default '[]',
    verdict text not null default 'open',
    subject_id bigint,
    -- What changes, from what to what, in words; what was found while it was checked.
    changes jsonb not null default '[]',
    found jsonb not null default '[]',
    constraint import_line_pkey primary key (campaign_id, import_id, number),
    constraint import_line_import_fk foreign key (campaign_id, import_id) references import on delete cascade,
    constraint import_line_verdict_check check (verdict in ('open', 'new', 'changed', 'same', 'left', 'wrong'))
);
create index import_line_verdict_index on import_line (campaign_id, import_id, verdict, number);
comment on table import_line is 'A row of an upload as it was read and checked.';

create table import_meaning (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    kind text not null,
    what text not null,
    said text not null,
    meant text not null,
    constraint import_meaning_pkey primary key (campaign_id, department_id, kind, what, said),
    constraint import_meaning_department_fk foreign key (campaign_id, department_id) references department,
    constraint import_meaning_what_check check (what in ('heading', 'unit'))
);
comment on table import_meaning is 'What a unit means by a heading or by a name of a unit: asked once.';

create table import_secret (
    campaign_id integer not null,
    import_id bigint not null,
    username text not null,
    hash text not null,
    constraint import_secret_pkey primary key (campaign_id, import_id, username),
    constraint import_secret_import_fk foreign key (campaign_id, import_id) references import on delete cascade
);
comment on table import_secret is 'Hashes of the first passwords of accounts that an upload brings, made before it is entered. The passwords follow from the key outside the database and stand nowhere.';

revoke truncate on import_secret, import, import_file, import_line, import_meaning from tuogou_app;

create index association_certificate_index on association (campaign_id, certificate_no) where certificate_no is not null;
