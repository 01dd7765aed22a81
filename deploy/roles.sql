-- Once for each server and database, by an administrator of the server (a superuser, or a role that may create roles), while
-- connected to the database that CaseFlow is to use:
--
--   psql -d caseflow -v owner_password='…' -v program_password='…' -f roles.sql
--
-- Other names for the two logins: -v owner=… -v program=…. Safe to run again; it changes no password of a login that is there.

\set ON_ERROR_STOP on
\if :{?owner} \else \set owner caseflow_owner \endif
\if :{?program} \else \set program caseflow_service \endif

-- What sessions work as. Nobody logs in as these.
select format('create role %I nologin', r) from unnest(array['caseflow_program', 'caseflow_reader']) as r
where not exists (select from pg_roles where rolname = r) \gexec

-- Owns the schema and changes it; keeps and deletes what the law's time says. Only for migrations and by hand.
select format('create role %I login password %L', :'owner', :'owner_password')
where not exists (select from pg_roles where rolname = :'owner') \gexec

-- The running program.
select format('create role %I login password %L', :'program', :'program_password')
where not exists (select from pg_roles where rolname = :'program') \gexec

select format('grant caseflow_program, caseflow_reader to %I', r) from unnest(array[:'owner', :'program']) as r \gexec
select format('alter database %I owner to %I', current_database(), :'owner') \gexec
select format('revoke all on database %I from public', current_database()) \gexec
select format('grant connect on database %I to %I', current_database(), :'program') \gexec
revoke create on schema public from public;
