-- The list (脱钩名单): recommendation by unit, decision, publication (scheme 四·1·2).

create table recommendation (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    department_id bigint not null,
    state text not null default 'draft',
    override_reason text,
    base integer,
    required integer,
    mandatory integer,
    undecided integer,
    submitted_by bigint references account,
    submitted_at timestamptz,
    decided_by bigint references account,
    decided_at timestamptz,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint recommendation_department_key unique (campaign_id, department_id),
    constraint recommendation_department_fk foreign key (campaign_id, department_id) references department,
    constraint recommendation_state_check check (state in ('draft', 'submitted', 'returned', 'approved', 'published'))
);
create index recommendation_state_index on recommendation (campaign_id, state, id);
comment on table recommendation is 'One unit''s proposal. Base, required, mandatory and undecided are frozen at submission (LI-11).';

create table roster_publication (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    number integer not null,
    year integer not null,
    title text not null,
    published_on date not null,
    account_id bigint not null references account,
    primary key (campaign_id, id),
    constraint roster_publication_number_key unique (campaign_id, year, number)
);
comment on table roster_publication is 'The published list with number and date; later changes are numbered amendments.';

create table roster_entry (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    recommendation_id bigint not null,
    association_id bigint not null,
    chosen boolean not null,
    mandatory boolean not null,
    decision text not null default 'pending',
    reason text not null default '',
    publication_id bigint,
    primary key (campaign_id, id),
    constraint roster_entry_association_key unique (campaign_id, association_id),
    constraint roster_entry_recommendation_fk foreign key (campaign_id, recommendation_id) references recommendation,
    constraint roster_entry_association_fk foreign key (campaign_id, association_id) references association,
    constraint roster_entry_publication_fk foreign key (campaign_id, publication_id) references roster_publication,
    constraint roster_entry_decision_check check (decision in ('pending', 'accepted', 'struck', 'added', 'later'))
);
create index roster_entry_recommendation_index on roster_entry (campaign_id, recommendation_id, id);
create index roster_entry_publication_index on roster_entry (campaign_id, publication_id, id);
comment on table roster_entry is 'Each in-scope association of a unit: recommended or not, and what the office decided.';
