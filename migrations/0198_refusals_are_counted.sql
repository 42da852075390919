-- Who knocks at locked doors a thousand times a minute filled the chain with a thousand
-- links, each under its lock. The first refusal of an account in a minute is a link, the
-- rest are counted here.

create table access_refusal (
    campaign_id integer not null references campaign,
    account_id bigint not null references account,
    minute timestamptz not null,
    refusals integer not null default 1 check (refusals > 0),
    primary key (campaign_id, account_id, minute)
);
comment on table access_refusal is 'Refused accesses of an account by minute, the chained first one included.';
