-- 任职清理: who holds posts in associations, and what becomes of it (scheme 三(四); domain 8).

create table post_register (
    campaign_id integer not null references campaign,
    association_id bigint not null,
    survey_edition integer not null,
    opened_on date not null,
    declared_on date,
    return_reason text,
    cleared_on date,
    version integer not null default 1,
    primary key (campaign_id, association_id),
    constraint post_register_association_fk foreign key (campaign_id, association_id) references association
);
comment on table post_register is 'The register of posts of one association: opened from a confirmed survey, declared by the unit''s leader.';
comment on column post_register.cleared_on is 'Since when T4-03 is verified: forbidden people who appear later open it again (PE-18).';

create table post_holder (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    number integer not null,
    survey_key text,
    name text not null,
    sex text,
    birth date,
    id_tail text,
    organ text not null default '',
    rank text not null default '',
    identity text not null,
    post text not null,
    is_officer boolean not null default false,
    is_legal_rep boolean not null default false,
    kind text not null,
    post_start date,
    term_no integer,
    terms_served integer,
    paid boolean not null default false,
    pay_cents bigint,
    other_posts integer not null default 0,
    other_posts_note text not null default '',
    retired_on date,
    relevant boolean,
    recommended boolean not null default false,
    still_filed boolean not null default false,
    notes text not null default '',
    resign_by date,
    resigned_on date,
    evidence text not null default '',
    choice text,
    chosen_on date,
    civil_status_ended_on date,
    contract_on date,
    placed_on date,
    placement_document text,
    recovered_on date,
    recovery_document text,
    asked_on date,
    approval_kind text,
    approval_authority text,
    approval_number text,
    approval_date date,
    approval_until date,
    approval_opinion text,
    ruled_age_limit bigint,
    ruled_age_exceeded boolean,
    added_on date not null,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint post_holder_register_fk foreign key (campaign_id, association_id) references post_register,
    constraint post_holder_number_key unique (campaign_id, association_id, number),
    constraint post_holder_survey_key unique (campaign_id, association_id, survey_key),
    constraint post_holder_identity_check check (identity in ('incumbent', 'off_post', 'serving', 'retired_cadre',
        'retired_servant', 'institution', 'diverted', 'hired', 'member')),
    constraint post_holder_post_check check (post in ('president', 'vice_president', 'secretary', 'executive', 'director',
        'supervisor', 'honorary', 'adviser', 'staff')),
    constraint post_holder_kind_check check (kind in ('full', 'concurrent')),
    constraint post_holder_choice_check check (choice in ('stay', 'leave') and chosen_on is not null or choice is null),
    constraint post_holder_approval_check check ((approval_kind is null) = (approval_date is null)
        and approval_kind in ('approved', 'filed', 'refused'))
);
create index post_holder_name_index on post_holder (campaign_id, name, id);
comment on table post_holder is 'One person in one post; the category is computed from it each day and kept nowhere (PE-2). Personal data.';
comment on column post_holder.number is '人员第n号: how records speak of the person without the name (domain 2.1).';
comment on column post_holder.survey_key is 'Key of the row SV-60 of the survey; none: registered here.';
comment on column post_holder.ruled_age_limit is 'The age limit in force on the approval''s own date (TC-51).';
