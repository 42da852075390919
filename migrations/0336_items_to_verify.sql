-- Who verifies sees the items reported first of each measure. Many are reported on one day: with the
-- key behind the day they come in order, instead of 15,000 being read and sorted for fifty.
create index item_to_verify_index on item (campaign_id, measure, reported_on, id) where state = 'reported_done';
drop index item_waiting_index;
