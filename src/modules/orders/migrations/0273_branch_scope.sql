-- Orders and their lines carry the branch of their account beside those who look after it.
alter table sales_order add column scope_branch_id int;
alter table order_line add column scope_branch_id int;
create index sales_order_branch on sales_order (scope_branch_id, ordered_on desc, id desc);
create index order_line_branch on order_line (scope_branch_id, ordered_on desc, id desc);
-- A branch counts what was sold to the accounts it supports beside what it sold; a region what it sold.
create or replace view account_region as select id, home_unit_id, branch_id from account;

-- Lines of a branch over everybody's scopes; null for a unit that is none.
create function sales_lines_of_branch(asked_basis text, first date, last date, asked_unit int) returns bigint
language sql stable security definer set search_path = public as $$
  select (select coalesce(sum(lines), 0) from sales_month where basis = asked_basis and month between first and last
    and (unit_id = any(unit_and_below(asked_unit)) or account_id in (select id from account where branch_id = asked_unit)))
  from unit where id = asked_unit and level = 'branch' $$;

drop function sales_accounts_of;
-- The accounts behind one such figure with their lines, for a reader who was found to see a part of it: of how many he sees all.
create function sales_accounts_of(asked_basis text, first date, last date, units int[], branch int, by_home boolean, person int)
returns table (account_id int, lines bigint)
language sql stable security definer set search_path = public as $$
  select m.account_id, sum(m.lines) from sales_month m join account a on a.id = m.account_id
  where m.basis = asked_basis and m.month between first and last
    and (units is null or case when by_home then a.home_unit_id else m.unit_id end = any(units) or a.branch_id = branch)
    and (person is null or m.owner_id = person or m.manager_id = person)
  group by 1 having sum(m.lines) <> 0 $$;
revoke execute on function sales_lines_of_branch, sales_accounts_of from public;
grant execute on function sales_lines_of_branch, sales_accounts_of to kambook_app;
