-- Major activities of associations during the reform (scheme 五(三); MA-1 to MA-3).

create table activity (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    department_id bigint not null,
    kind text not null,
    title text not null,
    held_on date not null,
    amount_cents bigint,
    procedure text not null,
    candidates text[] not null default '{}',
    declared boolean not null default false,
    state text not null default 'registered',
    needs_office boolean,
    registered_on date not null,
    registered_by bigint not null references account,
    approved_on date,
    reason text,
    result text,
    result_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint activity_association_fk foreign key (campaign_id, association_id) references association,
    constraint activity_department_fk foreign key (campaign_id, department_id) references department,
    constraint activity_kind_check check (kind in ('election', 'investment', 'disposal', 'appraisal', 'event', 'foreign',
        'entity', 'other')),
    constraint activity_state_check check (state in ('registered', 'returned', 'with_office', 'approved', 'refused', 'done')),
    constraint activity_result_check check ((state = 'done') = (result_on is not null))
);
create index activity_association_index on activity (campaign_id, association_id, held_on, id);
create index activity_state_index on activity (campaign_id, state, id);
comment on table activity is 'Elections, investments, disposals and the like that must go through procedure while the reform lasts.';
comment on column activity.candidates is 'Who is to be elected; personal data.';
comment on column activity.declared is 'The association declares that nobody of PE-A to PE-D is to be elected (MA-3).';

create table activity_record (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    activity_id bigint not null,
    department_id bigint not null,
    document_number text not null,
    document_date date not null,
    opinion text not null,
    account_id bigint not null references account,
    entered_on date not null,
    primary key (campaign_id, id),
    constraint activity_record_activity_fk foreign key (campaign_id, activity_id) references activity,
    constraint activity_record_department_fk foreign key (campaign_id, department_id) references department
);
create index activity_record_activity_index on activity_record (campaign_id, activity_id, id);
comment on table activity_record is 'Approvals of departments for an activity; a disposal needs that of finance (MA-2).';
