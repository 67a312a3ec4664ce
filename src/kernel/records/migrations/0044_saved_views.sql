-- A person's saved views of a list: the query of its address, and the columns chosen.
create table saved_view (
  id int generated always as identity primary key,
  person_id int not null references person(id),
  kind text not null,
  name text not null check (length(name) between 1 and 60),
  query text not null check (length(query) <= 4000),
  columns text[] not null default '{}',
  unique (person_id, kind, name)
);
grant select, insert, update, delete on saved_view to kambook_app;
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy own on saved_view to kambook_app using (person_id = (select app_person())) with check (person_id = (select app_person()));
do $$ begin execute format('create policy internal on saved_view to %I using (true) with check (true)', current_user); end $$;
