-- Workflows run on rows of our own. Requests read them under row security; only the two definer functions below write them.
create sequence wf_id;
-- A published workflow never changes; a case keeps the version it began with.
create table workflow_version (
  id int generated always as identity primary key,
  edition_id int not null references edition(id),
  workflow text not null,
  graph jsonb not null,
  unique (edition_id, workflow)
);
create function workflow_version_is_immutable() returns trigger language plpgsql as $$
begin raise exception 'a published workflow never changes'; end $$;
create trigger immutable before update or delete on workflow_version
  for each row execute function workflow_version_is_immutable();
grant select on workflow_version to kambook_app;

create table wf_case (
  id bigint primary key,
  root_id bigint not null references wf_case(id),
  parent_id bigint references wf_case(id),
  -- The caller's token that waits for this case; tokens are deleted when used up, so this is no foreign key.
  parent_token bigint,
  workflow text not null,
  process text not null,
  version_id int not null references workflow_version(id),
  edition_id int not null references edition(id),
  start_key text unique,
  title_zh text not null,
  title_en text not null,
  input jsonb not null,
  record_kind text,
  record_id int,
  subject_id int references person(id),
  unit_id int references unit(id),
  status text not null,
  state text not null check (state in ('running', 'resting', 'ended')),
  rev int not null,
  -- 补办: begun after the norm's date of the first step; later steps keep their distance from it.
  make_up boolean not null,
  norm_from date,
  make_up_from date,
  year int not null,
  started_by int references person(id),
  started_at timestamptz not null,
  ended_at timestamptz,
  result text
);
create index wf_case_root on wf_case (root_id);
create index wf_case_parent on wf_case (parent_id);
create index wf_case_record on wf_case (record_kind, record_id);
create index wf_case_started on wf_case (started_by, id desc);

-- Where a case stands: one row per token; `flow` is the way it came, for joins.
create table wf_token (
  id bigint primary key,
  case_id bigint not null references wf_case(id),
  node text not null,
  flow text
);
create index wf_token_case on wf_token (case_id);

create table wf_task (
  id bigint primary key,
  case_id bigint not null references wf_case(id),
  token_id bigint not null,
  node text not null,
  step text not null,
  post text not null,
  round int not null,
  due_at timestamptz,
  opened_at timestamptz not null,
  status text not null check (status in ('open', 'done', 'cancelled')),
  rev int not null,
  outcome text,
  comment text,
  done_by int references person(id),
  done_at timestamptz,
  from_person int references person(id)
);
create index wf_task_case on wf_task (case_id, node);
create index wf_task_open on wf_task (due_at) where status = 'open';
create index wf_task_done_by on wf_task (done_by, done_at desc);
-- One task per waiting token, whatever happens.
create unique index wf_task_token on wf_task (token_id) where status = 'open';

create table wf_candidate (
  task_id bigint not null references wf_task(id),
  person_id int not null references person(id),
  reason text not null check (reason in ('post', 'stand-in', 'subject')),
  stands_in text,
  primary key (person_id, task_id)
);
create index wf_candidate_task on wf_candidate (task_id);

create table wf_member (
  case_id bigint not null references wf_case(id),
  person_id int not null references person(id),
  primary key (person_id, case_id)
);
create index wf_member_case on wf_member (case_id);

create table wf_log (
  id bigint generated always as identity primary key,
  case_id bigint not null references wf_case(id),
  at timestamptz not null,
  person_id int,
  event text not null,
  node text,
  detail jsonb not null default '{}'
);
create index wf_log_case on wf_log (case_id, id);
create function wf_log_only_grows() returns trigger language plpgsql as $$
begin raise exception 'the log of a case only grows'; end $$;
create trigger only_grows before update or delete or truncate on wf_log for each statement execute function wf_log_only_grows();

-- Record kinds whose rows the asker may all read: he may see every case about them.
create function wf_kinds() returns text[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct g.kind), '{}') from holder h join right_grant g on g.post = h.post
    and g.edition_id = app_edition() and g.verb = 'read' and g.reach = 'all' where h.person_id = app_person() $$;

