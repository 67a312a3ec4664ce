-- The rows behind a figure are told page by page, account by account. How many there are, what they come to and which accounts a page
-- takes stands in the month's sums, so that a page reads the facts of its own accounts alone.
create index sales_fact_account on sales_fact (account_id, basis, happened_on, id);
alter table sales_month add column facts int not null default 0;
update sales_month m set facts = f.facts from (
  select basis, date_trunc('month', happened_on)::date as month, account_id, coalesce(owner_id, 0) as owner_id,
    coalesce(manager_id, 0) as manager_id, unit_id, coalesce(home_unit_id, 0) as home_unit_id, coalesce(category, '') as category,
    count(*) as facts
  from sales_fact group by 1, 2, 3, 4, 5, 6, 7, 8) f
where (m.basis, m.month, m.account_id, m.owner_id, m.manager_id, m.unit_id, m.home_unit_id, m.category)
  = (f.basis, f.month, f.account_id, f.owner_id, f.manager_id, f.unit_id, f.home_unit_id, f.category);

create or replace function sum_sales_facts() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into sales_month as m (basis, month, account_id, owner_id, manager_id, unit_id, home_unit_id, category, amount, profit, returned,
    lines, facts)
  select basis, date_trunc('month', happened_on)::date, account_id, coalesce(owner_id, 0), coalesce(manager_id, 0), unit_id,
    coalesce(home_unit_id, 0), coalesce(category, ''),
    coalesce(sum(amount) filter (where kind = 'sale'), 0), coalesce(sum(profit) filter (where kind = 'sale'), 0),
    coalesce(sum(amount) filter (where kind = 'returned'), 0),
    sum(case when kind <> 'sale' then 0 when reverses is null then 1 else -1 end), count(*)
  from added
  group by 1, 2, 3, 4, 5, 6, 7, 8
  order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (basis, month, account_id, owner_id, manager_id, unit_id, home_unit_id, category) do update
    set amount = m.amount + excluded.amount, profit = m.profit + excluded.profit,
      returned = m.returned + excluded.returned, lines = m.lines + excluded.lines, facts = m.facts + excluded.facts;
  return null;
end $$;

-- A unit with all below it is found once, not once per row.
create or replace function sales_lines_of(asked_basis text, first date, last date, asked_unit int, asked_person int) returns bigint
language sql stable security definer set search_path = public as $$
  select coalesce(sum(lines), 0) from sales_count where basis = asked_basis and month between first and last
    and (asked_unit is null or unit_id = any((select unit_and_below(asked_unit))::int[]))
    and (asked_person is null or owner_id = asked_person or manager_id = asked_person
      or exists (select from holder where person_id = asked_person and post = 'SUP')) $$;

-- Rebuild and compare: true when both sums, and the count of facts, equal the facts.
create or replace function sales_month_agrees() returns boolean language sql stable security definer set search_path = public as $$
  select not exists (
    select from (
      select basis, date_trunc('month', happened_on)::date as month, account_id, sum(amount) filter (where kind = 'sale') as amount,
        sum(amount) filter (where kind = 'returned') as returned, count(*) as facts
      from sales_fact group by 1, 2, 3) f
    full join (select basis, month, account_id, sum(amount) as amount, sum(returned) as returned, sum(facts) as facts
      from sales_month group by 1, 2, 3) m using (basis, month, account_id)
    where (coalesce(f.amount, 0), coalesce(f.returned, 0), coalesce(f.facts, 0))
      <> (coalesce(m.amount, 0), coalesce(m.returned, 0), coalesce(m.facts, 0)))
  and not exists (
    select from (select basis, month, unit_id, owner_id, manager_id, sum(lines) as lines from sales_month group by 1, 2, 3, 4, 5) m
    full join sales_count c using (basis, month, unit_id, owner_id, manager_id)
    where coalesce(m.lines, 0) <> coalesce(c.lines, 0)) $$;
