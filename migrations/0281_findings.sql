-- What the audit finds in an association (10.10, T3-13): each is an item of its own until
-- 审计局 closes it. Samples and levels come later.
create table finding (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    state text not null default 'open',
    summary text not null,
    amount_cents bigint,
    found_on date not null,
    due_on date not null,
    mended_on date,
    document text,
    entered_by bigint references account,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint finding_association_fk foreign key (campaign_id, association_id) references association,
    constraint finding_state_check check (state in ('open', 'closed', 'withdrawn')),
    constraint finding_amount_check check (amount_cents >= 0)
);
create index finding_association_index on finding (campaign_id, association_id, id);
create constraint trigger finding_closed_check after insert or update on finding deferrable initially deferred
    for each row when (not ((new.mended_on is not null) = (new.state = 'closed')))
    execute function row_holds('(mended_on is not null) = (state = ''closed'')');
comment on table finding is 'Findings of the audit in an association, with the day by which they are mended.';

create trigger finding_facts_insert after insert on finding
    referencing new table as after_rows for each statement
    execute function note_facts('finding state', 'finding_summary summary digest');
create trigger finding_facts_update after update on finding
    referencing old table as before_rows new table as after_rows for each statement
    execute function note_facts('finding state', 'finding_summary summary digest');
create trigger finding_facts_delete after delete on finding
    referencing old table as before_rows for each statement
    execute function note_facts('finding state', 'finding_summary summary digest');

-- Added to the view as it stands, whatever other migrations have added to it.
do $$
begin
    execute 'create or replace view sealed_fact as '
        || rtrim(rtrim(pg_get_viewdef('sealed_fact'::regclass)), ';')
        || ' union all select campaign_id, ''finding'', id, state from finding'
        || ' union all select campaign_id, ''finding_summary'', id, encode(sha256(convert_to(summary, ''UTF8'')), ''hex'') from finding';
end
$$;
