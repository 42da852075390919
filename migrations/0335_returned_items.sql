-- A unit's items that were sent back, for its dashboard: among all of its open ones they were
-- read one by one (2,300 of the largest unit to find none).
create index item_returned_index on item (campaign_id, department_id, id) where mandatory and state = 'returned';
