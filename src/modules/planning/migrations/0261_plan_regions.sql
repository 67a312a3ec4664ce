-- A plan sets its targets by regions on one basis: the unit that orders were booked in, or the home region of their accounts. Plans that
-- are there were laid out by home regions.
alter table plan add column regions text not null default 'home' check (regions in ('booked', 'home'));
alter table plan alter column regions set default 'booked';

-- By which regions the year's targets stand; null while none are signed.
create function plan_regions(asked_year int) returns text language sql stable security definer set search_path = public as $$
  select regions from plan where year = asked_year and status in ('final', 'cascading') $$;

-- Regions whose signed targets the asker is told: all for whoever reads plans; those he was given; those he sees all sales of, since
-- whoever leads a region is told what it should reach.
create function region_targets(asked_year int) returns table (unit_id int, quarter int, amount numeric, regions text)
language sql stable security definer set search_path = public rows 24 as $$
  select t.unit_id, t.quarter, t.amount, p.regions from plan p join plan_target t on t.plan_id = p.id
  where p.status in ('final', 'cascading') and p.year = asked_year
    and ((select app_all('plan', 'read')) or p.id = any((select app_plans_in_hand())::int[])
      or t.unit_id = any((select app_units('order', 'read'))::int[])
      or (p.id, t.unit_id) in (select s.plan_id, l.unit_id from plan_sheet_line l join plan_sheet s on s.id = l.sheet_id
        where s.kind = 'manager' and l.receiver_id = app_person())) $$;

-- Years that have such targets, for a region or, where none is named, for the company.
create function region_target_years(asked_unit int) returns table (year int)
language sql stable security definer set search_path = public as $$
  select p.year from plan p where p.status in ('final', 'cascading') and case when asked_unit is null then app_all('plan', 'read')
    else exists (select from region_targets(p.year) t where t.unit_id = asked_unit) end $$;
revoke execute on function plan_regions, region_targets, region_target_years from public;
grant execute on function plan_regions, region_targets, region_target_years to kambook_app;
