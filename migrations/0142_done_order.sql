-- What a person has done stands by the time of the act: acts told afterwards (an import,
-- the demonstration) have later numbers than their days.

create index act_record_account_at_index on act_record (campaign_id, account_id, at desc, id desc);
drop index act_record_account_index;
