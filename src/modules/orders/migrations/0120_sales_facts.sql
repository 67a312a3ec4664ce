-- Facts are stamped with the day's owner, manager, unit and edition, and only ever appended; a correction is a reversing row.
create table sales_fact (
  id bigint generated always as identity primary key,
  line_id int not null references order_line(id) on delete restrict,
  basis text not null check (basis in ('order', 'shipment', 'acceptance')),
  kind text not null check (kind in ('sale', 'returned')),
  happened_on date not null,
  booked_at timestamptz not null default app_now(),
  account_id int not null,
  owner_id int,
  manager_id int,
  unit_id int not null,
  home_unit_id int,
  edition_id int,
  category text,
  subcategory text,
  industry text,
  amount numeric not null,
  profit numeric not null default 0,
  reverses bigint references sales_fact(id)
);
create index sales_fact_line on sales_fact (line_id, basis, kind);
create unique index sales_fact_reversed_once on sales_fact (reverses) where reverses is not null;
create trigger append_only before update or delete on sales_fact for each row execute function append_only();
create trigger append_only_all before truncate on sales_fact for each statement execute function append_only();

-- The month's sums, written in the same transaction as the facts. Null keys are 0 or '' so that one row stands for one key.
create table sales_month (
  basis text not null,
  month date not null,
  account_id int not null,
  owner_id int not null,
  manager_id int not null,
  unit_id int not null,
  home_unit_id int not null,
  category text not null,
  amount numeric not null default 0,
  profit numeric not null default 0,
  returned numeric not null default 0,
  lines int not null default 0,
  primary key (basis, month, account_id, owner_id, manager_id, unit_id, home_unit_id, category)
);
create index sales_month_unit on sales_month (basis, unit_id, month);
create index sales_month_account on sales_month (account_id, month);

create function sum_sales_facts() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into sales_month as m (basis, month, account_id, owner_id, manager_id, unit_id, home_unit_id, category, amount, profit, returned, lines)
  select basis, date_trunc('month', happened_on)::date, account_id, coalesce(owner_id, 0), coalesce(manager_id, 0), unit_id,
    coalesce(home_unit_id, 0), coalesce(category, ''),
    coalesce(sum(amount) filter (where kind = 'sale'), 0), coalesce(sum(profit) filter (where kind = 'sale'), 0),
    coalesce(sum(amount) filter (where kind = 'returned'), 0),
    sum(case when kind <> 'sale' then 0 when reverses is null then 1 else -1 end)
  from added
  group by 1, 2, 3, 4, 5, 6, 7, 8
  order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (basis, month, account_id, owner_id, manager_id, unit_id, home_unit_id, category) do update
    set amount = m.amount + excluded.amount, profit = m.profit + excluded.profit,
      returned = m.returned + excluded.returned, lines = m.lines + excluded.lines;
  return null;
end $$;
create trigger sum_sales_facts after insert on sales_fact
  referencing new table as added for each statement execute function sum_sales_facts();

-- Books what the lines say and the facts do not yet: new lines, and lines whose amount, date, unit or return changed, these by a
-- reversing row at the old stamp and a new row. Moving an account to another owner books nothing: the past stays with who sold it.
-- `basis` order = order date, shipment = ship date. Returns the number of facts added.
create function book_sales(asked_basis text) returns int language plpgsql security definer set search_path = public as $$
declare added int;
begin
  with standing as (
    select f.* from sales_fact f where f.basis = asked_basis and f.reverses is null
      and not exists (select from sales_fact r where r.reverses = f.id)
  ), said as (
    select l.id as line_id, k.kind, case asked_basis when 'order' then l.ordered_on else l.shipped_on end as happened_on,
      l.account_id, l.unit_id, l.category, l.subcategory, l.amount, coalesce(l.profit, 0) as profit
    from order_line l cross join (values ('sale'), ('returned')) k(kind)
    where (k.kind = 'sale' or l.returned) and case asked_basis when 'order' then l.ordered_on else l.shipped_on end is not null
  ), reversed as (
    select s.* from standing s left join said n on n.line_id = s.line_id and n.kind = s.kind
    where (n.happened_on, n.account_id, n.unit_id, n.category, n.amount, n.profit)
      is distinct from (s.happened_on, s.account_id, s.unit_id, s.category, s.amount, s.profit)
  ), fresh as (
    select n.* from said n left join standing s on s.line_id = n.line_id and s.kind = n.kind
    where s.id is null or exists (select from reversed r where r.id = s.id)
  ), written as (
    insert into sales_fact (line_id, basis, kind, happened_on, account_id, owner_id, manager_id, unit_id, home_unit_id,
      edition_id, category, subcategory, industry, amount, profit, reverses)
    select line_id, basis, kind, happened_on, account_id, owner_id, manager_id, unit_id, home_unit_id,
      app_edition(), category, subcategory, industry, -amount, -profit, id from reversed
    union all
    select f.line_id, asked_basis, f.kind, f.happened_on, f.account_id, a.owner_id, a.manager_id, f.unit_id, a.home_unit_id,
      app_edition(), f.category, f.subcategory, a.industry, f.amount, f.profit, null
    from fresh f join account a on a.id = f.account_id
    returning 1
  )
  select count(*) into added from written;
  return added;
end $$;
revoke execute on function book_sales from public;
grant execute on function book_sales to kambook_app;

-- Rebuild and compare: true when the summary equals the facts.
create function sales_month_agrees() returns boolean language sql stable security definer set search_path = public as $$
  select not exists (
    select from (
      select basis, date_trunc('month', happened_on)::date as month, account_id, sum(amount) filter (where kind = 'sale') as amount
      from sales_fact group by 1, 2, 3) f
    full join (select basis, month, account_id, sum(amount) as amount from sales_month group by 1, 2, 3) m
      using (basis, month, account_id)
    where coalesce(f.amount, 0) <> coalesce(m.amount, 0)) $$;
grant execute on function sales_month_agrees to kambook_app;

-- Figures follow the scope of orders: by account for owners and managers, by unit for region heads.
do $$ declare t text; begin
  foreach t in array array['sales_fact', 'sales_month'] loop
    execute format('grant select on %I to kambook_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
    execute format($p$create policy scope_read on %I for select to kambook_app using ((select app_all('order', 'read'))
      or unit_id = any((select app_units('order', 'read'))::int[])
      or account_id = any((select reach_of_account('order', 'read'))::int[]))$p$, t);
  end loop;
end $$;
