-- What somebody has typed and not saved was kept in one tab of one browser, silently: another tab
-- or machine, or a closed window, and it was gone. It is nobody's but theirs, no part of any matter,
-- in no list, search or export, without a record, and is deleted once saved or after fourteen days.
create table draft (
    account_id bigint not null references account,
    address text not null,
    fields jsonb not null,
    kept_at timestamptz not null,
    constraint draft_pkey primary key (account_id, address),
    constraint draft_address_check check (address like '/%' and length(address) <= 300)
);
create index draft_kept_index on draft (kept_at);
comment on table draft is 'What an account has typed into a form and not saved, by the address of the form; read by that account alone, for fourteen days.';
