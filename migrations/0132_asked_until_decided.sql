-- 任职审批: what is asked for waits until it is decided, and can be asked for again (PE-6).

update post_holder set asked_on = null where approval_date is not null;
comment on column post_holder.asked_on is 'An approval or a filing is asked for since this day and not decided yet.';
