-- Uploaded files, content-addressed, in chunks that stream (design.md 6).

create table file_content (
    sha256 bytea primary key,
    bytes_total bigint not null,
    constraint file_content_sha256_check check (octet_length(sha256) = 32)
);
comment on table file_content is 'One row per distinct content.';

create table file_chunk (
    sha256 bytea not null references file_content,
    number integer not null,
    bytes bytea not null,
    primary key (sha256, number)
);
comment on table file_chunk is 'The content in pieces of 256 KiB.';

create table file (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    sha256 bytea not null references file_content,
    name text not null,
    media_type text not null,
    bytes_total bigint not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint file_association_fk foreign key (campaign_id, association_id) references association
);
create index file_association_index on file (campaign_id, association_id, id);
comment on table file is 'A file as somebody handed it in; two may share one content.';
