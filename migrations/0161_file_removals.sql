-- What was taken away from its matter, and to which matter a file belongs (security.md S14).

create table file_removal (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    file_id bigint not null,
    item_id bigint,
    request_id bigint,
    title text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint file_removal_file_fk foreign key (campaign_id, file_id) references file,
    constraint file_removal_item_fk foreign key (campaign_id, item_id) references item,
    constraint file_removal_request_fk foreign key (campaign_id, request_id) references roster_request,
    constraint file_removal_matter_check check (num_nonnulls(item_id, request_id) = 1)
);
comment on table file_removal is 'A file that no longer belongs to the matter it was handed in with; kept in the archive.';
comment on column file_removal.title is 'As what it was registered: measure, kind and number of the evidence.';
comment on column file_removal.account_id is 'Who took it away.';
create index file_removal_file_index on file_removal (campaign_id, file_id);
create index file_removal_item_index on file_removal (campaign_id, item_id, id) where item_id is not null;
create index file_removal_request_index on file_removal (campaign_id, request_id, id) where request_id is not null;

-- A file is looked up by its number before it is served.
create index evidence_file_index on evidence (campaign_id, file_id) where file_id is not null;
create index roster_request_file_file_index on roster_request_file (campaign_id, file_id);
create index roster_objection_file_file_index on roster_objection_file (campaign_id, file_id);

comment on column file.association_id is 'Whose file it was when it was handed in; who reads it, is told by its matter alone.';

-- The archive forgets nothing that was taken away.
revoke update, delete, truncate on file_removal from tuogou_app;
