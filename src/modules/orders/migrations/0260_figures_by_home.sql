-- Figures by region count by the unit that an order was booked in, or by the home region that its account has today. Where an account
-- belongs is asked beside rows that the reader may see anyway: this view tells nothing else of it.
create view account_region as select id, home_unit_id from account;
grant select on account_region to kambook_app;

-- Lines of a stretch over everybody's scopes, by month and by what parts of a figure are told apart by. Requests ask it to learn whether
-- they see a part. Homes change, so that they are counted anew; the rest stands in the small sums.
create function sales_lines_by(asked_basis text, first date, last date, by_home boolean)
returns table (month date, unit_id int, owner_id int, manager_id int, lines bigint)
language sql stable security definer set search_path = public rows 1000 as $$
  select month, unit_id, owner_id, manager_id, lines::bigint from sales_count
    where not by_home and basis = asked_basis and month between first and last
  union all
  select m.month, a.home_unit_id, m.owner_id, m.manager_id, sum(m.lines) from sales_month m join account a on a.id = m.account_id
    where by_home and m.basis = asked_basis and m.month between first and last group by 1, 2, 3, 4 $$;

-- The accounts behind one such figure with their lines, for a reader who was found to see a part of it: of how many he sees all.
create function sales_accounts_of(asked_basis text, first date, last date, units int[], by_home boolean, person int)
returns table (account_id int, lines bigint)
language sql stable security definer set search_path = public as $$
  select m.account_id, sum(m.lines) from sales_month m join account a on a.id = m.account_id
  where m.basis = asked_basis and m.month between first and last
    and (units is null or case when by_home then a.home_unit_id else m.unit_id end = any(units))
    and (person is null or m.owner_id = person or m.manager_id = person)
  group by 1 having sum(m.lines) <> 0 $$;
revoke execute on function sales_lines_by, sales_accounts_of from public;
grant execute on function sales_lines_by, sales_accounts_of to kambook_app;
drop function sales_lines_of;
