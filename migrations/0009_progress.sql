-- The five tracks as a checklist: items, evidence, counters (scheme 三, domain 7).

create table item (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    department_id bigint not null,
    measure text not null,
    object text not null default '',
    label text not null default '',
    track text not null,
    mandatory boolean not null,
    state text not null default 'open',
    deadline date not null,
    note text not null default '',
    done_on date,
    reported_on date,
    reported_by bigint references account,
    resolved_on date,
    resolved_by bigint references account,
    return_reason text,
    exemption_law text,
    exemption_article text,
    exemption_asked_on date,
    added_later boolean not null default false,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint item_key unique (campaign_id, association_id, measure, object),
    constraint item_association_fk foreign key (campaign_id, association_id) references association,
    constraint item_department_fk foreign key (campaign_id, department_id) references department,
    constraint item_state_check check (state in ('open', 'in_progress', 'reported_done', 'verified', 'accepted',
        'returned', 'exempted', 'not_applicable')),
    constraint item_resolved_check check ((resolved_on is not null) = (state in ('verified', 'accepted', 'exempted')))
);
create index item_association_index on item (campaign_id, association_id, measure, id);
create index item_waiting_index on item (campaign_id, state, measure, reported_on) where state = 'reported_done';
create index item_open_index on item (campaign_id, deadline, id)
    where mandatory and state in ('open', 'in_progress', 'reported_done', 'returned');
create index item_department_open_index on item (campaign_id, department_id, deadline, id)
    where mandatory and state in ('open', 'in_progress', 'reported_done', 'returned');
comment on table item is 'A measure of the scheme as it applies to one association (and one object of its survey).';
comment on column item.department_id is 'The supervising unit that answers for it.';

create table evidence (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    item_id bigint not null,
    file_id bigint,
    kind text not null,
    document_number text not null,
    document_date date not null,
    issuer text not null,
    after_verification boolean not null default false,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint evidence_item_fk foreign key (campaign_id, item_id) references item,
    constraint evidence_file_fk foreign key (campaign_id, file_id) references file
);
create index evidence_item_index on evidence (campaign_id, item_id, id);
comment on table evidence is 'What proves an item: kind, number, date, issuer, and the file where there is one.';

create table association_progress (
    campaign_id integer not null references campaign,
    association_id bigint not null,
    track text not null,
    applicable integer not null default 0,
    resolved integer not null default 0,
    reported integer not null default 0,
    late integer not null default 0,
    next_deadline date,
    primary key (campaign_id, association_id, track),
    constraint association_progress_association_fk foreign key (campaign_id, association_id) references association
);
create index association_progress_track_index on association_progress (campaign_id, track, next_deadline);
comment on table association_progress is 'Counters per association and track, kept by the transaction that changes an item.';
comment on column association_progress.late is 'Resolved after their deadline.';
comment on column association_progress.next_deadline is 'Earliest deadline of a mandatory item that is not resolved: red and yellow follow from it and today.';

create table department_progress (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    track text not null,
    applicable integer not null default 0,
    resolved integer not null default 0,
    reported integer not null default 0,
    late integer not null default 0,
    primary key (campaign_id, department_id, track),
    constraint department_progress_department_fk foreign key (campaign_id, department_id) references department
);
comment on table department_progress is 'The same counters summed over a unit''s associations.';

create table resolved_by_day (
    campaign_id integer not null references campaign,
    resolved_on date not null,
    resolved integer not null default 0,
    primary key (campaign_id, resolved_on)
);
comment on table resolved_by_day is 'How many items of the five tracks were resolved on each day, for the trend.';
