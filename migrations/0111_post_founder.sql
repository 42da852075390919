-- 任职清理: who leads the founding of a body (PE-8), and lists of what presses.

alter table post_holder add column is_founder boolean not null default false;
comment on column post_holder.is_founder is 'Leads the founding of the body (牵头成立): a retired cadre needs an approval for it (PE-8).';
create index post_holder_asked_index on post_holder (campaign_id, asked_on) where asked_on is not null and approval_date is null;
