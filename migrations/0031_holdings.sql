-- What became of functions, purchases, assets, appropriations and rooms (scheme 三(二), 三(三)).

create table holding (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    register text not null,
    object text not null,
    facts jsonb not null default '{}',
    state text not null default 'draft',
    submitted_on date,
    submitted_by bigint references account,
    decided_on date,
    decided_by bigint references account,
    decision_document text,
    decision_note text,
    return_reason text,
    version integer not null default 0,
    primary key (campaign_id, id),
    constraint holding_object_key unique (campaign_id, association_id, register, object),
    constraint holding_association_fk foreign key (campaign_id, association_id) references association,
    constraint holding_register_check check (register in ('function', 'transfer', 'purchase', 'ownership', 'asset',
        'completion', 'appropriation', 'room', 'delay')),
    constraint holding_state_check check (state in ('draft', 'submitted', 'approved', 'returned')),
    constraint holding_decided_check check ((state = 'approved') = (decided_on is not null)),
    constraint holding_facts_check check (jsonb_typeof(facts) = 'object')
);
create index holding_waiting_index on holding (campaign_id, register, submitted_on, id) where state = 'submitted';
comment on table holding is 'Later facts on a row of the confirmed survey or approved plan, by register; the row''s own values stay where they were confirmed.';
comment on column holding.object is 'Key of the row in its table of the survey or plan.';
comment on column holding.facts is 'Fields of holdings::rules::fields; money in cents, areas in hundredths of m².';
comment on column holding.decision_document is 'Number of the approval, verification or acceptance paper.';
