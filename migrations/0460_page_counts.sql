-- The contents page of an association's file (归档目录, EX-19) asks for the number of pages, which nobody was asked.
alter table file add column pages integer constraint file_pages_check check (pages between 1 and 9999);
comment on column file.pages is 'Pages of a document, as whoever handed it in told; null where nobody did.';
