-- Only failures count at the door, each by the login and the place it came from; a try being looked at is open, so that tries at the same
-- moment are counted as well without a lock held while the password is reckoned.
drop table auth_attempt;
create table auth_attempt (
  id bigint generated always as identity primary key,
  login text not null,
  -- The network a try came from, or a device that this login has signed in with before: `device:` and a digest.
  place text not null,
  open boolean not null default true,
  -- The refusal that followed stands in the security log: once for each delay, however often somebody knocks.
  told boolean not null default false,
  at timestamptz not null default clock_timestamp()
);
create index auth_attempt_pair on auth_attempt (login, place, at);
create index auth_attempt_place on auth_attempt (place, at);
create index auth_attempt_at on auth_attempt (at);

-- Devices that a login has signed in with: whoever fails elsewhere does not lock them out.
create table auth_device (
  user_id int not null references app_user(id) on delete cascade,
  -- SHA-256 of the secret that the browser keeps.
  digest text not null,
  seen_at timestamptz not null default now(),
  primary key (user_id, digest)
);

-- Seconds to wait after n failures of which `allowed` are free, the last at `last`: 1, 2, 4, 8, then 15 minutes.
create function auth_wait(n bigint, allowed int, last timestamptz) returns int language sql stable as $$
  select case when n < allowed then 0 else greatest(0, ceil(extract(epoch from last - clock_timestamp())
    + 60 * least(15, power(2, least(n - allowed, 4)))))::int end $$;

-- Opens a try of a login from a place. `id` when it may go on; else `wait` seconds, 0 when others are being looked at and it is to ask again.
-- `fresh`: nobody has been told of this delay yet. One place and login: 5 free failures in 12 hours; a login over all networks, and a network
-- over all logins: 50 in an hour. A known device has its own count only.
create function auth_begin(said text, at_place text, out id bigint, out wait int, out fresh boolean) language plpgsql as $$
declare
  scopes record; device boolean := starts_with(at_place, 'device:'); refused bigint;
begin
  perform pg_advisory_xact_lock(7104, hashtext(said));
  if not device then perform pg_advisory_xact_lock(7105, hashtext(at_place)); end if;
  delete from auth_attempt a where a.at < clock_timestamp() - interval '12 hours'
    or (a.open and a.at < clock_timestamp() - interval '1 minute');
  wait := 0; fresh := false;
  for scopes in
    select 5 as allowed, count(*) filter (where not open) as failed, count(*) filter (where open) as waiting,
        max(at) filter (where not open) as last, max(a.id) filter (where not open) as latest
      from auth_attempt a where login = said and place = at_place
    union all select 50, count(*) filter (where not open), count(*) filter (where open), max(at) filter (where not open), max(a.id) filter (where not open)
      from auth_attempt a where not device and login = said and not starts_with(place, 'device:') and at > clock_timestamp() - interval '1 hour'
    union all select 50, count(*) filter (where not open), count(*) filter (where open), max(at) filter (where not open), max(a.id) filter (where not open)
      from auth_attempt a where not device and place = at_place and at > clock_timestamp() - interval '1 hour'
  loop
    if auth_wait(scopes.failed, scopes.allowed, scopes.last) > wait then
      wait := auth_wait(scopes.failed, scopes.allowed, scopes.last); refused := scopes.latest;
    elsif scopes.waiting > 0 and scopes.failed + scopes.waiting >= scopes.allowed then refused := coalesce(refused, 0);
    end if;
  end loop;
  if wait > 0 then
    update auth_attempt a set told = true where a.id = refused and not a.told;
    fresh := found;
  elsif refused is null then
    insert into auth_attempt (login, place) values (said, at_place) returning auth_attempt.id into id;
  end if;
end $$;

alter table auth_session
  add column id int generated always as identity unique,
  add column address text,
  add column agent text;

-- A password that was set for somebody lets him in once, to set his own, and not after this time.
alter table app_user add column once_until timestamptz;

-- Preferences of one person: 64 KB in all; `null` takes one away.
update app_user set preferences = '{}' where octet_length(preferences::text) > 65536;
alter table app_user add constraint preferences_bounded check (octet_length(preferences::text) <= 65536);
drop function keep_own_preferences(text, jsonb);
create function keep_own_preferences(spoken text, more jsonb) returns boolean language sql security definer set search_path = public as $$
  with mine as (
    update app_user set lang = coalesce(spoken, lang),
      preferences = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(preferences || more) where value <> 'null')
    where id = app_user() and octet_length((preferences || more)::text) <= 65536 returning 1)
  select exists (select from mine) $$;
revoke execute on function keep_own_preferences from public;
grant execute on function keep_own_preferences to kambook_app;
