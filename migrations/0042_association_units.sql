-- The responsible unit changes mid-way (TC-62): who answered for an association from when until when.
create table association_unit (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    department_id bigint not null,
    since date not null,
    until date,
    document text not null,
    document_date date,
    account_id bigint references account,
    primary key (campaign_id, id),
    constraint association_unit_association_fk foreign key (campaign_id, association_id) references association,
    constraint association_unit_department_fk foreign key (campaign_id, department_id) references department,
    constraint association_unit_dates_check check (until is null or until >= since)
);
create unique index association_unit_current_key on association_unit (campaign_id, association_id) where until is null;
create index association_unit_department_index on association_unit (campaign_id, department_id, since);
comment on table association_unit is 'Periods of responsibility; rows exist only once a unit has changed.';
