-- The figures of dashboard and roster are still counted from an index alone, now
-- that exits count in them; and newer editions of surveys are few.
drop index association_figures_index;
create index association_figures_index on association (campaign_id, department_id, scope, stage)
    include (id, registered_on, exited_on);
create index survey_newer_index on survey (campaign_id, association_id, edition)
    where edition > 1 and state = 'confirmed';
