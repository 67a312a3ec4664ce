-- Who acts and what he may do is settled once, by the first statement of his transaction: the settings it leaves behind end with it.
-- Every pair of kind and verb that his posts of the day give has a setting `app.can.<kind>.<verb>`: all|units|managed|own.

-- Sets the transaction up for a user; gives the posts he holds today and what they let him do. `asked_lang` of null: his own language.
create function app_act(asked_user int, asked_person int, asked_edition int, at timestamptz, asked_lang text,
  out posts json, out can json)
language plpgsql security definer set search_path = public as $$
declare person text := coalesce(asked_person::text, '');
begin
  perform set_config('app.user_id', coalesce(asked_user::text, ''), true), set_config('app.person_id', person, true),
    set_config('app.edition_id', coalesce(asked_edition::text, ''), true), set_config('app.now', at::text, true),
    set_config('app.lang', asked_lang, true), set_config('app.acts', '1', true);
  with mine as materialized (
    select h.post, h.seat_id, h.unit_id from holder h where h.person_id = asked_person
  ), given as (
    select g.kind, g.verb, bool_or(g.reach = 'all') as whole, bool_or(g.reach = 'managed') as managed, bool_or(g.reach = 'own') as own,
      array_agg(distinct m.unit_id) filter (where g.reach = 'unit') as tops
    from mine m join right_grant g on g.post = m.post and g.edition_id = asked_edition group by 1, 2
  ), told as (
    select kind || '.' || verb as pair, set_config('app.can.' || translate(kind, '-', '_') || '.' || verb, concat_ws('|', whole,
      case when tops is null then '{}' else array(select distinct u from unnest(tops) top cross join lateral unnest(unit_and_below(top)) u)::text end,
      case when managed then person else '' end, case when own then person else '' end), true) as reach from given
  )
  select (select coalesce(json_agg(json_build_object('post', post, 'seatId', seat_id, 'unitId', unit_id) order by seat_id), '[]') from mine),
    (select coalesce(json_object_agg(pair, reach), '{}') from told) into posts, can;
end $$;
revoke execute on function app_act from public;

-- The same for whoever bears a secret with this digest: who he is, or null when it is no longer good. A session slides on while it is
-- used; that is written at most once in five minutes, and by one of the requests that come at the same moment.
create function app_begin(asked_digest text, asked_edition int, at timestamptz, asked_lang text)
returns json language plpgsql security definer set search_path = public as $$
declare who record; held record;
begin
  perform set_config('app.now', at::text, true);
  select s.last_seen_at < now() - interval '5 minutes' as rested, u.id as user_id, u.login, u.lang, p.id as person_id,
    case when u.lang = 'en' then coalesce(nullif(p.name_en, ''), p.name) else p.name end as name into who
  from auth_session s join app_user u on u.id = s.user_id join person p on p.id = u.person_id
  where s.digest = asked_digest and s.expires_at > now() and u.disabled_at is null;
  if not found then return null; end if;
  if who.rested then
    update auth_session s set last_seen_at = now(),
      expires_at = case when s.kind = 'session' then least(now() + interval '12 hours', s.created_at + interval '7 days') else s.expires_at end
    where s.digest in (select digest from auth_session where digest = asked_digest and last_seen_at < now() - interval '5 minutes'
      for update skip locked);
  end if;
  select * into held from app_act(who.user_id, who.person_id, asked_edition, at, coalesce(asked_lang, who.lang));
  return json_build_object('userId', who.user_id, 'personId', who.person_id, 'login', who.login, 'name', who.name, 'lang', who.lang,
    'posts', held.posts, 'can', held.can);
end $$;
revoke execute on function app_begin from public;

-- What a pair of kind and verb reaches, from the settings; whoever acts in a transaction that was not set up so is asked after anew.
create function app_can(k text, v text) returns text language sql stable as $$
  select case when current_setting('app.acts', true) = '1'
    then current_setting('app.can.' || translate(k, '-', '_') || '.' || v, true) else reach_text(k, v) end $$;
create or replace function app_all(k text, v text) returns boolean language sql stable as $$
  select coalesce(split_part(app_can(k, v), '|', 1) = 't', false) $$;
create or replace function app_units(k text, v text) returns int[] language sql stable as $$
  select coalesce(nullif(split_part(app_can(k, v), '|', 2), ''), '{}')::int[] $$;
create or replace function app_managed(k text, v text) returns int language sql stable as $$
  select nullif(split_part(app_can(k, v), '|', 3), '')::int $$;
create or replace function app_own(k text, v text) returns int language sql stable as $$
  select nullif(split_part(app_can(k, v), '|', 4), '')::int $$;
create or replace function app_reach(k text, v text, out "all" boolean, out units int[], out managed int, out own int)
language sql stable as $$ select app_all(k, v), app_units(k, v), app_managed(k, v), app_own(k, v) $$;
grant execute on function app_can, app_all, app_units, app_managed, app_own, app_reach to kambook_app;
