-- What the office found of each part of a plan while reading it was kept nowhere: whoever was called away
-- read all fifteen parts again, and the head did not see what the clerk had found.
create table plan_mark (
    campaign_id integer not null references campaign,
    plan_id bigint not null,
    round integer not null,
    part text not null,
    passed boolean not null,
    remark text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, plan_id, round, part),
    constraint plan_mark_plan_fk foreign key (campaign_id, plan_id) references plan,
    constraint plan_mark_remark_check check (not (passed and remark <> ''))
);
comment on table plan_mark is 'What the office found of each part of a plan in a round: passed, or what is to be mended; part '''' is the whole. The office''s own until the plan is returned.';
grant select, insert, update, delete on plan_mark to tuogou_app;
