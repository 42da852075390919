-- What an item rests on has held since it was reported, verified or settled by the reply: what
-- ceases to hold opens it again (domain 7.9, DN-3). Items done before keep their state until
-- their facts have been whole once.
alter table item add column facts_held boolean not null default false;
comment on column item.facts_held is 'The facts of the item have been whole while it is reported or done: where they cease to be, it opens again.';
