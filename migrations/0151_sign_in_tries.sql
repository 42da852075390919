-- Tries of passwords, counted before the password is looked at (security.md S6).

create table sign_in_try (
    kind text not null,
    name bytea not null,
    address text not null,
    spent_until timestamptz not null default 'epoch',
    taken_at timestamptz not null default 'epoch',
    asked_at timestamptz not null default 'epoch',
    primary key (kind, name, address),
    constraint sign_in_try_kind_check check (kind in ('address', 'new_here', 'new_anywhere', 'known_here', 'known_anywhere', 'session'))
);
create index sign_in_try_name_index on sign_in_try (name);
create index sign_in_try_spent_index on sign_in_try (spent_until);
comment on table sign_in_try is 'What is left of each allowance of tries: of an address, of an account name from an address, of an account name. A row that is long over may be deleted at any time.';
comment on column sign_in_try.name is 'SHA-256 of the name typed, existing or not: a password typed in the wrong place must not be kept.';
comment on column sign_in_try.spent_until is 'When the last of the tries spent will have come back.';
comment on column sign_in_try.asked_at is 'The last try, refused ones included; taken_at is the last that was let through.';
