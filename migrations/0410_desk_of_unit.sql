-- What lies in others' hands of a unit's matters, by its first day: the workbench counts and lists it.
create index desk_of_unit_index on desk (campaign_id, unit_id, due_on);
