-- What a state demands of its row holds when the act is committed. The one way of every
-- act sets the state in a statement of its own, so a check at each statement would refuse
-- the row between its two halves; the trigger looks at the row as it then stands, and only
-- where a statement has left it unfinished.
create function row_holds() returns trigger language plpgsql as $$
declare
    holds boolean;
begin
    execute format('select (%s) from %I where campaign_id = $1 and id = $2', tg_argv[0], tg_table_name)
        into holds using new.campaign_id, new.id;
    if holds is false then
        raise exception 'row % of "%" violates "%"', new.id, tg_table_name, tg_name
            using errcode = 'check_violation', table = tg_table_name, constraint = tg_name;
    end if;
    return null;
end
$$;
comment on function row_holds() is 'whether a row satisfies the condition that its trigger names, when the act is committed';

alter table item drop constraint item_resolved_check;
create constraint trigger item_resolved_check after insert or update on item deferrable initially deferred
    for each row when (not ((new.resolved_on is not null) = (new.state in ('verified', 'accepted', 'exempted'))))
    execute function row_holds('(resolved_on is not null) = (state in (''verified'', ''accepted'', ''exempted''))');

alter table plan_change drop constraint plan_change_decided_check;
create constraint trigger plan_change_decided_check after insert or update on plan_change deferrable initially deferred
    for each row when (not ((new.decided_on is null) = (new.state = 'pending')))
    execute function row_holds('(decided_on is null) = (state = ''pending'')');

alter table item_extension drop constraint item_extension_decided_check;
create constraint trigger item_extension_decided_check after insert or update on item_extension deferrable initially deferred
    for each row when (not ((new.decided_on is null) = (new.state = 'asked')))
    execute function row_holds('(decided_on is null) = (state = ''asked'')');

alter table holding drop constraint holding_decided_check;
create constraint trigger holding_decided_check after insert or update on holding deferrable initially deferred
    for each row when (not ((new.state = 'approved') = (new.decided_on is not null)))
    execute function row_holds('(state = ''approved'') = (decided_on is not null)');

alter table activity drop constraint activity_result_check;
create constraint trigger activity_result_check after insert or update on activity deferrable initially deferred
    for each row when (not ((new.state = 'done') = (new.result_on is not null)))
    execute function row_holds('(state = ''done'') = (result_on is not null)');

alter table supervision_order drop constraint supervision_order_closed_check;
create constraint trigger supervision_order_closed_check after insert or update on supervision_order deferrable initially deferred
    for each row when (not ((new.closed_on is not null) = (new.state in ('closed', 'discarded'))))
    execute function row_holds('(closed_on is not null) = (state in (''closed'', ''discarded''))');

alter table supervision_order drop constraint supervision_order_number_check;
create constraint trigger supervision_order_number_check after insert or update on supervision_order deferrable initially deferred
    for each row when (not ((new.number is null) = (new.state in ('draft', 'discarded'))))
    execute function row_holds('(number is null) = (state in (''draft'', ''discarded''))');

alter table roster_request drop constraint roster_request_decided_check;
create constraint trigger roster_request_decided_check after insert or update on roster_request deferrable initially deferred
    for each row when (not ((new.state = 'decided') = (new.amendment_id is not null)))
    execute function row_holds('(state = ''decided'') = (amendment_id is not null)');
