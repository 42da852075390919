-- The record of the case file that a link of the chain speaks of: history finds the values
-- that an act changed, and verification compares the row with its digest. Links of version
-- 1 have none.

alter table audit_record add column record_id bigint;
create index audit_record_record_index on audit_record (campaign_id, record_id) where record_id is not null;
comment on column audit_record.record_id is 'act_record of the same act; a copy for searching, as the other columns are.';
