-- Where `tuogou bench seed` has multiplied a campaign: its case-file rows were never
-- acts, so no link of the audit chain speaks of them, and `audit verify` says so.

create table seeding (
    campaign_id integer primary key references campaign,
    associations integer not null,
    case_file_rows bigint not null,
    seeded_at timestamptz not null,
    constraint seeding_rows_check check (associations > 0 and case_file_rows >= 0)
);
comment on table seeding is 'The mark of a made-up database: how large it is, and how many case-file rows stand outside the audit chain.';

revoke insert, update, delete, truncate on seeding from tuogou_app;
