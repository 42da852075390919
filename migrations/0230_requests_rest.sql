-- While a plan is with its unit again its open requests rest, and what is to be asked for
-- anew is marked until the plan is sent (FD-4, TC-66).
alter table prior_approval drop constraint prior_approval_state_check;
alter table prior_approval add constraint prior_approval_state_check check (state in ('required', 'marked', 'requested',
    'resting', 'approved', 'approved_with_conditions', 'rejected', 'not_needed', 'withdrawn'));
