-- Clerk and leader of a unit hand the plan over to each other: the clerk sends it to the
-- leader for signature, the leader sends it back with a reason.
do $$
declare
    condition text;
begin
    select substring(pg_get_constraintdef(oid) from 'CHECK \((.*)\)') into condition from pg_constraint
    where conname = 'plan_state_check' and conrelid = 'plan'::regclass;
    alter table plan drop constraint plan_state_check;
    execute format('alter table plan add constraint plan_state_check check (state = ''for_signature'' or %s)', condition);
end
$$;
alter table plan add column passed_by bigint references account;
alter table plan add column passed_on date;
alter table plan add column back_reason text;
comment on column plan.passed_on is 'When the clerk sent it to the leader for signature.';
comment on column plan.back_reason is 'Why the leader sent it back, until it is sent to the leader again.';
