-- Plans in full (domain 6.3): changes, suspension, replies that are void,
-- conditions followed up, notices to linked departments, withdrawn approvals.

alter table plan drop constraint plan_state_check;
alter table plan add constraint plan_state_check check (state in ('draft', 'submitted', 'under_review', 'returned',
    'approved', 'implementing', 'change_pending', 'closed', 'terminated'));
alter table plan add column suspended_on date;
alter table plan add column suspended_reason text;
alter table plan add column edition integer not null default 1;
comment on column plan.suspended_on is 'While it is set, nothing moves but resuming and ending.';
comment on column plan.edition is 'Which edition is carried out: one more with each approved change.';

create table plan_change (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    plan_id bigint not null,
    number integer not null,
    reason text not null,
    before jsonb not null,
    content jsonb not null,
    state text not null default 'pending',
    opinion text,
    requested_by bigint not null references account,
    requested_on date not null,
    decided_by bigint references account,
    decided_on date,
    primary key (campaign_id, id),
    constraint plan_change_number_key unique (campaign_id, plan_id, number),
    constraint plan_change_plan_fk foreign key (campaign_id, plan_id) references plan,
    constraint plan_change_state_check check (state in ('pending', 'approved', 'rejected')),
    constraint plan_change_decided_check check ((decided_on is null) = (state = 'pending'))
);
create unique index plan_change_pending_key on plan_change (campaign_id, plan_id) where state = 'pending';
comment on table plan_change is 'What a unit asked to change in a plan under way: before, after, why, and the decision.';

create table plan_condition (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    plan_id bigint not null,
    association_id bigint not null,
    number integer not null,
    text text not null,
    due date not null,
    state text not null default 'open',
    note text,
    document_number text,
    reported_on date,
    reported_by bigint references account,
    confirmed_on date,
    confirmed_by bigint references account,
    return_reason text,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint plan_condition_plan_fk foreign key (campaign_id, plan_id) references plan,
    constraint plan_condition_association_fk foreign key (campaign_id, association_id) references association,
    constraint plan_condition_state_check check (state in ('open', 'reported', 'confirmed', 'returned', 'void'))
);
create index plan_condition_plan_index on plan_condition (campaign_id, plan_id, id);
create index plan_condition_open_index on plan_condition (campaign_id, state, due, id) where state in ('open', 'reported', 'returned');
comment on table plan_condition is 'Each condition of a reply as a task of the unit, confirmed by the office.';

create table plan_void_reply (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    plan_id bigint not null,
    number text not null,
    replied_on date not null,
    text text not null,
    reason text not null,
    voided_on date not null,
    account_id bigint not null references account,
    primary key (campaign_id, id),
    constraint plan_void_reply_number_key unique (campaign_id, number),
    constraint plan_void_reply_plan_fk foreign key (campaign_id, plan_id) references plan
);
create index plan_void_reply_plan_index on plan_void_reply (campaign_id, plan_id, id);
comment on table plan_void_reply is 'Replies found wrong (作废): the number stays taken, so that there is no gap.';

create table linked_notice (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    department_id bigint not null,
    number text not null,
    text text not null,
    sent_on date not null,
    sent_by bigint not null references account,
    read_on date,
    read_by bigint references account,
    answered_on date,
    answered_by bigint references account,
    agrees boolean,
    answer text,
    document_number text,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint linked_notice_association_fk foreign key (campaign_id, association_id) references association,
    constraint linked_notice_department_fk foreign key (campaign_id, department_id) references department,
    constraint linked_notice_answer_check check ((answered_on is null) = (agrees is null))
);
create index linked_notice_association_index on linked_notice (campaign_id, association_id, id);
create index linked_notice_department_index on linked_notice (campaign_id, department_id, id) where answered_on is null;
comment on table linked_notice is 'Notices to departments with a tie (五(二), PL-12): sent, read, answered.';

alter table prior_approval drop constraint prior_approval_state_check;
alter table prior_approval add constraint prior_approval_state_check check (state in ('required', 'requested', 'approved',
    'approved_with_conditions', 'rejected', 'not_needed', 'withdrawn'));
alter table prior_approval add column withdrawn_on date;
alter table prior_approval add column withdrawn_reason text;
alter table prior_approval add column withdrawal_settled_on date;
alter table prior_approval add column withdrawal_settled_reason text;
comment on column prior_approval.withdrawal_settled_on is 'When the office''s head decided that the plan stands in spite of the withdrawal (TC-35).';

create table item_extension (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    item_id bigint not null,
    reason text not null,
    wanted date not null,
    before date not null,
    state text not null default 'asked',
    asked_on date not null,
    asked_by bigint not null references account,
    document_number text,
    opinion text,
    decided_on date,
    decided_by bigint references account,
    primary key (campaign_id, id),
    constraint item_extension_item_fk foreign key (campaign_id, item_id) references item,
    constraint item_extension_association_fk foreign key (campaign_id, association_id) references association,
    constraint item_extension_state_check check (state in ('asked', 'granted', 'refused')),
    constraint item_extension_decided_check check ((decided_on is null) = (state = 'asked'))
);
create unique index item_extension_asked_key on item_extension (campaign_id, item_id) where state = 'asked';
create index item_extension_item_index on item_extension (campaign_id, item_id, id);
comment on table item_extension is 'A later date asked for an item, decided by the department that answers for it (TC-32, TC-33).';
