-- 申请更正 of a recommendation that was decided on: it is a unit's own and no association's,
-- and its acts stand under the unit.
alter table correction alter column association_id drop not null;
alter table correction drop constraint correction_kind_check;
alter table correction add constraint correction_kind_check
    check (kind in ('survey', 'plan', 'condition', 'item', 'department'));
alter table correction add constraint correction_owner_check
    check ((kind = 'department') = (association_id is null));
create index correction_case_index on correction (campaign_id, kind, case_id, id);

create function end_correction_of_recommendation() returns trigger language plpgsql as $$
begin
    update correction
    set state = case when new.state = 'published' then 'lapsed' else 'returned' end, version = version + 1
    where campaign_id = new.campaign_id and kind = 'department' and case_id = new.department_id and state = 'asked';
    return null;
end
$$;
comment on function end_correction_of_recommendation() is
    'Ends the request to correct a recommendation that its unit has again, or that is published.';
create trigger recommendation_correction_ends after update of state on recommendation for each row
    when (old.state <> new.state and new.state in ('draft', 'returned', 'published'))
    execute function end_correction_of_recommendation();
