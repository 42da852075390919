-- People, the capacities in which they act, their sessions and failed sign-ins.

create table account (
    id bigint generated always as identity primary key,
    username text not null,
    display_name text not null,
    password_hash text not null,
    must_change_password boolean not null default true,
    disabled_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    constraint account_username_key unique (username),
    constraint account_username_check check (username = lower(username) and username <> '')
);
comment on table account is 'A person who can sign in.';

create table capacity (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    account_id bigint not null references account,
    department_id bigint not null,
    role text not null,
    association_id bigint,
    primary key (campaign_id, id),
    constraint capacity_department_fk foreign key (campaign_id, department_id) references department
);
create unique index capacity_pair_key on capacity (campaign_id, account_id, department_id, role, coalesce(association_id, 0));
create index capacity_department_index on capacity (campaign_id, department_id, role);
comment on table capacity is 'A (department, role) pair that an account may act in; four-eyes rules look at all of them.';

create table session (
    token_sha256 bytea primary key,
    account_id bigint not null references account,
    campaign_id integer not null,
    capacity_id bigint not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    constraint session_capacity_fk foreign key (campaign_id, capacity_id) references capacity on delete cascade
);
create index session_account_index on session (account_id);
comment on table session is 'Signed-in browsers. Only the SHA-256 of the 256-bit token is kept.';

create table sign_in_failure (
    username text primary key,
    failures integer not null,
    last_at timestamptz not null
);
comment on table sign_in_failure is 'Consecutive failures per account name, existing or not, so that nothing can be learnt from the delay.';

create table sign_in_attempt (
    id bigint generated always as identity primary key,
    address text not null,
    at timestamptz not null
);
create index sign_in_attempt_address_index on sign_in_attempt (address, at);
comment on table sign_in_attempt is 'Failed attempts per client address, for the limit on password spraying.';

create table parked_form (
    token_sha256 bytea primary key references session on delete cascade,
    path text not null,
    body text not null,
    parked_at timestamptz not null
);
comment on table parked_form is 'What a person had typed when the session ended, kept until it is sent again (TC-57).';
