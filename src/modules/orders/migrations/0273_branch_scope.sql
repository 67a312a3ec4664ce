-- Orders and their lines carry the branch of their account beside those who look after it.
alter table sales_order add column scope_branch_id int;
alter table order_line add column scope_branch_id int;
create index sales_order_branch on sales_order (scope_branch_id, ordered_on desc, id desc);
create index order_line_branch on order_line (scope_branch_id, ordered_on desc, id desc);
-- A branch counts what was sold to the accounts it supports; a region what it sold.
create or replace function sales_lines_of(asked_basis text, first date, last date, asked_unit int, asked_person int) returns bigint
language sql stable security definer set search_path = public as $$
  select case when exists (select from unit where id = asked_unit and level = 'branch')
    then (select coalesce(sum(lines), 0) from sales_month where basis = asked_basis and month between first and last
      and (unit_id = asked_unit or account_id in (select id from account where branch_id = asked_unit)))
    else (select coalesce(sum(lines), 0) from sales_count where basis = asked_basis and month between first and last
      and (asked_unit is null or unit_id = any((select unit_and_below(asked_unit))::int[]))
      and (asked_person is null or owner_id = asked_person or manager_id = asked_person
        or exists (select from holder where person_id = asked_person and post = 'SUP'))) end $$;
