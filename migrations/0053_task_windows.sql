-- When a task may begin and must end, moved by the office's head on record (domain 9.1).

create table task_window (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    task text not null,
    from_before date not null,
    due_before date not null,
    from_now date not null,
    due_now date not null,
    reason text not null,
    account_id bigint not null references account,
    moved_on date not null,
    primary key (campaign_id, id),
    constraint task_window_dates_check check (due_now >= from_now)
);
create index task_window_task_index on task_window (campaign_id, task, id desc);
comment on table task_window is 'Every move of a task''s window with the days before; the newest is in force.';
