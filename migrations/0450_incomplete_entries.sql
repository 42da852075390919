-- A district's own list says less than a certificate: often a name and a unit, and nothing else.
-- Such a body stands in the register, and what is missing is asked of its unit. Until its day of
-- registration is known it counts among those that stood when the scheme was issued (SC-11).
alter table association alter column registered_on drop not null;
alter table association drop constraint association_code_check;
comment on column association.registered_on is 'Null: not known yet. Empty domicile, legal_representative, business_scope, registrar and member_basis say the same.';
