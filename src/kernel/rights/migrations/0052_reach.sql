-- Who holds which post on the business date; the date is asked once, not once per column.
create or replace view holder as
  select s.post, s.id as seat_id, s.unit_id, s.covers, a.person_id, a.from_date, a.to_date
  from (select app_today() as date offset 0) today cross join assignment a join seat s on s.id = a.seat_id join person p on p.id = a.person_id
  where a.from_date <= today.date and (a.to_date is null or a.to_date >= today.date)
    and s.valid_from <= today.date and (s.valid_to is null or s.valid_to >= today.date)
    and (p.left_on is null or p.left_on >= today.date);

-- What a person's posts of the day give: one row per right. Row security and the program ask this one view.
create view held_right as
  select h.person_id, h.unit_id, g.kind, g.verb, g.reach
  from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition();

create or replace function app_all(k text, v text) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from held_right where person_id = app_person() and kind = k and verb = v and reach = 'all') $$;
create or replace function app_units(k text, v text) returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct u), '{}') from held_right r cross join lateral unnest(unit_and_below(r.unit_id)) u
  where r.person_id = app_person() and r.kind = k and r.verb = v and r.reach = 'unit' $$;
create or replace function app_managed(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select app_person() where exists (select from held_right where person_id = app_person() and kind = k and verb = v and reach = 'managed') $$;
create or replace function app_own(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select app_person() where exists (select from held_right where person_id = app_person() and kind = k and verb = v and reach = 'own') $$;

-- The four questions at once, for the program: it asks before each page.
create function app_reach(k text, v text, out "all" boolean, out units int[], out managed int, out own int)
language sql stable security definer set search_path = public as $$
  with mine as (select reach, unit_id from held_right where person_id = app_person() and kind = k and verb = v)
  select exists (select from mine where reach = 'all'),
    (select coalesce(array_agg(distinct u), '{}') from mine cross join lateral unnest(unit_and_below(unit_id)) u where reach = 'unit'),
    (select app_person() where exists (select from mine where reach = 'managed')),
    (select app_person() where exists (select from mine where reach = 'own')) $$;
grant execute on function app_reach to kambook_app;
