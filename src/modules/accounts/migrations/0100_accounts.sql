-- Key accounts. Code and name are enough to register one; what FM-01 wants besides is asked for until it is there.
create table account (
  id int generated always as identity primary key,
  rev int not null default 1,
  code text not null unique,
  name text not null,
  short_name text,
  industry text,
  grade text check (grade in ('A', 'B', 'C')),
  home_unit_id int references unit(id),
  owner_id int references person(id),
  backup_id int references person(id),
  manager_id int references person(id),
  province text,
  city text,
  credit_code text,
  phone text,
  address text,
  since date,
  source text,
  notes text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index account_name_grams on account using gin (grams(name));
create index account_code_grams on account using gin (grams(code));
create index account_home on account (home_unit_id, id);
create index account_owner on account (owner_id, id);
create index account_backup on account (backup_id, id);
create index account_manager on account (manager_id, id);
select track_changes('account', 'account');
-- Accounts within one's reach for a right on another kind; kept in line with the declaration at every start.
create function reach_of_account(k text, v text) returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(id), '{}') from account where manager_id = (select app_managed(k, v))
    or owner_id = (select app_own(k, v)) or backup_id = (select app_own(k, v)) $$;
grant execute on function reach_of_account to kambook_app;
