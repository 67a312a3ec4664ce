-- Work that takes a processor for longer than a request may wait. One table for all kinds: who asked, how far it is, how it ended.
-- A node that works tells every few seconds that it lives; what a dead one held is freed by the others.
create table job_node (
  id text primary key,
  host text not null,
  pid int not null,
  -- Names under which its workers hold jobs of the small queue.
  workers text[] not null default '{}',
  heartbeat timestamptz not null default now()
);
create table heavy_job (
  id int generated always as identity primary key,
  kind text not null,
  -- Asked for twice while it is open, it is one job; kept, it is not done again.
  key text not null,
  keep boolean not null default false,
  user_id int references app_user(id),
  lang text not null,
  input jsonb not null,
  upload bytea,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  attempts int not null default 0,
  node text,
  cancelling boolean not null default false,
  run_at timestamptz not null default now(),
  progress jsonb,
  answer jsonb,
  -- Why it failed: a refusal as the API tells it.
  reason jsonb,
  file_name text,
  mime text,
  size bigint,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  used_at timestamptz not null default now(),
  check ((state in ('waiting', 'running')) = (ended_at is null)),
  check (state <> 'failed' or reason is not null)
);
create unique index heavy_job_open on heavy_job (kind, key) where state in ('waiting', 'running') and not cancelling;
create index heavy_job_kept on heavy_job (kind, key) where state = 'done' and keep;
create index heavy_job_ended on heavy_job (ended_at);
create table heavy_asker (
  job_id int not null references heavy_job(id) on delete cascade,
  person_id int not null references person(id),
  primary key (person_id, job_id)
);
create index heavy_asker_job on heavy_asker (job_id);
create table heavy_file (
  job_id int not null references heavy_job(id) on delete cascade,
  part int not null,
  bytes bytea not null,
  primary key (job_id, part)
);
-- Packed already; and a piece of it is read without the rest.
alter table heavy_file alter bytes set storage external;
alter table heavy_job alter upload set storage external;
alter table export_file alter bytes set storage external;
do $$ declare t text; own text; begin
  for t, own in values ('heavy_asker', 'person_id = (select app_person())'),
    ('heavy_job', 'exists (select from heavy_asker a where a.job_id = id and a.person_id = (select app_person()))'),
    ('heavy_file', 'exists (select from heavy_asker a where a.job_id = heavy_file.job_id and a.person_id = (select app_person()))')
  loop
    execute format('grant select on %I to kambook_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy own on %I for select to kambook_app using (%s)', t, own);
  end loop;
end $$;

-- Asks for a job in the caller's transaction: the kept one, the one that is open, or a new one. Null when the asker has as many open as he may.
create function ask_heavy(asked_kind text, asked_key text, kept boolean, asked_lang text, asked json, bytes bytea, at_most int)
returns int language plpgsql security definer set search_path = public as $$
declare
  found int;
begin
  if kept then
    update heavy_job set used_at = now() where id = (select id from heavy_job
      where kind = asked_kind and key = asked_key and state = 'done' and keep order by id desc limit 1) returning id into found;
  end if;
  while found is null loop
    select id into found from heavy_job
      where kind = asked_kind and key = asked_key and state in ('waiting', 'running') and not cancelling;
    exit when found is not null;
    if (select count(*) from heavy_job j join heavy_asker a on a.job_id = j.id
        where a.person_id = app_person() and j.state in ('waiting', 'running')) >= at_most then
      return null;
    end if;
    insert into heavy_job (kind, key, keep, user_id, lang, input, upload)
      values (asked_kind, asked_key, kept, app_user(), asked_lang, asked, bytes)
      on conflict (kind, key) where state in ('waiting', 'running') and not cancelling do nothing returning id into found;
  end loop;
  -- The program itself asks for nobody.
  if app_person() is not null then
    insert into heavy_asker (job_id, person_id) values (found, app_person()) on conflict do nothing;
  end if;
  return found;
end $$;

-- The asker no longer wants it; it stops when nobody else does. Tells whether it was still open.
create function cancel_heavy(job int) returns boolean language plpgsql security definer set search_path = public as $$
declare
  now_state text;
begin
  select state into now_state from heavy_job where id = job and exists (select from heavy_asker
    where job_id = job and person_id = app_person()) for update;
  if now_state is null or now_state not in ('waiting', 'running') then return false; end if;
  if exists (select from heavy_asker where job_id = job and person_id <> app_person()) then
    delete from heavy_asker where job_id = job and person_id = app_person();
  elsif now_state = 'waiting' then
    update heavy_job set state = 'cancelled', ended_at = now(), upload = null where id = job;
  else
    update heavy_job set cancelling = true where id = job;
  end if;
  return true;
end $$;
revoke execute on function ask_heavy, cancel_heavy from public;
grant execute on function ask_heavy, cancel_heavy to kambook_app;

-- However the writing of an import ends, its run says so: no run stays at "writing" without a job behind it.
create function import_follows_job() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update import_run set rev = rev + 1, updated_at = app_now(),
    state = case new.state when 'cancelled' then 'cancelled' else 'failed' end,
    result = case new.state when 'failed' then jsonb_build_object('failure', new.reason->'text') end
  where id = (new.input->>'runId')::int and state = 'writing';
  return null;
end $$;
create trigger import_follows_job after update of state on heavy_job
  for each row when (new.kind = 'import' and new.state in ('failed', 'cancelled')) execute function import_follows_job();
-- Runs that an earlier program left at "writing" are written by the new queue.
insert into heavy_job (kind, key, user_id, lang, input)
  select 'import', 'run:' || r.id, u.id, 'zh', jsonb_build_object('runId', r.id, 'editionId',
      (select id from edition where status = 'effective'), 'userId', u.id, 'personId', r.person_id)
  from import_run r join lateral (select id from app_user where person_id = r.person_id order by id limit 1) u on true where r.state = 'writing';
insert into heavy_asker (job_id, person_id) select id, (input->>'personId')::int from heavy_job where kind = 'import';
