-- What an association is called and what stands on its certificate has periods: valid from,
-- until, by which document (domain 7.10, FZ-2). The responsible unit's are in association_unit.
-- Rows exist only once something has changed.
create table association_period (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    field text not null,
    value text not null,
    value_key text not null,
    since date not null,
    until date,
    document text not null,
    account_id bigint references account,
    primary key (campaign_id, id),
    constraint association_period_association_fk foreign key (campaign_id, association_id) references association,
    constraint association_period_field_check check (field in ('name', 'uscc', 'domicile', 'legal_representative',
        'business_scope', 'scope')),
    constraint association_period_dates_check check (until is null or until >= since)
);
create unique index association_period_current_key on association_period (campaign_id, association_id, field)
    where until is null;
create index association_period_association_index on association_period (campaign_id, association_id, field, since);
comment on table association_period is 'Periods of names, codes, domicile, legal representative, scope of business and decision on scope.';
comment on column association_period.value_key is 'The value as search compares it; former names stay findable.';
comment on column association.grams is 'Characters and bigrams of names and codes, former ones too, for two-character search.';

create table department_name (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    department_id bigint not null,
    name text not null,
    short_name text not null,
    since date not null,
    until date,
    document text not null,
    account_id bigint references account,
    primary key (campaign_id, id),
    constraint department_name_department_fk foreign key (campaign_id, department_id) references department,
    constraint department_name_dates_check check (until is null or until >= since)
);
create unique index department_name_current_key on department_name (campaign_id, department_id) where until is null;
comment on table department_name is 'Periods of the names of departments.';
