-- Who wants the published list amended asks for it; the office's head decides (LI-8, LI-9).
create table roster_request (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    change text not null,
    reason text not null,
    document text not null default '',
    state text not null default 'draft',
    from_office boolean not null,
    saved_by bigint not null references account,
    proposed_on date,
    proposed_by bigint references account,
    decided_on date,
    decided_by bigint references account,
    opinion text,
    amendment_id bigint,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint roster_request_association_fk foreign key (campaign_id, association_id) references association,
    constraint roster_request_amendment_fk foreign key (campaign_id, amendment_id) references roster_amendment,
    constraint roster_request_change_check check (change in ('added', 'withdrawn')),
    constraint roster_request_state_check check (state in ('draft', 'proposed', 'refused', 'decided')),
    constraint roster_request_decided_check check ((state = 'decided') = (amendment_id is not null))
);
create unique index roster_request_open_key on roster_request (campaign_id, association_id)
    where state in ('draft', 'proposed');
create index roster_request_association_index on roster_request (campaign_id, association_id, id);
create index roster_request_state_index on roster_request (campaign_id, state, id);
comment on table roster_request is 'A unit (or the office''s clerk) asks that one association be added to the list or withdrawn from it.';
comment on column roster_request.from_office is 'Written by the office''s clerk, not by the unit.';
