-- The running program acts as tuogou_app, which may not change or remove
-- audit records, nor define anything (security.md 5).
do $$
begin
    if not exists (select from pg_roles where rolname = 'tuogou_app') then
        create role tuogou_app nologin;
    end if;
end
$$;
grant tuogou_app to current_user;
grant usage on schema public to tuogou_app;
grant select, insert, update, delete on all tables in schema public to tuogou_app;
revoke update, delete, truncate on audit_record from tuogou_app;
revoke insert, update, delete, truncate on audit_head from tuogou_app;
revoke insert, update, delete on _sqlx_migrations from tuogou_app;
alter default privileges in schema public grant select, insert, update, delete on tables to tuogou_app;
