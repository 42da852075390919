-- A report that was made in time and sent back may be made again for some working days (9.2, FD-3):
-- what the unit owes is due on the later of both days. What it has reported in time is late no more,
-- however long it waits for the verifier.
alter table item add column again_on date;
comment on column item.again_on is 'A report made in time was sent back: until this day it may be made again.';
alter table item add column owed_on date not null generated always as (greatest(deadline, again_on)) stored;
comment on column item.owed_on is 'D of 9.2: the deadline, or the later day until which it may be reported again.';
update association_progress p
set next_deadline = (select min(i.owed_on) from item i
                     where i.campaign_id = p.campaign_id and i.association_id = p.association_id
                       and i.track = p.track and i.mandatory
                       and (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                            or i.state = 'reported_done' and i.reported_on > i.owed_on))
where p.next_deadline is not null;
update association_progress p
set fixed_deadline = (select min(i.owed_on) from item i
                      where i.campaign_id = p.campaign_id and i.association_id = p.association_id
                        and i.track = p.track and i.mandatory
                        and (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                             or i.state = 'reported_done' and i.reported_on > i.owed_on)
                        and i.due_by in ('granted', 'statute', 'office_space_due', 'appropriation_stop', 'issue_date'))
where p.fixed_deadline is not null;
comment on column association_progress.next_deadline is
    'Earliest day of a mandatory item that is neither resolved nor reported in time: red and yellow follow from it and today.';
delete from desk_day;
