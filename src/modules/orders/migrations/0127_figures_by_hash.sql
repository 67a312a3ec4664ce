-- Accounts within reach are looked up by hash: as an array they would be walked anew for every row of the figures.
do $$ declare t text; begin
  foreach t in array array['sales_fact', 'sales_month'] loop
    execute format('drop policy scope_read on %I', t);
    execute format($p$create policy scope_read on %I for select to kambook_app using ((select app_all('order', 'read'))
      or unit_id = any((select app_units('order', 'read'))::int[])
      or account_id in (select unnest(reach_of_account('order', 'read'))))$p$, t);
  end loop;
end $$;
