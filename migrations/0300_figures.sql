-- One fact, one figure (domain 11.2): what pages count of each association, and the same added
-- up by unit, step, scope and list. Dashboard and statistics counted for themselves and came to
-- different numbers under one word (52/53 and 48/49); at 70,000 associations they took half a
-- second. Both follow from the states alone: the transaction that moves a matter writes them with
-- its desk, `tuogou check drift` computes them again. Nothing in them depends on the day; whoever
-- is still there is gone on 'infinity', so that days compare. No foreign keys, as of the desk.
create table figure_standing (
    campaign_id integer not null,
    association_id bigint not null,
    department_id bigint not null,
    department_then bigint not null,
    batch bigint not null,
    stage text collate "C" not null,
    scope text collate "C" not null,
    fresh boolean not null,
    gone_on date not null,
    listed boolean not null,
    published boolean not null,
    outcome text collate "C" not null,
    due_on date,
    tracks text[] not null,
    applicable integer[] not null,
    resolved integer[] not null,
    reported integer[] not null,
    constraint figure_standing_pkey primary key (campaign_id, association_id),
    constraint figure_standing_outcome_check check (outcome in ('', 'complete', 'basic'))
);
create table figure_count (
    campaign_id integer not null,
    department_id bigint not null,
    department_then bigint not null,
    batch bigint not null,
    stage text collate "C" not null,
    scope text collate "C" not null,
    fresh boolean not null,
    gone_on date not null,
    listed boolean not null,
    published boolean not null,
    outcome text collate "C" not null,
    associations integer not null,
    constraint figure_count_pkey primary key (campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on,
                                              listed, published, outcome)
);
create table figure_due (
    campaign_id integer not null,
    department_id bigint not null,
    due_on date not null,
    associations integer not null,
    constraint figure_due_pkey primary key (campaign_id, department_id, due_on)
);
create table figure_track (
    campaign_id integer not null,
    department_id bigint not null,
    batch bigint not null,
    listed boolean not null,
    gone boolean not null,
    track text collate "C" not null,
    associations integer not null,
    complete integer not null,
    applicable integer not null,
    resolved integer not null,
    reported integer not null,
    constraint figure_track_pkey primary key (campaign_id, department_id, batch, listed, gone, track)
);
-- What stands so far was made without them: the next start makes everything anew.
delete from desk_day;
comment on table figure_standing is 'What pages count of one association.';
comment on column figure_standing.department_then is 'The unit that answered for it on the day of the first published list; before: the one that does.';
comment on column figure_standing.batch is 'The published list it stands on; 0: none.';
comment on column figure_standing.fresh is 'Registered since the scheme was issued.';
comment on column figure_standing.gone_on is 'The day on which it left; infinity: it is there.';
comment on column figure_standing.outcome is 'complete: five separations done; basic: open only in what has its own later deadline.';
comment on column figure_standing.due_on is 'Earliest deadline of what is not resolved, T6 included; none: nothing, or it stands still.';
comment on table figure_count is 'The same counted.';
comment on table figure_due is 'How many associations have their earliest deadline on a day.';
comment on table figure_track is 'Items and associations by track.';
