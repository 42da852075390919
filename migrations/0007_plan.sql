-- One plan per association (一会一方案), prior approvals and the reply (scheme 四·2·1).

create table plan (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    survey_id bigint not null,
    state text not null default 'draft',
    round integer not null default 1,
    content jsonb not null default '{}',
    request_number text,
    submitted_by bigint references account,
    submitted_department bigint,
    submitted_at timestamptz,
    checked_at timestamptz,
    reply_year integer,
    reply_serial integer,
    reply_number text,
    replied_on date,
    replied_by bigint references account,
    conditions text[] not null default '{}',
    reply_text text,
    begun_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint plan_association_key unique (campaign_id, association_id),
    constraint plan_reply_key unique (campaign_id, reply_year, reply_serial),
    constraint plan_association_fk foreign key (campaign_id, association_id) references association,
    constraint plan_survey_fk foreign key (campaign_id, survey_id) references survey,
    constraint plan_state_check check (state in ('draft', 'submitted', 'under_review', 'returned', 'approved', 'implementing', 'closed'))
);
create index plan_state_index on plan (campaign_id, state, submitted_at);
comment on table plan is 'The plan as it is being written; each submission is frozen in plan_round.';

create table plan_round (
    campaign_id integer not null references campaign,
    plan_id bigint not null,
    round integer not null,
    content jsonb not null,
    request_number text not null,
    submitted_at timestamptz not null,
    primary key (campaign_id, plan_id, round),
    constraint plan_round_plan_fk foreign key (campaign_id, plan_id) references plan
);
comment on table plan_round is 'What was signed and sent, round by round; never changed.';

create table plan_return (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    plan_id bigint not null,
    round integer not null,
    part text not null,
    reason text not null,
    account_id bigint not null references account,
    at timestamptz not null,
    primary key (campaign_id, id),
    constraint plan_return_plan_fk foreign key (campaign_id, plan_id) references plan
);
create index plan_return_plan_index on plan_return (campaign_id, plan_id, round, id);
comment on table plan_return is 'Reasons of a return, each tied to a part of the plan.';

create table prior_approval (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    plan_id bigint not null,
    association_id bigint not null,
    code text not null,
    competence text not null,
    department_id bigint not null,
    state text not null default 'required',
    requested_on date,
    requested_by bigint references account,
    decided_on date,
    decided_by bigint references account,
    document_number text,
    document_date date,
    opinion text,
    conditions text,
    expires_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint prior_approval_code_key unique (campaign_id, plan_id, code, competence),
    constraint prior_approval_plan_fk foreign key (campaign_id, plan_id) references plan,
    constraint prior_approval_department_fk foreign key (campaign_id, department_id) references department,
    constraint prior_approval_state_check check (state in ('required', 'requested', 'approved',
        'approved_with_conditions', 'rejected', 'not_needed'))
);
create index prior_approval_plan_index on prior_approval (campaign_id, plan_id, id);
create index prior_approval_waiting_index on prior_approval (campaign_id, department_id, state, requested_on);
comment on table prior_approval is 'Approval by a specialist department before the office decides (PA-1 to PA-11).';

create table reply_counter (
    campaign_id integer not null references campaign,
    year integer not null,
    last integer not null,
    primary key (campaign_id, year)
);
comment on table reply_counter is 'Last number of the replies 绿脱钩办〔year〕n号, taken inside the approving transaction: no gaps (TC-38).';
