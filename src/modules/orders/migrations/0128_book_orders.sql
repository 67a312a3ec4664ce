-- An import books the orders that its file speaks of; without orders all are booked, as before.
drop function book_sales(text);
create function book_sales(asked_basis text, of_orders int[] default null) returns int language plpgsql security definer
  set search_path = public set plan_cache_mode = force_custom_plan as $$
declare added int;
begin
  with line as materialized (
    select l.* from order_line l where of_orders is null or l.order_id = any(of_orders)
  ), standing as (
    select f.* from line l join sales_fact f on f.line_id = l.id where f.basis = asked_basis and f.reverses is null
      and not exists (select from sales_fact r where r.reverses = f.id)
  ), said as (
    select l.id as line_id, k.kind, case asked_basis when 'order' then l.ordered_on else l.shipped_on end as happened_on,
      l.account_id, l.unit_id, l.category, l.subcategory, l.amount, coalesce(l.profit, 0) as profit
    from line l cross join (values ('sale'), ('returned')) k(kind)
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
