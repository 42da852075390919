-- A deadline says by how many working days of standstill it was moved, and the counters
-- leave out what stands still (FD-4): it is in no list of late matters. Of what stands
-- still the earliest date that goes on all the same is counted apart.
alter table item add column stood integer not null default 0;
comment on column item.stood is 'Working days by which the deadline moved because the association stood still.';
alter table association_progress add column fixed_deadline date;
comment on column association_progress.fixed_deadline is
    'While the association stands still: the earliest deadline, of what is not resolved, that goes on all the same (《方案》, an approved exception).';

update association_progress p
set next_deadline = null,
    fixed_deadline = (select min(i.deadline) from item i
                      where i.campaign_id = p.campaign_id and i.association_id = p.association_id and i.track = p.track
                        and i.mandatory and i.state in ('open', 'in_progress', 'reported_done', 'returned')
                        and i.due_by in ('granted', 'office_space_due', 'appropriation_stop', 'issue_date'))
where exists (select from suspension s where s.campaign_id = p.campaign_id and s.association_id = p.association_id
                and s.until_on is null);
