-- A return is seen by whoever sees an order of its code; requests do not write returns, an import does.
alter table order_return enable row level security;
alter table order_return force row level security;
grant select on order_return to kambook_app;
do $$ begin execute format('create policy internal on order_return to %I using (true) with check (true)', current_user); end $$;
create policy scope_read on order_return for select to kambook_app using ((select app_all('order', 'read'))
  or exists (select from sales_order o where o.code = order_code));
create index sales_order_code on sales_order (code);
