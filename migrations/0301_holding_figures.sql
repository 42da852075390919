-- 资产财务统计 (domain 11.1 DB-8): what each association's registers count in each figure, and the
-- same added up by unit. The page read every survey, plan and entry of the district: at 70,000
-- associations it was given up after five seconds. Kept with the desk, as the other figures are.
create table holding_standing (
    campaign_id integer not null,
    association_id bigint not null,
    figure text collate "C" not null,
    department_id bigint not null,
    lines integer not null,
    sum bigint not null,
    constraint holding_standing_pkey primary key (campaign_id, association_id, figure)
);
-- The rows behind a number, a page at a time.
create index holding_standing_figure_index on holding_standing (campaign_id, figure, association_id);
create index holding_standing_unit_index on holding_standing (campaign_id, figure, department_id, association_id);
create table holding_count (
    campaign_id integer not null,
    figure text collate "C" not null,
    department_id bigint not null,
    associations integer not null,
    lines integer not null,
    sum bigint not null,
    constraint holding_count_pkey primary key (campaign_id, figure, department_id)
);
delete from desk_day;
comment on table holding_standing is 'What an association''s registers count in a figure: rows, and their sum.';
comment on column holding_standing.department_id is 'The unit that answers for it.';
comment on table holding_count is 'The same added up by unit.';
