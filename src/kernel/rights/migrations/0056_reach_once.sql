-- What a right reaches is found once per reading transaction and kept in a setting that ends with it: a page asks for it a dozen times.
-- Whoever has written in the transaction asks anew, since his own rows may have changed what he reaches.
create function reach_kept(name text) returns text language plpgsql stable as $$
declare kept text; who text := concat_ws('/', coalesce(current_setting('app.person_id', true), ''), coalesce(current_setting('app.edition_id', true), ''), '');
begin
  if pg_current_xact_id_if_assigned() is not null then return null; end if;
  kept := current_setting(name, true);
  return case when starts_with(kept, who) then substr(kept, length(who) + 1) end;
end $$;
create function keep_reach(name text, reach text) returns text language sql stable as $$
  select case when set_config(name, concat_ws('/', coalesce(current_setting('app.person_id', true), ''), coalesce(current_setting('app.edition_id', true), ''), reach), true)
    is not null then reach end $$;

-- All | units | manager | owner, as text.
create function reach_text(k text, v text) returns text language plpgsql stable security definer set search_path = public as $$
declare name text := 'app.reach.' || translate(k, '-', '_') || '.' || v; kept text := reach_kept(name);
begin
  if kept is not null then return kept; end if;
  with mine as (select reach, unit_id from held_right where person_id = app_person() and kind = k and verb = v)
  select concat_ws('|', exists (select from mine where reach = 'all'),
    (select coalesce(array_agg(distinct u), '{}') from mine cross join lateral unnest(unit_and_below(unit_id)) u where reach = 'unit'),
    coalesce((select app_person() where exists (select from mine where reach = 'managed'))::text, ''),
    coalesce((select app_person() where exists (select from mine where reach = 'own'))::text, '')) into kept;
  return keep_reach(name, kept);
end $$;

create or replace function app_all(k text, v text) returns boolean language sql stable security definer set search_path = public as $$
  select split_part(reach_text(k, v), '|', 1) = 't' $$;
create or replace function app_units(k text, v text) returns int[] language sql stable security definer set search_path = public as $$
  select split_part(reach_text(k, v), '|', 2)::int[] $$;
create or replace function app_managed(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select nullif(split_part(reach_text(k, v), '|', 3), '')::int $$;
create or replace function app_own(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select nullif(split_part(reach_text(k, v), '|', 4), '')::int $$;
create or replace function app_reach(k text, v text, out "all" boolean, out units int[], out managed int, out own int)
language sql stable security definer set search_path = public as $$
  select split_part(r, '|', 1) = 't', split_part(r, '|', 2)::int[], nullif(split_part(r, '|', 3), '')::int, nullif(split_part(r, '|', 4), '')::int
  from reach_text(k, v) r $$;
