-- 在谁手里: who must act next on what, until when (domain 9.1, 9.3; acts.md 4). Workbench,
-- reminders, timeline and every page of a matter read it by index, whatever the number of
-- associations. It follows from the states alone: the transaction that moves a matter writes
-- it, `tuogou desk verify` computes it again. No foreign keys: what the desk says of a row
-- stands and falls with that row's own state, and a seeded database is copied without it.
create table desk (
    campaign_id integer not null,
    kind text not null,
    case_id bigint not null,
    association_id bigint,
    unit_id bigint not null,
    department_id bigint not null,
    role text not null,
    act text not null,
    since date not null,
    from_on date,
    due_on date,
    count integer not null default 1,
    suspended boolean not null default false,
    constraint desk_pkey primary key (campaign_id, kind, case_id, department_id, role, act),
    constraint desk_count_check check (count > 0)
);
-- A workbench: what one role of one department has, the earliest day first.
create index desk_workbench_index on desk (campaign_id, department_id, role, due_on, association_id);
-- What is late or nearly so, whoever has it: 催办 and 督办.
create index desk_due_index on desk (campaign_id, due_on, department_id) where not suspended;
-- A task of the timeline: all matters of a kind and who has them.
create index desk_kind_index on desk (campaign_id, kind, act, department_id, due_on);
-- One association's page, and what the next act of its file writes again.
create index desk_association_index on desk (campaign_id, association_id);
-- What is a unit's own, as that is written again.
create index desk_unit_index on desk (campaign_id, unit_id) where association_id is null;
comment on table desk is 'Pairs of hands in which matters lie: one row for each. A checklist is one row for each role, act and association.';
comment on column desk.kind is 'Case::KIND, or what has no machine of its own: scope, survey_start, plan_start, revision, founding, amendment, post, post_register, workgroup, nil_report, reminder.';
comment on column desk.case_id is 'Key of the matter; of a checklist, a scope and the like: of the association, of a unit''s own task: of the department.';
comment on column desk.association_id is 'Whose matter it is; none: a unit''s own.';
comment on column desk.unit_id is 'The responsible unit, whoever has it now.';
comment on column desk.since is 'Since when it lies there.';
comment on column desk.from_on is 'It is nobody''s work before this day.';
comment on column desk.due_on is 'The end of this day; none: no day is set.';
comment on column desk.count is 'How many things of a checklist it is.';
comment on column desk.suspended is '暂停办理 (FD-4): in no list of late matters, no reminder.';
