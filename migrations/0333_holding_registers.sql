-- Two more registers: what becomes of ties to other bodies (SV-22, T1-05), and the premises of
-- the association's own (SV-56, T3-12), so that nobody types them at the item (domain 7.9, DN-2).
alter table holding drop constraint holding_register_check;
alter table holding add constraint holding_register_check check (register in ('function', 'transfer', 'purchase', 'custody',
    'ownership', 'asset', 'completion', 'appropriation', 'room', 'delay', 'premises'));
