-- Who came to the door, who was refused, what was given out and what was done to the installation itself. Only ever appended. It speaks of
-- the machine, so its time is the machine's, not the business date's.
create table security_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- What happened, as a stable word: `sign-in`, `sign-in-failed`, `export`, `log-removed` ...
  event text not null check (event ~ '^[a-z][a-z0-9-]{1,59}$'),
  user_id int,
  person_id int,
  -- As it was typed; nobody may bear it.
  login text check (length(login) <= 200),
  address text check (length(address) <= 100),
  detail jsonb not null default '{}',
  -- The transaction that wrote the row: rows are chained only when no older transaction can add one before them.
  xact xid8 not null default pg_current_xact_id()
);
create index security_log_order on security_log (xact, id);
create index security_log_moment on security_log (at desc, id desc);
create index security_log_login on security_log (login, id desc);
create trigger append_only before update or delete on security_log for each row execute function append_only();
create trigger append_only_all before truncate on security_log for each statement execute function append_only();
alter table security_log enable row level security;
alter table security_log force row level security;
do $$ begin execute format('create policy internal on security_log to %I using (true) with check (true)', current_user); end $$;

-- The only way in. Who acts is the transaction's own actor; what is too long is cut, so that no event is lost because of what was typed.
create function security_event(event text, login text, address text, detail jsonb) returns void
language sql security definer set search_path = public as $$
  insert into security_log (event, user_id, person_id, login, address, detail)
  values (event, app_user(), app_person(), left(login, 200), left(address, 100), coalesce(detail, '{}')) $$;
revoke execute on function security_event from public;
grant execute on function security_event to kambook_app;
