-- 工作进度 (domain 9.1): what each task of the journey counts of each association, and the
-- same added up. The timeline of 70,000 associations took 5 s, because every page counted
-- surveys, plans, notices, approvals and items anew. Both follow from the states alone: the
-- transaction that moves a matter writes them with its desk, `tuogou desk verify` computes
-- them again. Nothing in them depends on the day. No foreign keys, as of the desk. Tasks are
-- keys, compared as bytes: by the database's own collation a page spends half its time on them.
create table task_standing (
    campaign_id integer not null,
    association_id bigint not null,
    task text collate "C" not null,
    department_id bigint not null,
    unit_id bigint not null,
    total integer not null,
    done integer not null,
    late integer not null,
    pending integer not null,
    waiting integer not null,
    started boolean not null,
    still integer not null,
    done_on date,
    open_due date,
    constraint task_standing_pkey primary key (campaign_id, association_id, task, department_id)
);
-- The last day on which one was done, and the earliest that an open one has.
create index task_standing_done_index on task_standing (campaign_id, task, department_id, unit_id, done_on) where done_on is not null;
create index task_standing_due_index on task_standing (campaign_id, task, department_id, unit_id, open_due) where open_due is not null;
create table task_count (
    campaign_id integer not null,
    task text collate "C" not null,
    department_id bigint not null,
    unit_id bigint not null,
    lines integer not null,
    total integer not null,
    done integer not null,
    late integer not null,
    pending integer not null,
    waiting integer not null,
    started integer not null,
    still integer not null,
    dated integer not null,
    owing integer not null,
    constraint task_count_pkey primary key (campaign_id, task, department_id, unit_id)
);
-- One unit's own timeline.
create index task_count_unit_index on task_count (campaign_id, unit_id);
-- What stands so far was made without them: the next start makes everything anew.
delete from desk_day;
comment on table task_standing is 'What a task of the timeline counts of one association.';
comment on column task_standing.task is 'What the task measures (timeline.toml); of several that count items of some measures: its code.';
comment on column task_standing.department_id is 'Who carries it out: of prior approvals the department asked, else the unit.';
comment on column task_standing.unit_id is 'Who sees it as theirs.';
comment on table task_count is 'The same added up by who carries it out and whose it is.';
comment on column task_count.lines is 'How many rows of task_standing.';
comment on column task_count.started is 'In how many of them something was begun.';
comment on column task_count.dated is 'How many of them have a done_on.';
comment on column task_count.owing is 'How many of them have an open_due.';
