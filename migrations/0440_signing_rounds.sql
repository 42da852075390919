-- A leader signs several matters by one signature: each is a write of its own with a record of
-- its own, and what became of each stands in the round's lines. What must be read before it is
-- signed is ticked only by who has opened it as it stands.

create table signing_look (
    campaign_id integer not null references campaign,
    account_id bigint not null references account,
    act text not null,
    case_id bigint not null,
    seen text not null,
    looked_at timestamptz not null,
    constraint signing_look_pkey primary key (campaign_id, account_id, act, case_id, seen)
);
comment on table signing_look is 'Who opened what they are to sign, and at which version: a look at an older one does not count.';

create table signing_round (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    account_id bigint not null references account,
    department_id bigint not null,
    signed_on date not null,
    signed_at timestamptz not null,
    constraint signing_round_pkey primary key (campaign_id, id),
    constraint signing_round_department_fk foreign key (campaign_id, department_id) references department
);
create index signing_round_account_index on signing_round (campaign_id, account_id, id);
comment on table signing_round is 'One signature on several matters.';

create table signing_line (
    campaign_id integer not null,
    round_id bigint not null,
    number integer not null,
    act text not null,
    case_id bigint not null,
    title text not null,
    subject text not null,
    address text not null,
    state text not null default 'pending',
    reason text not null default '',
    constraint signing_line_pkey primary key (campaign_id, round_id, number),
    constraint signing_line_round_fk foreign key (campaign_id, round_id) references signing_round,
    constraint signing_line_state_check check (state in ('pending', 'signed', 'refused')),
    constraint signing_line_reason_check check ((state = 'refused') = (reason <> ''))
);
comment on table signing_line is 'A matter of a round, and what became of it.';
comment on column signing_line.state is 'Set by the write that carried the act out, so that it says signed where and only where that was done.';

revoke delete, truncate on signing_look, signing_round, signing_line from tuogou_app;
