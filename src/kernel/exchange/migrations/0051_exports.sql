-- Who took which records out, by which filter and how many: the row stays as a trail, the file goes after a week.
create table export_run (
  id int generated always as identity primary key,
  person_id int not null references person(id),
  kind text not null,
  format text not null check (format in ('xlsx', 'csv')),
  filter jsonb not null,
  columns text[],
  file_name text not null,
  mime text not null,
  rows int not null,
  size int not null,
  created_at timestamptz not null default app_now(),
  -- Real time, not the business date, which a sample company moves.
  kept_until timestamptz not null default now() + interval '7 days'
);
create index export_run_person on export_run (person_id, id desc);
create table export_file (
  run_id int primary key references export_run(id),
  bytes bytea not null
);
do $$ declare t text; own text; begin
  for t, own in values ('export_run', 'person_id = (select app_person())'),
    ('export_file', 'exists (select from export_run r where r.id = run_id and r.person_id = (select app_person()))')
  loop
    execute format('grant select, insert on %I to kambook_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy own on %I to kambook_app using (%s) with check (%s)', t, own, own);
  end loop;
end $$;
grant delete on export_file to kambook_app;
