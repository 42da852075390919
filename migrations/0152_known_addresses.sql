-- Where an account has signed in: others' failures there do not hold it up.

create table known_address (
    account_id bigint not null references account,
    address text not null,
    signed_in_at timestamptz not null,
    primary key (account_id, address)
);
comment on table known_address is 'Client addresses (IPv6: networks of 64 bits) from which an account signed in during the last 90 days.';
