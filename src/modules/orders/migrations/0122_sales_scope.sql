-- How many lines a figure counts over everybody's scopes: a reader with a narrower scope is told that he sees a part.
create function sales_lines(asked_basis text, first date, last date) returns bigint
language sql stable security definer set search_path = public as $$
  select coalesce(sum(lines), 0) from sales_month where basis = asked_basis and month between first and last $$;
revoke execute on function sales_lines from public;
grant execute on function sales_lines to kambook_app;
