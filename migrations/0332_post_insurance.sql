-- Whoever uses an institution's post takes part in the pension of organs and institutions: the
-- register of posts has the confirmation, and T4-12 follows it (domain 7.9, DN-2).
alter table post_holder add column insured_on date, add column insurance_document text;
comment on column post_holder.insured_on is 'When the pension of organs and institutions was confirmed of the person.';
comment on column post_holder.insurance_document is 'By which document.';
