-- TC-51: an approval or a filing keeps all the rules of its own date.

alter table post_holder add column ruled_cooling_months integer;
alter table post_holder add constraint post_holder_ruled_cooling_months_check check (ruled_cooling_months >= 0);
comment on column post_holder.ruled_cooling_months is 'Months without a post after retirement, in force on the approval''s own date (TC-51).';
