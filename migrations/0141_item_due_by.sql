-- Why an item is due on its day (domain 7.1): a stage that is moved takes along what
-- ends with it, and nothing else.

alter table item add column due_by text not null default 'implement_due';
comment on column item.due_by is 'plan: a step of the plan; granted: a later day that a department granted; else the name of the scheme''s date.';

update item i set due_by = case
    when exists (select 1 from item_extension e
                 where e.campaign_id = i.campaign_id and e.item_id = i.id and e.state = 'granted') then 'granted'
    when i.deadline::text = c.parameters ->> 'implement_due' then 'implement_due'
    when i.deadline::text = c.parameters ->> 'registration_due' then 'registration_due'
    when i.deadline::text = c.parameters ->> 'office_space_due' then 'office_space_due'
    when i.deadline::text = c.parameters ->> 'appropriation_stop' then 'appropriation_stop'
    else 'plan' end
from campaign c where c.id = i.campaign_id;

create index item_due_by_index on item (campaign_id, due_by)
    where state in ('open', 'in_progress', 'reported_done', 'returned');
