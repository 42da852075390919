-- Files with a request to amend the list, and with an objection to it.
alter table file alter column association_id drop not null;
comment on column file.association_id is 'Whose file it is; none: it belongs to no one association, its own table says to what.';

create table roster_request_file (
    campaign_id integer not null references campaign,
    request_id bigint not null,
    file_id bigint not null,
    primary key (campaign_id, request_id, file_id),
    constraint roster_request_file_request_fk foreign key (campaign_id, request_id) references roster_request,
    constraint roster_request_file_file_fk foreign key (campaign_id, file_id) references file
);
comment on table roster_request_file is 'What was attached to a request to amend the list.';

create table roster_objection_file (
    campaign_id integer not null references campaign,
    objection_id bigint not null,
    file_id bigint not null,
    primary key (campaign_id, objection_id, file_id),
    constraint roster_objection_file_objection_fk foreign key (campaign_id, objection_id) references roster_objection,
    constraint roster_objection_file_file_fk foreign key (campaign_id, file_id) references file
);
comment on table roster_objection_file is 'What came with an objection; never on the public page.';
