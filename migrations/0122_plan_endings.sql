-- What is open of a plan ends with it: changes, later dates, notices (6.3).
alter table plan_change drop constraint plan_change_state_check;
alter table plan_change add constraint plan_change_state_check check (state in ('pending', 'approved', 'rejected', 'lapsed'));
alter table item_extension drop constraint item_extension_state_check;
alter table item_extension add constraint item_extension_state_check check (state in ('asked', 'granted', 'refused', 'lapsed'));
alter table linked_notice add column closed_on date;
comment on column linked_notice.closed_on is 'The plan ended before an answer came; none is waited for.';
