-- What people did: the case file that users read, the chained evidence, and
-- the once-only keys of forms.

create table act_record (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    act text not null,
    subject_kind text not null,
    subject_id bigint not null,
    association_id bigint,
    account_id bigint,
    department_id bigint,
    actor_name text not null,
    actor_role text not null,
    actor_department text not null,
    sentence text not null,
    opinion text,
    at timestamptz not null,
    primary key (campaign_id, id)
);
create index act_record_association_index on act_record (campaign_id, association_id, id desc);
create index act_record_account_index on act_record (campaign_id, account_id, id desc);
create index act_record_subject_index on act_record (campaign_id, subject_kind, subject_id, id desc);
comment on table act_record is 'The case file: one sentence per act, shown to users, kept for ever.';

create table audit_record (
    seq bigint primary key,
    campaign_id integer not null,
    at timestamptz not null,
    act text not null,
    outcome text not null,
    account_id bigint,
    association_id bigint,
    payload text not null,
    algorithm text not null,
    previous bytea not null,
    mac bytea not null
);
create index audit_record_campaign_index on audit_record (campaign_id, seq desc);
create index audit_record_act_index on audit_record (campaign_id, act, seq desc);
create index audit_record_account_index on audit_record (campaign_id, account_id, seq desc);
comment on table audit_record is 'Evidence: text only, append-only, each row chained to the one before by a keyed hash.';
comment on column audit_record.payload is 'Canonical JSON; the MAC covers exactly this text. The other columns are copies for searching.';

create table audit_head (
    singleton boolean primary key default true check (singleton),
    seq bigint not null,
    mac bytea not null
);
insert into audit_head (seq, mac) values (0, decode(repeat('00', 32), 'hex'));
comment on table audit_head is 'The last link. Taken FOR UPDATE as the last statement before a commit.';

create function audit_lock_head(out seq bigint, out mac bytea)
    language sql security definer set search_path = public
    as 'select h.seq, h.mac from audit_head h for update';

create function audit_append() returns trigger
    language plpgsql security definer set search_path = public
    as $$
declare
    head audit_head;
begin
    select * into head from audit_head for update;
    if new.seq <> head.seq + 1 or new.previous <> head.mac then
        raise exception 'audit chain: record % does not follow %', new.seq, head.seq;
    end if;
    update audit_head set seq = new.seq, mac = new.mac;
    return new;
end
$$;
create trigger audit_record_append before insert on audit_record
    for each row execute function audit_append();

create function audit_refuse() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'audit records are never changed or removed';
end
$$;
create trigger audit_record_refuse before update or delete on audit_record
    for each row execute function audit_refuse();
create trigger audit_record_refuse_truncate before truncate on audit_record
    for each statement execute function audit_refuse();

create table once_key (
    account_id bigint not null,
    key text not null,
    digest bytea not null,
    landing text not null,
    at timestamptz not null,
    primary key (account_id, key)
);
comment on table once_key is 'request_id of every form that was acted on: the same one sent twice acts once.';
