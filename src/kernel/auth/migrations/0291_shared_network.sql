-- Fifty failures at one network lock nobody out there who has not failed himself: a login waits after its own last failure at the network.
-- The others are looked at two a second for the whole network, so that whoever goes on guessing under ever new names does not take the
-- reckoning of passwords from everybody. Otherwise as before.
create or replace function auth_begin(said text, at_place text, out id bigint, out wait int, out fresh boolean) language plpgsql as $$
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
        max(at) filter (where not open) as last, max(a.id) filter (where not open) as latest, null::bigint as lately
      from auth_attempt a where login = said and place = at_place
    union all select 50, count(*) filter (where not open), count(*) filter (where open), max(at) filter (where not open), max(a.id) filter (where not open), null
      from auth_attempt a where not device and login = said and not starts_with(place, 'device:') and at > clock_timestamp() - interval '1 hour'
    union all select 50, count(*) filter (where not open), count(*) filter (where open), max(at) filter (where not open and login = said),
        max(a.id) filter (where not open), count(*) filter (where open or at > clock_timestamp() - interval '1 second')
      from auth_attempt a where not device and place = at_place and at > clock_timestamp() - interval '1 hour'
  loop
    -- At a network beyond its limit a login that has no failure of its own to wait after waits for nothing but its turn.
    if scopes.lately is not null and scopes.failed >= scopes.allowed and auth_wait(scopes.failed, scopes.allowed, scopes.last) = 0 then
      if scopes.lately >= 2 and wait < 1 then wait := 1; refused := scopes.latest; end if;
    elsif auth_wait(scopes.failed, scopes.allowed, scopes.last) > wait then
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
