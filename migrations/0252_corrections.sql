-- 申请更正: a submission that can no longer be taken back is asked to be sent back, with a
-- reason. It waits for who checks the matter until they send it back by the ordinary act,
-- which ends the request by itself, or refuse.
create table correction (
    campaign_id integer not null references campaign,
    id bigint generated always as identity,
    association_id bigint not null,
    kind text not null,
    case_id bigint not null,
    state text not null default 'asked',
    reason text not null,
    asked_by bigint not null references account,
    asked_on date not null,
    answer text,
    answered_by bigint references account,
    answered_on date,
    version integer not null default 1,
    primary key (campaign_id, id),
    constraint correction_association_fk foreign key (campaign_id, association_id) references association,
    constraint correction_kind_check check (kind in ('survey', 'plan', 'condition', 'item')),
    constraint correction_state_check check (state in ('asked', 'returned', 'refused', 'lapsed'))
);
create unique index correction_asked_index on correction (campaign_id, kind, case_id) where state = 'asked';
create index correction_association_index on correction (campaign_id, association_id, id);
create constraint trigger correction_refused_check after insert or update on correction deferrable initially deferred
    for each row when (not ((new.state = 'refused') = (new.answer is not null)))
    execute function row_holds('(state = ''refused'') = (answer is not null)');
comment on table correction is 'Requests to send a submitted matter back; one open for each matter.';
comment on column correction.kind is 'Case::KIND of the matter.';

-- Whatever act gives the matter back to its unit answers the request, whichever room it
-- stands in and whether it moves one matter or many.
create function end_correction() returns trigger language plpgsql as $$
begin
    update correction
    set state = case when new.state in ('terminated', 'not_applicable', 'void') then 'lapsed' else 'returned' end,
        version = version + 1
    where campaign_id = new.campaign_id and kind = tg_argv[0] and case_id = new.id and state = 'asked';
    return null;
end
$$;
comment on function end_correction() is 'Ends the request to correct a matter that its unit has again, or that is no more.';
create trigger survey_correction_ends after update of state on survey for each row
    when (old.state <> new.state and new.state in ('draft', 'returned')) execute function end_correction('survey');
create trigger plan_correction_ends after update of state on plan for each row
    when (old.state <> new.state and new.state in ('draft', 'returned', 'terminated')) execute function end_correction('plan');
create trigger condition_correction_ends after update of state on plan_condition for each row
    when (old.state <> new.state and new.state in ('open', 'returned', 'void')) execute function end_correction('condition');
create trigger item_correction_ends after update of state on item for each row
    when (old.state <> new.state and new.state in ('open', 'in_progress', 'returned', 'not_applicable'))
    execute function end_correction('item');

-- A confirmed survey is not sent back: a new edition is begun.
create function end_correction_of_survey() returns trigger language plpgsql as $$
begin
    update correction set state = 'returned', version = version + 1
    where campaign_id = new.campaign_id and kind = 'survey' and association_id = new.association_id and state = 'asked';
    return null;
end
$$;
comment on function end_correction_of_survey() is 'Ends the request to correct a survey of which a new edition is begun.';
create trigger survey_edition_ends_correction after insert on survey for each row
    when (new.edition > 1) execute function end_correction_of_survey();
