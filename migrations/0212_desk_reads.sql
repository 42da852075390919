-- What an association's desk is computed from is read by the association.
create index item_extension_asked_index on item_extension (campaign_id, association_id) where state = 'asked';
create index post_holder_active_index on post_holder (campaign_id, association_id) where resigned_on is null;
