-- A file whose contents its own password hides: kept, and said so wherever it is listed.
alter table file add column encrypted boolean not null default false;
comment on column file.encrypted is 'Protected by a password: nobody could look whether it holds macros.';
