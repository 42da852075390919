-- A workbench is paged and counted: its index says of each row what stands aside, so that
-- sixty thousand rows of the office's head are counted without being read. What rests is a
-- few of them, in an order of its own.
create index desk_hands_index on desk (campaign_id, department_id, role, due_on, association_id) include (suspended, from_on);
drop index desk_workbench_index;
create index desk_resting_index on desk (campaign_id, department_id, role, due_on, association_id) where suspended;
