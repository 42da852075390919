-- What an act leaves is told to the audit chain: states, decided texts and what was filled
-- in. A state that was changed past the program then differs from what its last act left
-- (S16); before, only the words about it were held. The rows below are gathered and taken
-- away by the transaction that made them; what stays is a change that no act told.

create unlogged table moved_fact (
    txid xid8 not null default pg_current_xact_id(),
    campaign_id integer not null,
    kind text not null,
    id bigint not null,
    value text,
    primary key (txid, campaign_id, kind, id)
);
comment on table moved_fact is 'Facts that the transaction under way has changed; empty when it has committed.';

-- Arguments: 'kind column', or 'kind column digest' where the value is a text.
create function note_facts() returns trigger language plpgsql as $$
declare
    argument text;
    kind text;
    read text;
    source text;
begin
    foreach argument in array tg_argv loop
        kind := split_part(argument, ' ', 1);
        read := format('r.%I', split_part(argument, ' ', 2));
        if tg_op = 'INSERT' then
            source := format('from after_rows r where %s is not null', read);
        elsif tg_op = 'UPDATE' then
            source := format(
                'from after_rows r join before_rows b on b.campaign_id = r.campaign_id and b.id = r.id
                 where %s is distinct from %s', read, replace(read, 'r.', 'b.'));
        else
            source := format('from before_rows r where %s is not null', read);
        end if;
        execute format(
            'insert into moved_fact (campaign_id, kind, id, value) select r.campaign_id, %L, r.id, %s %s
             on conflict (txid, campaign_id, kind, id) do update set value = excluded.value',
            kind,
            case
                when tg_op = 'DELETE' then 'null'
                when argument like '% digest' then
                    format('encode(sha256(convert_to(%s::text, ''UTF8'')), ''hex'')', read)
                else format('%s::text', read)
            end,
            source);
    end loop;
    return null;
end
$$;
comment on function note_facts() is 'Notes the facts of changed rows for the record of the act.';

do $$
declare
    told record;
begin
    for told in select * from (values
        ('activity', '''activity state'''),
        ('exit_case', '''exit state'''),
        ('holding', '''holding state'''),
        ('item', '''item state'''),
        ('item_extension', '''extension state'''),
        ('plan', '''plan state'', ''plan_content content digest'', ''reply reply_text digest'''),
        ('plan_change', '''change state'', ''change_content content digest'''),
        ('plan_condition', '''condition state'''),
        ('plan_void_reply', '''void_reply text digest'''),
        ('prior_approval', '''approval state'''),
        ('recommendation', '''recommendation state'''),
        ('reminder', '''reminder body digest'''),
        ('roster_entry', '''roster_entry decision'''),
        ('roster_publication', '''publication number'''),
        ('roster_request', '''roster_request state'''),
        ('linked_notice', '''notice text digest'''),
        ('supervision_order', '''supervision_order state'', ''order_demand demand digest'''),
        ('survey', '''survey state'', ''survey_answers answers digest'''),
        ('association', '''association_stage stage'', ''association_scope scope'', ''association_unit department_id''')
    ) as t (name, facts)
    loop
        execute format(
            'create trigger %1$s_facts_insert after insert on %1$I
                 referencing new table as after_rows for each statement execute function note_facts(%2$s);
             create trigger %1$s_facts_update after update on %1$I
                 referencing old table as before_rows new table as after_rows
                 for each statement execute function note_facts(%2$s);
             create trigger %1$s_facts_delete after delete on %1$I
                 referencing old table as before_rows for each statement execute function note_facts(%2$s)',
            told.name, told.facts);
    end loop;
end
$$;

create view sealed_fact as
    select campaign_id, 'activity' as kind, id, state as value from activity
    union all select campaign_id, 'exit', id, state from exit_case
    union all select campaign_id, 'holding', id, state from holding
    union all select campaign_id, 'item', id, state from item
    union all select campaign_id, 'extension', id, state from item_extension
    union all select campaign_id, 'plan', id, state from plan
    union all select campaign_id, 'plan_content', id, encode(sha256(convert_to(content::text, 'UTF8')), 'hex') from plan
    union all select campaign_id, 'reply', id, encode(sha256(convert_to(reply_text, 'UTF8')), 'hex') from plan
    union all select campaign_id, 'change', id, state from plan_change
    union all select campaign_id, 'change_content', id, encode(sha256(convert_to(content::text, 'UTF8')), 'hex') from plan_change
    union all select campaign_id, 'condition', id, state from plan_condition
    union all select campaign_id, 'void_reply', id, encode(sha256(convert_to(text, 'UTF8')), 'hex') from plan_void_reply
    union all select campaign_id, 'approval', id, state from prior_approval
    union all select campaign_id, 'recommendation', id, state from recommendation
    union all select campaign_id, 'reminder', id, encode(sha256(convert_to(body, 'UTF8')), 'hex') from reminder
    union all select campaign_id, 'roster_entry', id, decision from roster_entry
    union all select campaign_id, 'publication', id, number::text from roster_publication
    union all select campaign_id, 'roster_request', id, state from roster_request
    union all select campaign_id, 'notice', id, encode(sha256(convert_to(text, 'UTF8')), 'hex') from linked_notice
    union all select campaign_id, 'supervision_order', id, state from supervision_order
    union all select campaign_id, 'order_demand', id, encode(sha256(convert_to(demand, 'UTF8')), 'hex') from supervision_order
    union all select campaign_id, 'survey', id, state from survey
    union all select campaign_id, 'survey_answers', id, encode(sha256(convert_to(answers::text, 'UTF8')), 'hex') from survey
    union all select campaign_id, 'association_stage', id, stage from association
    union all select campaign_id, 'association_scope', id, scope from association
    union all select campaign_id, 'association_unit', id, department_id::text from association;
comment on view sealed_fact is 'The facts of the triggers *_facts_*, as they stand; the audit compares them with what acts left.';
