-- How many lines a figure counts over everybody's scopes is asked beside every figure of a part: it has a small sum of its own, so that
-- the year is not read once more for a count. Requests ask sales_lines_of alone.
create table sales_count (
  basis text not null,
  month date not null,
  unit_id int not null,
  owner_id int not null,
  manager_id int not null,
  lines int not null,
  primary key (basis, month, unit_id, owner_id, manager_id)
);
alter table sales_count enable row level security;
alter table sales_count force row level security;
do $$ begin execute format('create policy internal on sales_count to %I using (true) with check (true)', current_user); end $$;
insert into sales_count select basis, month, unit_id, owner_id, manager_id, sum(lines) from sales_month group by 1, 2, 3, 4, 5;

create function count_sales_facts() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into sales_count as c (basis, month, unit_id, owner_id, manager_id, lines)
  select basis, date_trunc('month', happened_on)::date, unit_id, coalesce(owner_id, 0), coalesce(manager_id, 0),
    sum(case when reverses is null then 1 else -1 end)
  from added where kind = 'sale' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (basis, month, unit_id, owner_id, manager_id) do update set lines = c.lines + excluded.lines;
  return null;
end $$;
-- After sum_sales_facts: triggers run by name, and what they lock is locked in one order.
create trigger sum_sales_facts_count after insert on sales_fact
  referencing new table as added for each statement execute function count_sales_facts();

create or replace function sales_lines_of(asked_basis text, first date, last date, asked_unit int, asked_person int) returns bigint
language sql stable security definer set search_path = public as $$
  select coalesce(sum(lines), 0) from sales_count where basis = asked_basis and month between first and last
    and (asked_unit is null or unit_id = any(unit_and_below(asked_unit)))
    and (asked_person is null or owner_id = asked_person or manager_id = asked_person
      or exists (select from holder where person_id = asked_person and post = 'SUP')) $$;

-- Rebuild and compare: true when both sums equal the facts.
create or replace function sales_month_agrees() returns boolean language sql stable security definer set search_path = public as $$
  select not exists (
    select from (
      select basis, date_trunc('month', happened_on)::date as month, account_id, sum(amount) filter (where kind = 'sale') as amount
      from sales_fact group by 1, 2, 3) f
    full join (select basis, month, account_id, sum(amount) as amount from sales_month group by 1, 2, 3) m
      using (basis, month, account_id)
    where coalesce(f.amount, 0) <> coalesce(m.amount, 0))
  and not exists (
    select from (select basis, month, unit_id, owner_id, manager_id, sum(lines) as lines from sales_month group by 1, 2, 3, 4, 5) m
    full join sales_count c using (basis, month, unit_id, owner_id, manager_id)
    where coalesce(m.lines, 0) <> coalesce(c.lines, 0)) $$;
