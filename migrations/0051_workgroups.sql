-- 脱钩改革工作组, liaison officer, timetable and risk plan of each supervising
-- unit (scheme 五(二), 六(二), 六(三); PH-01 to PH-04).

create table workgroup (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    leader text not null default '',
    leader_post text not null default '',
    members jsonb not null default '[]',
    liaison_name text not null default '',
    liaison_phone text not null default '',
    liaison_joined boolean,
    timetable jsonb not null default '[]',
    risks jsonb not null default '[]',
    unreported boolean not null default true,
    version integer not null default 1,
    primary key (campaign_id, department_id),
    constraint workgroup_department_fk foreign key (campaign_id, department_id) references department
);
comment on table workgroup is 'What a unit has written about its work group; its leader reports it part by part.';
comment on column workgroup.unreported is 'Something was changed since the leader last reported.';

create table workgroup_part (
    campaign_id integer not null references campaign,
    department_id bigint not null,
    part text not null,
    reported_on date,
    reported_by bigint references account,
    read_on date,
    returned_on date,
    return_reason text,
    primary key (campaign_id, department_id, part),
    constraint workgroup_part_workgroup_fk foreign key (campaign_id, department_id) references workgroup,
    constraint workgroup_part_part_check check (part in ('group', 'liaison', 'timetable', 'risks')),
    constraint workgroup_part_returned_check check ((reported_on is null) = (returned_on is not null))
);
comment on table workgroup_part is 'When each part was reported; a returned part has no day until it is reported again.';
