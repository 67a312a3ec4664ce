-- The branch that supports an account: its head reaches the account and what was sold to it. The home region stays what plans go by.
alter table account add column branch_id int references unit(id);
create index account_branch on account (branch_id, id);
create or replace function reached_account(k text, v text) returns setof int language sql stable security definer set search_path = public rows 2000 as $$
  select id from account where manager_id = (select app_managed(k, v))
  union all select id from account where branch_id = any((select app_units(k, v))::int[])
  union all select id from account where owner_id = (select app_own(k, v)) or backup_id = (select app_own(k, v)) $$;
-- Which branch a province, or a city of it, is supported by: remembered with the branch, for the next time accounts are given out.
create table branch_area (
  id int generated always as identity primary key,
  province text not null check (province <> ''),
  -- Empty: the whole province, but for the cities that have a branch of their own.
  city text not null default '',
  unit_id int not null references unit(id),
  unique (province, city)
);
select track_changes('branch_area', 'branch-area');
grant select, insert, update, delete on branch_area to kambook_app;
alter table branch_area enable row level security;
alter table branch_area force row level security;
do $$ begin execute format('create policy internal on branch_area to %I using (true) with check (true)', current_user); end $$;
create policy scope_read on branch_area for select to kambook_app using (true);
create policy scope_write on branch_area to kambook_app
  using ((select app_all('account', 'assign'))) with check ((select app_all('account', 'assign')));
