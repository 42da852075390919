-- Four eyes (domain 2.2 (c), TC-64), held by the database too: who signs or decides is not
-- among those whose acts in the case file prepared it, unless they sign alone by the
-- campaign's setting. A row is written with every record of an act that others prepare.
create table signing (
    campaign_id integer not null references campaign,
    record_id bigint not null,
    act text not null,
    drafted_by bigint[] not null,
    signed_by bigint not null,
    signed_alone boolean not null,
    constraint signing_key primary key (campaign_id, record_id),
    constraint signing_record_fkey foreign key (campaign_id, record_id) references act_record (campaign_id, id),
    constraint signing_four_eyes_check check (signed_alone or signed_by <> all (drafted_by))
);
comment on table signing is 'Who prepared and who signed each act that one person may not do alone.';
grant select, insert on signing to tuogou_app;
