-- Associations and their ties to organs (scheme 二, 三(一)).

create table association (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    name text not null,
    name_key text not null,
    grams text[] not null,
    initials text not null,
    sort_key text not null,
    uscc text,
    uscc_note text,
    certificate_no text,
    registered_on date not null,
    registrar text not null,
    org_type text not null,
    domicile text not null,
    legal_representative text not null,
    business_scope text not null,
    member_basis text not null,
    main_member_share integer,
    suffix_note text,
    department_id bigint not null,
    direct_registration boolean not null default false,
    scope_computed text not null,
    scope text not null default 'undecided',
    scope_reason text,
    scope_proposed text,
    by_reference boolean not null default false,
    stage text not null default 'registered',
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint association_name_key unique (campaign_id, name_key),
    constraint association_uscc_key unique (campaign_id, uscc),
    constraint association_department_fk foreign key (campaign_id, department_id) references department,
    constraint association_code_check check (uscc is not null or certificate_no is not null),
    constraint association_scope_check check (scope in ('undecided', 'in', 'out', 'defer')),
    constraint association_computed_check check (scope_computed in ('in', 'out', 'confirm')),
    constraint association_stage_check check (stage in ('registered', 'surveying', 'survey_submitted',
        'survey_confirmed', 'listed', 'plan_draft', 'plan_submitted', 'plan_approved', 'implementing', 'five_done'))
);
create index association_sort_index on association (campaign_id, sort_key, id);
create index association_department_index on association (campaign_id, department_id, stage, sort_key, id);
create index association_stage_index on association (campaign_id, stage, sort_key, id);
create index association_scope_index on association (campaign_id, scope, sort_key, id);
create index association_grams_index on association using gin (grams);
create index association_initials_index on association (campaign_id, initials text_pattern_ops);
comment on table association is 'The register of industry associations and chambers of commerce.';
comment on column association.name_key is 'Normalised name for duplicates: half-width, no spaces (TC-60).';
comment on column association.grams is 'Characters and bigrams of name and code for two-character search (performance.md 4).';
comment on column association.main_member_share is 'Share of the main kind of members, per cent.';

create table tie (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    kind text not null,
    department_id bigint not null,
    via_subordinate text,
    basis text not null,
    started_on date,
    ended_on date,
    ended_by text,
    is_primary boolean not null default false,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint tie_association_fk foreign key (campaign_id, association_id) references association,
    constraint tie_department_fk foreign key (campaign_id, department_id) references department,
    constraint tie_kind_check check (kind in ('host', 'supervise', 'liaise', 'affiliate')),
    constraint tie_dates_check check (ended_on is null or started_on is null or ended_on >= started_on)
);
create unique index tie_primary_key on tie (campaign_id, association_id) where is_primary and ended_on is null;
create index tie_association_index on tie (campaign_id, association_id, id);
create index tie_department_index on tie (campaign_id, department_id) where ended_on is null;
comment on table tie is '主办、主管、联系、挂靠: the relations that the campaign ends (SC-7, SC-10).';
