-- After publication the list changes only by numbered amendments (LI-8, LI-9), the base is
-- frozen at the cut-off (LI-11), objections are recorded with their answer (LI-7).
create table roster_amendment (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    kind text not null,
    number integer not null,
    reason text not null,
    amended_on date not null,
    account_id bigint not null references account,
    primary key (campaign_id, id),
    constraint roster_amendment_number_key unique (campaign_id, number),
    constraint roster_amendment_kind_check check (kind in ('add', 'adjust', 'withdraw'))
);
comment on table roster_amendment is '增补、调整、撤出第n号: one number in sequence for all three kinds.';

create table roster_amendment_entry (
    campaign_id integer not null references campaign,
    amendment_id bigint not null,
    association_id bigint not null,
    change text not null,
    primary key (campaign_id, amendment_id, association_id),
    constraint roster_amendment_entry_amendment_fk foreign key (campaign_id, amendment_id) references roster_amendment,
    constraint roster_amendment_entry_association_fk foreign key (campaign_id, association_id) references association,
    constraint roster_amendment_entry_change_check check (change in ('added', 'withdrawn'))
);
comment on table roster_amendment_entry is 'What an amendment did to which association.';

alter table roster_entry
    add column added_by bigint,
    add column withdrawn_by bigint,
    add constraint roster_entry_added_fk foreign key (campaign_id, added_by) references roster_amendment,
    add constraint roster_entry_withdrawn_fk foreign key (campaign_id, withdrawn_by) references roster_amendment;
comment on column roster_entry.added_by is 'On the list by this amendment; as published is publication_id alone.';
comment on column roster_entry.withdrawn_by is 'Off the list by this amendment.';

create table roster_cutoff (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    publication_id bigint not null,
    cut_off_on date not null,
    base integer not null,
    undecided integer not null,
    primary key (campaign_id, department_id),
    constraint roster_cutoff_department_fk foreign key (campaign_id, department_id) references department,
    constraint roster_cutoff_publication_fk foreign key (campaign_id, publication_id) references roster_publication
);
comment on table roster_cutoff is 'B of each unit as it stood on the cut-off, the first publication.';

create table roster_objection (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    publication_id bigint not null,
    received_on date not null,
    objector text not null,
    content text not null,
    answer text,
    answered_on date,
    answered_by bigint references account,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint roster_objection_publication_fk foreign key (campaign_id, publication_id) references roster_publication,
    constraint roster_objection_answer_check check ((answer is null) = (answered_on is null))
);
create index roster_objection_publication_index on roster_objection (campaign_id, publication_id, id);
comment on table roster_objection is 'Objections to the published list and their answers; never on the public page.';
