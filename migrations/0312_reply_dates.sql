-- A reply that comes after a step of the plan gives its items new dates (FD-2): what the office's head gave with it,
-- the day before and what gave that. Items are named by their numbers, since they are made when the plan is begun.
create table reply_date (
    campaign_id integer not null references campaign,
    plan_id bigint not null,
    item text not null,
    was date not null,
    was_by text not null,
    due date not null,
    primary key (campaign_id, plan_id, item),
    constraint reply_date_plan_fk foreign key (campaign_id, plan_id) references plan
);
comment on table reply_date is 'New dates of items whose step, or whose date of the batch, lay before the reply.';
