-- Running work stands in rows. A version is the compiled graph of one edition and never changes; a case keeps its version.
create table wf_version (
  id int generated always as identity primary key,
  edition_id int not null,
  workflow text not null,
  graph jsonb not null,
  unique (edition_id, workflow)
);
create table wf_case (
  id int generated always as identity primary key,
  root_id int references wf_case(id),
  parent_id int references wf_case(id),
  -- Node of the parent that waits for this case.
  parent_node text,
  version_id int not null references wf_version(id),
  edition_id int not null,
  workflow text not null,
  process text not null,
  start_key text unique,
  title_zh text not null,
  title_en text not null,
  input jsonb not null default '{}',
  record_kind text,
  record_id int,
  subject_id int references person(id),
  unit_id int,
  year int not null,
  -- `running`, the milestone it rests at, or the result it ended with.
  status text not null default 'running',
  state text not null default 'running' check (state in ('running', 'resting', 'ended')),
  make_up boolean not null default false,
  first_due date,
  rev int not null default 1,
  started_by int references person(id),
  started_at timestamptz not null default app_now(),
  ended_at timestamptz
);
create index wf_case_root on wf_case (root_id);
create index wf_case_parent on wf_case (parent_id, parent_node);
create index wf_case_record on wf_case (record_kind, record_id);
-- A token stands at a node that waits: a task, a call, a join, or the point where the case rests.
create table wf_token (
  id bigint generated always as identity primary key,
  case_id int not null references wf_case(id),
  node text not null,
  status text not null default 'waiting' check (status in ('waiting', 'resting'))
);
create index wf_token_case on wf_token (case_id);
create table wf_task (
  id int generated always as identity primary key,
  case_id int not null references wf_case(id),
  root_id int not null,
  token_id bigint,
  node text not null,
  step text not null,
  post text not null,
  round int not null,
  opened_at timestamptz not null default app_now(),
  due_at timestamptz,
  from_person int references person(id),
  status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  rev int not null default 1,
  outcome text,
  comment text not null default '',
  done_by int references person(id),
  done_at timestamptz
);
create index wf_task_case on wf_task (case_id, node);
create index wf_task_open on wf_task (due_at, id) where status = 'open';
create index wf_task_done on wf_task (done_by, done_at desc) where status = 'done';
create table wf_candidate (
  task_id int not null references wf_task(id),
  person_id int not null references person(id),
  post text not null,
  reason text not null check (reason in ('post', 'stand-in', 'subject')),
  stands_in text,
  primary key (task_id, person_id)
);
create index wf_candidate_person on wf_candidate (person_id, task_id);
-- Who may see a case: starter, candidates, subjects; a child case has its parent's members too.
create table wf_member (
  case_id int not null references wf_case(id),
  person_id int not null references person(id),
  primary key (case_id, person_id)
);
create index wf_member_person on wf_member (person_id);
create table wf_log (
  id bigint generated always as identity primary key,
  case_id int not null,
  root_id int not null,
  at timestamptz not null default app_now(),
  person_id int,
  edition_id int,
  event text not null,
  node text,
  detail jsonb not null default '{}'
);
create index wf_log_case on wf_log (case_id, id);
-- The log only grows; 0041 locks it once the append-only trigger exists.
