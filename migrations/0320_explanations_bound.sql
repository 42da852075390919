-- What is said of a warning is said of the values that the warning reads: once one of them changes, it lapses. What was
-- said before has no digest and is taken to be about the values that stand now, until the section is saved again.
alter table survey
    add column explained_for jsonb not null default '{}',
    add column lapsed jsonb not null default '{}';
comment on column survey.explained_for is 'Warning code → digest of the values that its explanation is about.';
comment on column survey.lapsed is 'Warning code → explanation whose values have changed since, to be given anew.';
