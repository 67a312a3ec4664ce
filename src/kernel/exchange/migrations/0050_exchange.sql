-- An import is prepared by one person and written at once; the file stays with the run, so that a figure can be traced to it.
create table import_run (
  id int generated always as identity primary key,
  rev int not null default 1,
  importer text not null,
  file_name text not null,
  size int not null,
  digest text not null,
  person_id int not null references person(id),
  state text not null default 'mapping' check (state in ('mapping', 'tried', 'writing', 'done', 'failed', 'cancelled')),
  sheets jsonb not null,
  fingerprint text not null,
  mapping jsonb not null,
  -- Where the mapping came from: guessed from headings, or remembered from the last file that looked like this one.
  remembered boolean not null default false,
  choices jsonb not null default '{}',
  trial jsonb,
  progress jsonb,
  result jsonb,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index import_run_person on import_run (person_id, id desc);
create table import_file (
  run_id int not null references import_run(id),
  part int not null,
  bytes bytea not null,
  primary key (run_id, part)
);
create table import_fault (
  run_id int not null references import_run(id) on delete cascade,
  n int not null,
  sheet text not null,
  line int not null,
  heading text not null,
  value text not null,
  zh text not null,
  en text not null,
  primary key (run_id, n)
);
create table import_memory (
  person_id int not null references person(id),
  importer text not null,
  fingerprint text not null,
  mapping jsonb not null,
  choices jsonb not null,
  primary key (person_id, importer, fingerprint)
);
do $$ declare t text; own text; begin
  for t, own in values ('import_run', 'person_id = (select app_person())'), ('import_memory', 'person_id = (select app_person())'),
    ('import_file', 'exists (select from import_run r where r.id = run_id and r.person_id = (select app_person()))'),
    ('import_fault', 'exists (select from import_run r where r.id = run_id and r.person_id = (select app_person()))')
  loop
    execute format('grant select, insert, update, delete on %I to kambook_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy own on %I to kambook_app using (%s) with check (%s)', t, own, own);
  end loop;
end $$;
