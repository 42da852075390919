-- 留言 on an association's record, and the departments asked to read them.

create table comment (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    account_id bigint not null references account,
    department_id bigint not null,
    author text not null,
    author_department text not null,
    body text not null,
    written_at timestamptz not null,
    written_on date not null,
    withdrawn_at timestamptz,
    primary key (campaign_id, id),
    constraint comment_association_fk foreign key (campaign_id, association_id) references association,
    constraint comment_department_fk foreign key (campaign_id, department_id) references department,
    constraint comment_body_check check (char_length(body) between 1 and 1000)
);
create index comment_association_index on comment (campaign_id, association_id, id desc);
comment on table comment is 'What people say on an association''s record; withdrawn ones stay, unseen.';

create table comment_mention (
    campaign_id integer not null,
    comment_id bigint not null,
    department_id bigint not null,
    read_at timestamptz,
    read_by text,
    primary key (campaign_id, comment_id, department_id),
    constraint comment_mention_comment_fk foreign key (campaign_id, comment_id) references comment,
    constraint comment_mention_department_fk foreign key (campaign_id, department_id) references department,
    constraint comment_mention_read_check check ((read_at is null) = (read_by is null))
);
create index comment_mention_unread_index on comment_mention (campaign_id, department_id, comment_id) where read_at is null;
comment on table comment_mention is 'Departments asked to read a comment: 待阅 until somebody of theirs marks it read (签收).';

revoke delete, truncate on comment, comment_mention from tuogou_app;
