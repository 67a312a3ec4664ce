-- One annual plan per year; its numbers stand in tables of their own, its words in FM-18's working text.
create table plan (
  id int generated always as identity primary key,
  rev int not null default 1,
  year int not null unique,
  base_year int not null,
  growth_year int not null,
  version text not null default '0.0',
  status text not null default 'basis' check (status in ('basis', 'draft', 'review', 'final', 'cascading')),
  case_id bigint,
  form jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
select track_changes('plan', 'plan');

-- Targets by home region and quarter: the grid of the draft.
create table plan_target (
  plan_id int not null references plan(id),
  unit_id int not null references unit(id),
  quarter int not null check (quarter between 1 and 4),
  amount numeric not null default 0 check (amount >= 0),
  orders int not null default 0 check (orders >= 0),
  primary key (plan_id, unit_id, quarter)
);

-- What was submitted, passed, rejected and signed stays as it was, with the reason.
create table plan_version (
  id int generated always as identity primary key,
  plan_id int not null references plan(id),
  version text not null,
  act text not null,
  person_id int not null references person(id),
  at timestamptz not null default app_now(),
  reason text not null default '',
  targets jsonb not null,
  form jsonb not null
);
create trigger append_only before update or delete on plan_version for each row execute function append_only();

-- A split being made: the head's over his managers by quarter, a manager's over his reps by month and account.
create table plan_sheet (
  id int generated always as identity primary key,
  rev int not null default 1,
  plan_id int not null references plan(id),
  kind text not null check (kind in ('manager', 'rep')),
  parent_id int references plan_sheet(id),
  holder_id int not null references person(id),
  case_id bigint not null,
  status text not null default 'open' check (status in ('open', 'issued')),
  attempts int not null default 0,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (plan_id, kind, holder_id)
);
select track_changes('plan_sheet', 'plan-sheet');

create table plan_sheet_line (
  sheet_id int not null references plan_sheet(id),
  tree text not null default 'account' check (tree in ('account', 'deal')),
  receiver_id int not null references person(id),
  holder_id int not null references person(id),
  unit_id int not null default 0,
  account_id int not null default 0,
  -- Quarter 1-4 on the head's sheet, month 1-12 on a manager's.
  period int not null check (period between 1 and 12),
  amount numeric not null default 0 check (amount >= 0),
  orders int not null default 0 check (orders >= 0),
  primary key (sheet_id, tree, receiver_id, unit_id, account_id, period)
);
create index plan_sheet_line_receiver on plan_sheet_line (receiver_id, sheet_id);

-- 目标责任书: what one receiver was given, and what he answered.
create table plan_letter (
  id int generated always as identity primary key,
  rev int not null default 1,
  sheet_id int not null references plan_sheet(id),
  receiver_id int not null references person(id),
  holder_id int not null references person(id),
  status text not null default 'waiting' check (status in ('waiting', 'accepted', 'returned', 'settled')),
  reason text not null default '',
  answered_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (sheet_id, receiver_id)
);
select track_changes('plan_letter', 'plan-letter');

-- Plans one takes part in: as holder of a split or as receiver of a letter.
create function app_plans() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct s.plan_id), '{}') from plan_sheet s left join plan_letter l on l.sheet_id = s.id
  where s.holder_id = app_person() or l.receiver_id = app_person() $$;
create function app_plan_sheets() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct s.id), '{}') from plan_sheet s left join plan_letter l on l.sheet_id = s.id
  where s.holder_id = app_person() or l.receiver_id = app_person() $$;
-- Plans whose own case has an open task for the asker: whoever reviews, decides or signs writes while the step is in his hands.
create function app_plans_in_hand() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct p.id), '{}') from wf_candidate k join wf_task t on t.id = k.task_id and t.status = 'open'
    join plan p on p.case_id = t.case_id where k.person_id = app_person() $$;
create function app_sheets_in_hand() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(s.id), '{}') from plan_sheet s where s.plan_id = any(app_plans_in_hand()) $$;
revoke execute on function app_plans, app_plan_sheets, app_plans_in_hand, app_sheets_in_hand from public;
grant execute on function app_plans, app_plan_sheets, app_plans_in_hand, app_sheets_in_hand to kambook_app;

-- Whoever reads all plans reads every part; others read what they split and what they were given. Writing takes the open task, the
-- split one holds, or the right to change every plan; the commands check the task besides.
do $$ declare t text; reads text; writes text; begin
  for t, reads, writes in values
    ('plan', 'id = any((select app_plans())::int[])', 'id = any((select app_plans_in_hand())::int[])'),
    ('plan_target', 'plan_id = any((select app_plans())::int[])', 'plan_id = any((select app_plans_in_hand())::int[])'),
    ('plan_version', 'plan_id = any((select app_plans())::int[])', 'plan_id = any((select app_plans_in_hand())::int[])'),
    ('plan_sheet', 'holder_id = (select app_person()) or id = any((select app_plan_sheets())::int[])', 'holder_id = (select app_person()) or plan_id = any((select app_plans_in_hand())::int[])'),
    ('plan_sheet_line', 'receiver_id = (select app_person()) or holder_id = (select app_person())', 'holder_id = (select app_person()) or sheet_id = any((select app_sheets_in_hand())::int[])'),
    ('plan_letter', 'receiver_id = (select app_person()) or holder_id = (select app_person())', 'receiver_id = (select app_person()) or holder_id = (select app_person()) or sheet_id = any((select app_sheets_in_hand())::int[])')
  loop
    execute format('grant select, insert, update, delete on %I to kambook_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy scope_read on %I for select to kambook_app using ((select app_all(''plan'', ''read'')) or %s)', t, reads);
    execute format('create policy scope_insert on %I for insert to kambook_app with check ((select app_all(''plan'', ''update'')) or %s)', t, writes);
    execute format('create policy scope_update on %I for update to kambook_app using ((select app_all(''plan'', ''update'')) or %s)', t, writes);
    execute format('create policy scope_delete on %I for delete to kambook_app using ((select app_all(''plan'', ''update'')) or %s)', t, writes);
  end loop;
end $$;
