-- 催办、督办单 (domain 9.2): what was sent, to whom, about which matters. What is
-- due for a reminder is never stored: it follows from the matters themselves.

create table reminder (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    department_id bigint not null,
    body text not null,
    account_id bigint not null references account,
    sender text not null,
    sent_on date not null,
    acknowledged_on date,
    acknowledged_by text,
    primary key (campaign_id, id),
    constraint reminder_department_fk foreign key (campaign_id, department_id) references department,
    constraint reminder_body_check check (char_length(body) between 1 and 1000),
    constraint reminder_acknowledged_check check ((acknowledged_on is null) = (acknowledged_by is null))
);
create index reminder_department_index on reminder (campaign_id, department_id, id desc);
create index reminder_unread_index on reminder (campaign_id, department_id, id) where acknowledged_on is null;
comment on table reminder is 'A notice (催办通知) to one department; 待阅 there until somebody of theirs signs for it (签收).';

create table reminder_matter (
    campaign_id integer not null,
    reminder_id bigint not null,
    matter text not null,
    title text not null,
    subject text not null,
    href text not null,
    deadline date not null,
    late integer not null,
    primary key (campaign_id, reminder_id, matter),
    constraint reminder_matter_reminder_fk foreign key (campaign_id, reminder_id) references reminder
);
create index reminder_matter_matter_index on reminder_matter (campaign_id, matter);
comment on table reminder_matter is 'The matters of a notice as they were on the day; whether they are settled now is asked of the matters.';
comment on column reminder_matter.late is 'Days overdue on that day; negative: days left.';

create table supervision_order (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    department_id bigint not null,
    state text not null default 'draft',
    demand text not null,
    due date not null,
    drafted_on date not null,
    drafted_by bigint not null references account,
    drafter text not null,
    year integer,
    serial integer,
    number text,
    signed_on date,
    signer text,
    acknowledged_on date,
    acknowledged_by text,
    answer text,
    answered_on date,
    answerer text,
    opinion text,
    closed_on date,
    closer text,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint supervision_order_serial_key unique (campaign_id, year, serial),
    constraint supervision_order_department_fk foreign key (campaign_id, department_id) references department,
    constraint supervision_order_state_check check (state in ('draft', 'signed', 'answered', 'closed', 'discarded')),
    constraint supervision_order_number_check check ((number is null) = (state in ('draft', 'discarded'))),
    constraint supervision_order_closed_check check ((closed_on is not null) = (state in ('closed', 'discarded')))
);
create index supervision_order_open_index on supervision_order (campaign_id, state, department_id) where state in ('draft', 'signed', 'answered');
comment on table supervision_order is '督办单: drafted by the office from what is more than seven days late and was reminded of, signed by its head, answered by the unit, closed by the office.';

create table supervision_matter (
    campaign_id integer not null,
    order_id bigint not null,
    matter text not null,
    title text not null,
    subject text not null,
    href text not null,
    deadline date not null,
    late integer not null,
    times integer not null,
    primary key (campaign_id, order_id, matter),
    constraint supervision_matter_order_fk foreign key (campaign_id, order_id) references supervision_order
);
comment on table supervision_matter is 'The matters of a 督办单 as they were on the day it was drafted, and how often they had been reminded of.';

create table supervision_counter (
    campaign_id integer not null references campaign,
    year integer not null,
    last integer not null,
    primary key (campaign_id, year)
);
comment on table supervision_counter is 'Last number of the 督办单 of a year, taken inside the signing transaction: no gaps, as for replies.';

revoke delete, truncate on reminder, reminder_matter, supervision_order, supervision_matter, supervision_counter from tuogou_app;
