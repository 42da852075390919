-- As of which day and under which parameters the desk stands. A day on which parameters or
-- windows take effect computes it again before its first page; most days change nothing.
create table desk_day (
    campaign_id integer primary key references campaign,
    stands_on date not null,
    changes bigint not null,
    newest bigint not null,
    windows bigint not null,
    record_id bigint not null default 0
);
comment on table desk_day is 'The day as of which the desk stands; no row: it has not been made yet.';
comment on column desk_day.changes is 'Changes of parameters in force on that day.';
comment on column desk_day.newest is 'The newest of them.';
comment on column desk_day.windows is 'The newest move of a task''s window.';
comment on column desk_day.record_id is 'The newest act that the desk knows of: where the case file goes on without it, an older program has run meanwhile.';
