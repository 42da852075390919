-- A paper that authorises what happened more than a year later is explained in a sentence
-- (domain 7.9, DN-4).
alter table evidence add column date_note text;
comment on column evidence.date_note is 'Why a paper so much older than the fact proves it.';
