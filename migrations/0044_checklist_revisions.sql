-- A new edition of the survey after the checklist exists (domain 7.1, TC-39).
create table checklist_revision (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    survey_id bigint not null,
    edition integer not null,
    applied_on date not null,
    account_id bigint not null references account,
    added integer not null,
    lapsed integer not null,
    kept integer not null,
    primary key (campaign_id, id),
    constraint checklist_revision_edition_key unique (campaign_id, association_id, edition),
    constraint checklist_revision_association_fk foreign key (campaign_id, association_id) references association,
    constraint checklist_revision_survey_fk foreign key (campaign_id, survey_id) references survey
);
comment on table checklist_revision is 'Which edition of the survey a checklist was brought up to, and what that changed.';
