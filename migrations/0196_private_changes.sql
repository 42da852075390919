-- Before and after of what not everybody may read: they may not stand in the chain, which
-- nobody can ever shorten. The chain has a keyed hash of them; this table is read only for
-- those who may read the field (issue 11, domain 2.1).

create table private_change (
    campaign_id integer not null references campaign,
    record_id bigint not null,
    position integer not null,
    privacy text not null check (privacy in ('personal', 'masked')),
    field text not null,
    before jsonb not null,
    after jsonb not null,
    primary key (campaign_id, record_id, position),
    foreign key (campaign_id, record_id) references act_record (campaign_id, id)
);
comment on table private_change is 'Changed personal fields of an act; shown to readers of persons only.';
comment on column private_change.privacy is 'personal: of a person; masked: everybody else sees its last characters.';
