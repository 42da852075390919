-- What the lists need at 70,000 associations (performance.md 4 and 8): every sort
-- has its index, letters of pinyin are found from the middle of a name, and what
-- is due is found by its day. tests/walls/scale.rs looks at the plans.

create function initials_pieces(initials text) returns text[]
    language sql immutable strict parallel safe
    as $$
        select coalesce(array_agg(distinct piece), '{}')
        from (select substr(initials, place, 1) as piece from generate_series(1, length(initials)) place
              union all
              select substr(initials, place, 2) from generate_series(1, length(initials) - 1) place) pieces
    $$;
comment on function initials_pieces(text) is 'Single letters and pairs of neighbours, as in grams.';

-- It served only searches from the first letter on, and there are none.
drop index association_initials_index;
create index association_initials_index on association using gin (initials_pieces(initials));
create index association_registered_index on association (campaign_id, registered_on, id);
create index association_by_department_index on association (campaign_id, department_id, sort_key, id);
-- The figures of dashboard and roster are counted from it alone.
create index association_figures_index on association (campaign_id, department_id, scope, stage) include (id, registered_on);
create index association_progress_due_index on association_progress (campaign_id, next_deadline, association_id)
    where next_deadline is not null;
create index association_progress_open_index on association_progress (campaign_id, track, association_id)
    where resolved < applicable;
-- Who verifies sees the longest waiting first.
create index item_reported_index on item (campaign_id, reported_on, id) where state = 'reported_done';
