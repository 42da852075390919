-- Every list asks whether an association was taken off the published list. Few were,
-- and without this each page read all rows of all lists (performance.md 10.3).

create index roster_entry_withdrawn_index on roster_entry (campaign_id, association_id)
    where withdrawn_by is not null;
