-- One file proves several items of its association (domain 7.9, DN-5): a row of evidence is
-- the link from an item to a file, with the digest of what was linked.
alter table evidence add column sha256 bytea;
update evidence e set sha256 = f.sha256 from file f where f.campaign_id = e.campaign_id and f.id = e.file_id;
create unique index evidence_link_key on evidence (campaign_id, item_id, file_id) where file_id is not null;
comment on table evidence is 'What proves an item: the link from the item to a document and its file; one file may prove several items.';
comment on column evidence.sha256 is 'Digest of the file when it was made proof of this item.';
