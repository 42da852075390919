-- What a unit has finished, the newest first.
create index item_resolved_index on item (campaign_id, department_id, resolved_on desc, id desc)
    where mandatory and state in ('verified', 'accepted', 'exempted');
