-- An order and its lines carry who looks after their account, so that a reach is asked of the row itself and walked along an index. A
-- trigger that is made from the declaration of the kind sets and keeps these columns, whoever writes.
alter table sales_order add column scope_owner_id int, add column scope_backup_id int, add column scope_manager_id int;
alter table order_line add column scope_owner_id int, add column scope_backup_id int, add column scope_manager_id int;
-- Stamping what is there is nobody's change.
do $$ declare t text; begin
  foreach t in array array['sales_order', 'order_line'] loop
    execute format('alter table %I disable trigger user', t);
    execute format('update %I r set scope_owner_id = a.owner_id, scope_backup_id = a.backup_id, scope_manager_id = a.manager_id
      from account a where a.id = r.account_id', t);
    execute format('alter table %I enable trigger user', t);
  end loop;
end $$;
create index sales_order_manager on sales_order (scope_manager_id, ordered_on desc, id desc);
create index sales_order_owner on sales_order (scope_owner_id, ordered_on desc, id desc);
create index sales_order_backup on sales_order (scope_backup_id, ordered_on desc, id desc);
create index sales_order_amount on sales_order (amount desc, id desc);
create index order_line_manager on order_line (scope_manager_id, ordered_on desc, id desc);
create index order_line_owner on order_line (scope_owner_id, ordered_on desc, id desc);
create index order_line_backup on order_line (scope_backup_id, ordered_on desc, id desc);

-- Figures are stamped with the day's owner and manager; who may see them is settled by the account as it stands today.
create function reached_account(k text, v text) returns setof int language sql stable security definer set search_path = public rows 2000 as $$
  select id from account where manager_id = (select app_managed(k, v))
  union all select id from account where owner_id = (select app_own(k, v)) or backup_id = (select app_own(k, v)) $$;
revoke execute on function reached_account from public;
grant execute on function reached_account to kambook_app;
do $$ declare t text; begin
  foreach t in array array['sales_fact', 'sales_month'] loop
    execute format('drop policy scope_read on %I', t);
    execute format($p$create policy scope_read on %I for select to kambook_app using ((select app_all('order', 'read'))
      or unit_id = any((select app_units('order', 'read'))::int[])
      or account_id in (select reached_account('order', 'read')))$p$, t);
  end loop;
end $$;