do $$ declare t text; begin
  foreach t in array array['wf_case', 'wf_token', 'wf_task', 'wf_candidate', 'wf_member', 'wf_log'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format('grant select on %I to kambook_app', t);
  end loop;
end $$;
create policy member on wf_member for select to kambook_app using (person_id = (select app_person()));
create policy seen on wf_case for select to kambook_app using (
  exists (select from wf_member m where m.case_id = wf_case.id and m.person_id = (select app_person()))
  or record_kind = any((select wf_kinds())::text[]));
create policy seen on wf_token for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy seen on wf_task for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy seen on wf_log for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy seen on wf_candidate for select to kambook_app using (
  person_id = (select app_person()) or exists (select from wf_task t where t.id = task_id));

create function wf_ids(amount int) returns jsonb language sql volatile security definer set search_path = public as $$
  select jsonb_agg(nextval('wf_id')) from generate_series(1, amount) $$;

-- Locks the root of a task's call tree, then reads all a step needs. Null: no such task, or not the asker's.
create function wf_hold(task bigint) returns jsonb language plpgsql volatile security definer set search_path = public as $$
declare root bigint; answer jsonb;
begin
  select c.root_id into root from wf_task t join wf_case c on c.id = t.case_id
    join wf_candidate k on k.task_id = t.id and k.person_id = app_person() where t.id = task;
  if root is null then return null; end if;
  perform from wf_case where id = root for update;
  with recursive chain as (
    select c.*, 0 as depth from wf_task t join wf_case c on c.id = t.case_id where t.id = task
    union all select p.*, chain.depth + 1 from wf_case p join chain on p.id = chain.parent_id
  )
  select jsonb_build_object(
    'task', to_jsonb(t),
    'doneBy', (select name from person where id = t.done_by),
    'cases', (select jsonb_agg(to_jsonb(chain) - 'depth' || jsonb_build_object('siblings',
      (select count(*) from wf_case s where s.parent_id = chain.parent_id and s.parent_token = chain.parent_token
        and s.id <> chain.id and s.state <> 'ended')) order by depth) from chain),
    'tokens', (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from wf_token k where k.case_id in (select id from chain)),
    'rounds', (select coalesce(jsonb_agg(r), '[]') from (select case_id as "caseId", node, count(*) as done from wf_task
      where case_id in (select id from chain) and status = 'done' group by 1, 2) r),
    'ids', wf_ids(4)) into answer from wf_task t where t.id = task;
  return answer;
end $$;

-- The case that a start key already began, seen or not: the same start again is answered, never doubled.
create function wf_started(key text) returns bigint language sql volatile security definer set search_path = public as $$
  select pg_advisory_xact_lock(hashtextextended(key, 20)); select id from wf_case where start_key = key $$;

-- What a case is about is known only after the case is there.
create function wf_about(case_no bigint, kind text, record int) returns void language sql volatile security definer set search_path = public as $$
  update wf_case set record_kind = kind, record_id = record where id = case_no and record_kind is null $$;

-- Writes one step. The finished task must be open, of the revision that was read, and the asker's.
create function wf_write(step jsonb) returns void language plpgsql volatile security definer set search_path = public as $$
declare done jsonb := step->'done'; child wf_case;
begin
  if done is not null then
    update wf_task set status = 'done', rev = rev + 1, outcome = done->>'outcome', comment = done->>'comment',
      done_by = app_person(), done_at = app_now()
    where id = (done->>'id')::bigint and status = 'open' and rev = (done->>'rev')::int
      and exists (select from wf_candidate k where k.task_id = wf_task.id and k.person_id = app_person());
    if not found then raise exception 'the task is no longer open' using errcode = '40001'; end if;
  end if;
  for child in select * from jsonb_populate_recordset(null::wf_case, step->'cases') loop
    insert into wf_case values (child.*);
    insert into wf_member select child.id, m.person_id from wf_member m where m.case_id = child.parent_id;
    if child.subject_id is not null or child.parent_id is null then
      insert into wf_member values (child.id, coalesce(child.subject_id, child.started_by)) on conflict do nothing;
    end if;
  end loop;
  if step->'changed' is not null then
    update wf_case c set status = n.status, state = n.state, result = n.result, rev = c.rev + 1,
      ended_at = case when n.state = 'ended' then app_now() end
    from jsonb_populate_recordset(null::wf_case, step->'changed') n where c.id = n.id;
  end if;
  if step->'gone' is not null then
    delete from wf_token where id in (select value::bigint from jsonb_array_elements_text(step->'gone'));
  end if;
  if step->'tokens' is not null then
    insert into wf_token select * from jsonb_populate_recordset(null::wf_token, step->'tokens')
      on conflict (id) do update set node = excluded.node, flow = excluded.flow;
  end if;
  if step->'tasks' is not null then
    insert into wf_task select * from jsonb_populate_recordset(null::wf_task, step->'tasks');
    insert into wf_candidate select * from jsonb_populate_recordset(null::wf_candidate, step->'candidates');
    insert into wf_member select distinct t.case_id, k.person_id from jsonb_populate_recordset(null::wf_candidate, step->'candidates') k
      join wf_task t on t.id = k.task_id on conflict do nothing;
  end if;
  insert into wf_log (case_id, at, person_id, event, node, detail)
    select case_id, app_now(), app_person(), event, node, coalesce(detail, '{}') from jsonb_populate_recordset(null::wf_log, step->'log');
end $$;
revoke execute on function wf_hold, wf_write, wf_started, wf_ids, wf_kinds, wf_about from public;
grant execute on function wf_hold, wf_write, wf_started, wf_ids, wf_kinds, wf_about to kambook_app;
