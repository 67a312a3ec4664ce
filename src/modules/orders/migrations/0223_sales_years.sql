-- Sales of a calendar year are dated by one basis, for the whole company. Figures of a year count by it; changing it books the year anew.
create table sales_year (
  id int generated always as identity primary key,
  rev int not null default 1,
  year int not null unique check (year between 1900 and 2200),
  basis text not null check (basis in ('order', 'shipment', 'acceptance')),
  reason text not null check (btrim(reason) <> ''),
  set_by int references person(id),
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
grant select on sales_year to kambook_app;
alter table sales_year enable row level security;
alter table sales_year force row level security;
do $$ begin execute format('create policy internal on sales_year to %I using (true) with check (true)', current_user); end $$;
create policy read_all on sales_year for select to kambook_app using (true);
-- Years that have sales keep the basis that most of their lines are booked by; no fact is touched.
insert into sales_year (year, basis, reason)
  select distinct on (year) year, basis, '升级时按已有的销售记录定' from (
    select extract(year from month)::int as year, basis, sum(lines) as lines from sales_month group by 1, 2) m
  where lines > 0 order by year, lines desc, array_position(array['order', 'shipment', 'acceptance'], basis);
select track_changes('sales_year', 'sales-year');

-- The basis of the year that a stretch begins in; null while nobody has set it. `wanted` and `last` are what it was asked with before.
create or replace function sales_basis(wanted text, first date, last date) returns text language sql stable security definer
  set search_path = public as $$ select basis from sales_year where year = extract(year from first) $$;

-- When a line counts, on a basis.
create function line_day(l order_line, basis text) returns date language sql immutable as $$
  select case basis when 'order' then l.ordered_on when 'shipment' then l.shipped_on else l.accepted_on end $$;

-- Sales are written, and years booked anew, by one at a time.
create function lock_sales() returns void language sql as $$ select pg_advisory_xact_lock(7107) $$;

-- Books what the lines say and the facts do not yet. A line counts in a year by the basis of that year and by no other, so that lines at
-- the turn of two years that are dated differently may count twice or not at all; sales_odd_lines tells which. Years of these lines that
-- nobody has set take `asked_basis`, and lines of other orders that fall into them are booked as well. A line that changed is booked by a
-- reversing row at the old stamp and a new row. Returns the number of facts added; without orders all lines are booked.
drop function book_sales(text, int[]);
create function book_sales(asked_basis text, of_orders int[] default null, said_reason text default null) returns int
  language plpgsql security definer set search_path = public set plan_cache_mode = force_custom_plan as $$
declare fresh int[];
begin
  perform lock_sales();
  with said as (
    select distinct extract(year from line_day(l, asked_basis))::int as year from order_line l
    where l.counts and line_day(l, asked_basis) is not null and (of_orders is null or l.order_id = any(of_orders))
  ), named as (
    insert into sales_year (year, basis, reason, set_by)
    select year, asked_basis, coalesce(said_reason, '导入'), app_person() from said order by year
    on conflict (year) do nothing returning year
  ) select array_agg(year) into fresh from named;
  if fresh is not null and of_orders is not null then
    of_orders := of_orders || array(select distinct l.order_id from unnest(fresh) y join order_line l
      on line_day(l, asked_basis) between make_date(y, 1, 1) and make_date(y, 12, 31));
  end if;
  return book_lines(of_orders);
end $$;

create function book_lines(of_orders int[]) returns int language plpgsql security definer
  set search_path = public set plan_cache_mode = force_custom_plan as $$
declare added int;
begin
  with line as materialized (
    select l.* from order_line l where of_orders is null or l.order_id = any(of_orders)
  ), standing as (
    select f.* from line l join sales_fact f on f.line_id = l.id where f.reverses is null
      and not exists (select from sales_fact r where r.reverses = f.id)
  ), dated as (
    select l.id, b.basis, b.day from line l cross join lateral (values ('order', l.ordered_on), ('shipment', l.shipped_on),
      ('acceptance', l.accepted_on)) b(basis, day)
    join sales_year y on y.year = extract(year from b.day) and y.basis = b.basis
    where l.counts
  ), said as (
    select l.id as line_id, k.kind, d.basis, d.day as happened_on, l.account_id, l.unit_id, l.category, l.subcategory, l.amount,
      coalesce(l.profit, 0) as profit
    from dated d join line l on l.id = d.id cross join (values ('sale'), ('returned')) k(kind) where k.kind = 'sale' or l.returned
  ), reversed as (
    select s.* from standing s left join said n on n.line_id = s.line_id and n.kind = s.kind and n.basis = s.basis
    where (n.happened_on, n.account_id, n.unit_id, n.category, n.amount, n.profit)
      is distinct from (s.happened_on, s.account_id, s.unit_id, s.category, s.amount, s.profit)
  ), fresh as (
    select n.* from said n left join standing s on s.line_id = n.line_id and s.kind = n.kind and s.basis = n.basis
    where s.id is null or exists (select from reversed r where r.id = s.id)
  ), written as (
    insert into sales_fact (line_id, basis, kind, happened_on, account_id, owner_id, manager_id, unit_id, home_unit_id,
      edition_id, category, subcategory, industry, amount, profit, reverses)
    select line_id, basis, kind, happened_on, account_id, owner_id, manager_id, unit_id, home_unit_id,
      app_edition(), category, subcategory, industry, -amount, -profit, id from reversed
    union all
    select f.line_id, f.basis, f.kind, f.happened_on, f.account_id, a.owner_id, a.manager_id, f.unit_id, a.home_unit_id,
      app_edition(), f.category, f.subcategory, a.industry, f.amount, f.profit, null
    from fresh f join account a on a.id = f.account_id
    returning 1
  )
  select count(*) into added from written;
  return added;
end $$;
revoke execute on function book_sales, book_lines, line_day from public;
grant execute on function book_sales to kambook_app;

-- Another basis for a year: sets it and books every line that falls into the year by any of its dates. Only within a right that reaches
-- all orders, whoever calls.
create function change_sales_year(asked_year int, asked_basis text, said_reason text) returns int language plpgsql security definer
  set search_path = public as $$
begin
  if not app_all('order', 'import') then raise insufficient_privilege; end if;
  perform lock_sales();
  update sales_year set basis = asked_basis, reason = said_reason, set_by = app_person(), rev = rev + 1, updated_at = app_now()
    where year = asked_year and basis <> asked_basis;
  if not found then return 0; end if;
  return book_lines(array(select distinct order_id from order_line l
    where extract(year from l.ordered_on) = asked_year or extract(year from l.shipped_on) = asked_year
      or extract(year from l.accepted_on) = asked_year));
end $$;
revoke execute on function change_sales_year from public;
grant execute on function change_sales_year to kambook_app;

-- Lines that count twice or never, were the years as set and `asked_year` on `asked_basis`: those that touch the year, or all.
create function sales_odd_lines(asked_year int, asked_basis text) returns table (line_id int, times int) language sql stable
  security definer set search_path = public as $$
  with year as (
    select year, case when year = asked_year then asked_basis else basis end as basis from sales_year
    union select asked_year, asked_basis where asked_year is not null
  ) select l.id, (select count(*)::int from (values ('order', l.ordered_on), ('shipment', l.shipped_on), ('acceptance', l.accepted_on)) b(basis, day)
      join year y on y.year = extract(year from b.day) and y.basis = b.basis) as times
  from order_line l where l.counts and app_all('order', 'read')
    and (asked_year is null or extract(year from l.ordered_on) = asked_year or extract(year from l.shipped_on) = asked_year
      or extract(year from l.accepted_on) = asked_year)
    and 1 <> (select count(*) from (values ('order', l.ordered_on), ('shipment', l.shipped_on), ('acceptance', l.accepted_on)) b(basis, day)
      join year y on y.year = extract(year from b.day) and y.basis = b.basis) $$;
revoke execute on function sales_odd_lines from public;
grant execute on function sales_odd_lines to kambook_app;

-- Lines that count in a year today and could not on another basis, because they do not bear its date.
create function sales_undated_lines(asked_year int, asked_basis text) returns table (line_id int) language sql stable
  security definer set search_path = public as $$
  select l.id from order_line l join sales_year y on y.year = asked_year
  where l.counts and app_all('order', 'read') and line_day(l, asked_basis) is null
    and extract(year from line_day(l, y.basis)) = asked_year $$;
revoke execute on function sales_undated_lines from public;
grant execute on function sales_undated_lines to kambook_app;
