-- The unit's clerk hands a finished survey to the leader, who signs it or gives it back.
alter table survey drop constraint survey_state_check;
alter table survey add constraint survey_state_check check (state in ('draft', 'for_signature', 'submitted', 'returned',
    'confirmed', 'superseded'));
