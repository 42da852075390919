-- The unit's clerk hands an item to the leader, who reports it as done or gives it back:
-- until then it is as open as any.
alter table item drop constraint item_state_check;
alter table item add constraint item_state_check check (state in ('open', 'in_progress', 'for_signature', 'reported_done',
    'verified', 'accepted', 'returned', 'exempted', 'not_applicable'));
drop index item_open_index;
create index item_open_index on item (campaign_id, deadline, id)
    where mandatory and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned');
drop index item_department_open_index;
create index item_department_open_index on item (campaign_id, department_id, deadline, id)
    where mandatory and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned');
drop index item_due_by_index;
create index item_due_by_index on item (campaign_id, due_by)
    where state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned');
