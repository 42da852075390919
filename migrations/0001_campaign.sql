-- The campaign and the departments that take part in it (scheme 二, 五).
-- Every campaign table leads its key with campaign_id: one installation serves
-- many districts, and the data can be distributed by it (design.md 5).

create table campaign (
    id integer primary key,
    scheme text not null,
    name text not null,
    demonstration boolean not null default false
);
comment on table campaign is 'One district''s run of one scheme.';

create table department (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    code text not null,
    name text not null,
    short_name text not null,
    kind text not null,
    civil_service_law text not null default 'applies',
    competences text[] not null default '{}',
    supervises boolean not null default false,
    parent_id bigint,
    active boolean not null default true,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint department_code_key unique (campaign_id, code),
    constraint department_name_key unique (campaign_id, name),
    constraint department_parent_fk foreign key (campaign_id, parent_id) references department,
    constraint department_law_check check (civil_service_law in ('applies', 'by_reference', 'none'))
);
comment on table department is 'Organs and other bodies: supervising units, specialist departments, the office.';
comment on column department.competences is 'Competence codes of the scheme: BB CZ JG ZZ RS SJ FG CA OFFICE.';
