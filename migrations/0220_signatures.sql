-- Whoever approves, signs, verifies, files or accepts binds it to what they agreed to
-- (acts.md 3, "Signed content"; docs/decisions/0024): the content in a named projection.
-- When it changes, the signature is void by itself. No foreign keys to the cases: they
-- stand in ten tables, and what a signature says stands and falls with its case's state.

create table signature (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    kind text not null,
    case_id bigint not null,
    part text not null default '',
    association_id bigint,
    unit_id bigint,
    act text,
    signed_by bigint references account,
    department_id bigint,
    signed_on date not null,
    carried boolean not null default false,
    content jsonb not null,
    mark text not null,
    void_on date,
    void_content jsonb,
    ended_on date,
    constraint signature_pkey primary key (campaign_id, id),
    constraint signature_whose_check check ((association_id is null) <> (unit_id is null)),
    constraint signature_void_check check ((void_on is null) = (void_content is null)),
    constraint signature_carried_check check (carried = (act is null))
);
-- One signature of a kind stands on a case at a time, or was the last that did.
create unique index signature_current_key on signature (campaign_id, kind, case_id, part) where ended_on is null;
create index signature_association_index on signature (campaign_id, association_id) where ended_on is null;
create index signature_unit_index on signature (campaign_id, unit_id) where ended_on is null and unit_id is not null;
comment on table signature is 'What somebody agreed to, by the kinds of signatures::rules (docs/signatures.md).';
comment on column signature.part is 'What of the case, where it has several: the competence, the part of the work group''s papers.';
comment on column signature.act is 'The act that signed; none: 沿用, made from what stood when the program first kept signatures.';
comment on column signature.content is 'The projection, without what is of persons.';
comment on column signature.mark is 'Keyed hash of the whole projection, what is of persons included.';
comment on column signature.void_on is 'When the content was changed; it stays the last one of its case until signed anew.';
comment on column signature.void_content is 'How the projection read then.';
comment on column signature.ended_on is 'Signed anew since, or the case went on without it by an act of its own.';

create table signature_person (
    campaign_id integer not null,
    signature_id bigint not null,
    content jsonb not null,
    void_content jsonb,
    constraint signature_person_pkey primary key (campaign_id, signature_id),
    constraint signature_person_signature_fk foreign key (campaign_id, signature_id) references signature
);
comment on table signature_person is 'What of a signature''s content is of persons; read for readers of persons only.';

revoke delete, truncate on signature, signature_person from tuogou_app;

-- The chain has the mark of each signature, and when it became void.
create trigger signature_facts_insert after insert on signature
    referencing new table as after_rows for each statement
    execute function note_facts('signature mark', 'signature_void void_on');
create trigger signature_facts_update after update on signature
    referencing old table as before_rows new table as after_rows for each statement
    execute function note_facts('signature mark', 'signature_void void_on');
create trigger signature_facts_delete after delete on signature
    referencing old table as before_rows for each statement
    execute function note_facts('signature mark', 'signature_void void_on');

-- Added to the view as it stands, whatever other migrations have added to it.
do $$
begin
    execute 'create or replace view sealed_fact as '
        || rtrim(rtrim(pg_get_viewdef('sealed_fact'::regclass)), ';')
        || ' union all select campaign_id, ''signature'', id, mark from signature'
        || ' union all select campaign_id, ''signature_void'', id, void_on::text from signature where void_on is not null';
end
$$;
