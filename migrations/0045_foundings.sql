-- Associations founded on or after the scheme's date are born decoupled (10.11, NA-1 to NA-4).
create table founding (
    campaign_id integer not null references campaign,
    association_id bigint not null,
    checked_on date not null,
    checked_by bigint not null references account,
    failing integer not null,
    open integer not null,
    version integer not null default 1,
    primary key (campaign_id, association_id),
    constraint founding_association_fk foreign key (campaign_id, association_id) references association
);
comment on table founding is 'The check of a new association; failing and open are counted from its answers.';

create table founding_answer (
    campaign_id integer not null references campaign,
    association_id bigint not null,
    question text not null,
    answer text not null,
    note text not null default '',
    primary key (campaign_id, association_id, question),
    constraint founding_answer_founding_fk foreign key (campaign_id, association_id) references founding,
    constraint founding_answer_answer_check check (answer in ('yes', 'no', 'none'))
);
comment on table founding_answer is 'Answers of civil affairs by question of the scheme: 符合, 不符合, 不涉及.';
