-- The survey (摸底调查) of each association, by version (scheme 四·1·1).

create table survey (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    edition integer not null,
    state text not null default 'draft',
    answers jsonb not null default '{}',
    sections_done text[] not null default '{}',
    section_versions jsonb not null default '{}',
    acknowledged jsonb not null default '{}',
    submitted_by bigint references account,
    submitted_department bigint,
    submitted_at timestamptz,
    confirmed_by bigint references account,
    confirmed_at timestamptz,
    confirmed_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint survey_edition_key unique (campaign_id, association_id, edition),
    constraint survey_association_fk foreign key (campaign_id, association_id) references association,
    constraint survey_state_check check (state in ('draft', 'submitted', 'returned', 'confirmed', 'superseded'))
);
create index survey_state_index on survey (campaign_id, state, submitted_at);
comment on table survey is 'Answers keyed by question code of the scheme; money in cents, areas in hundredths of m².';
comment on column survey.section_versions is 'Section code → how often it was saved: two people may write two sections at once (TC-55).';
comment on column survey.acknowledged is 'Warning code → sentence that explains it for the answers as they stand.';

create table survey_opinion (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    survey_id bigint not null,
    question text not null,
    opinion text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint survey_opinion_survey_fk foreign key (campaign_id, survey_id) references survey
);
create index survey_opinion_survey_index on survey_opinion (campaign_id, survey_id, id);
comment on table survey_opinion is 'What the office asked to be mended, beside the question concerned.';

create table nil_report (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    subject text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, department_id, subject),
    constraint nil_report_department_fk foreign key (campaign_id, department_id) references department,
    constraint nil_report_subject_check check (subject in ('survey', 'roster'))
);
comment on table nil_report is '零报告: a unit without associations says so, so that "all units reported" can be decided (TC-04).';
