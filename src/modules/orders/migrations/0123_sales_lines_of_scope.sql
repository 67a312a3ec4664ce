-- The same count for a unit with all below it, or a person as owner or manager: a part is told in every scope.
create function sales_lines_of(asked_basis text, first date, last date, asked_unit int, asked_person int) returns bigint
language sql stable security definer set search_path = public as $$
  select coalesce(sum(lines), 0) from sales_month where basis = asked_basis and month between first and last
    and (asked_unit is null or unit_id = any(unit_and_below(asked_unit)))
    and (asked_person is null or owner_id = asked_person or manager_id = asked_person
      or exists (select from holder where person_id = asked_person and post = 'SUP')) $$;
revoke execute on function sales_lines_of from public;
grant execute on function sales_lines_of to kambook_app;
drop function sales_lines;
