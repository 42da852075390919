-- A delegation ends with its principal (TC-63): who gave it must hold the capacity and be
-- in use. The acts end such delegations on record; this holds it whatever was written.
create or replace function capacities_on(campaign integer, day date)
    returns table (capacity_id bigint, account_id bigint, department_id bigint, role text, association_id bigint,
                   principal_id bigint)
    language sql stable
    as $$
        select c.id, c.account_id, c.department_id, c.role, c.association_id, g.from_account_id
        from capacity c
        left join delegation g on g.campaign_id = c.campaign_id and g.id = c.delegation_id
        where c.campaign_id = campaign
          and (c.delegation_id is null
               or (g.ended_on is null and day between g.from_on and g.to_on
                   and exists (select from capacity o
                               join account p on p.id = o.account_id and p.disabled_at is null
                               where o.campaign_id = g.campaign_id and o.account_id = g.from_account_id
                                 and o.department_id = g.department_id and o.role = g.role
                                 and o.delegation_id is null)))
    $$;
