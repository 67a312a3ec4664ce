-- What the facts of a stretch are dated by: `wanted` where they carry several, the only one where they carry one, null where there are
-- none. The same for every reader, whatever part of the facts he sees; it tells of no fact.
create function sales_basis(wanted text, first date, last date) returns text language plpgsql stable security definer
  set search_path = public as $$
declare carried text[] := array(select b from unnest(array['order', 'shipment', 'acceptance']) b
  where exists (select from sales_month m where m.basis = b and m.month between first and last));
begin
  return case cardinality(carried) when 0 then null when 1 then carried[1] else wanted end;
end $$;
revoke execute on function sales_basis from public;
grant execute on function sales_basis to kambook_app;
