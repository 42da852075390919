-- What was done since a day begins at that day's first record: whoever was never here before
-- is told of the last days without the whole case files being read.
create index act_record_at_index on act_record (campaign_id, at, id);
