-- What the office found of a survey while reading it was kept nowhere until it was sent back.
create table survey_mark (
    campaign_id integer not null references campaign,
    survey_id bigint not null,
    place text not null,
    passed boolean not null,
    remark text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, survey_id, place),
    constraint survey_mark_survey_fk foreign key (campaign_id, survey_id) references survey,
    constraint survey_mark_remark_check check (passed = (remark = ''))
);
comment on table survey_mark is 'What the office found of a survey since it was last sent: sections that passed, and what is to be mended at a question. The office''s own until the survey is returned.';
grant select, insert, update, delete on survey_mark to tuogou_app;
