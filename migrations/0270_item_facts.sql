-- 完成标准 of a measure as typed facts, kept with its item (domain 7.9, DN-1).
alter table item add column facts jsonb not null default '{}';
alter table item add constraint item_facts_check check (jsonb_typeof(facts) = 'object');
comment on column item.facts is 'Answers to the measure''s facts by their codes; what a register holds is not repeated here.';
comment on column item.done_on is 'completed_on (DN-4): the latest day among the facts of item and registers, not the day of a click.';
