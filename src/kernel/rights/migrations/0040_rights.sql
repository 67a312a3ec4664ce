-- What each post may do with each record kind, compiled from handbook/rights.yaml when an edition is published.
create table right_grant (
  edition_id int not null references edition(id),
  post text not null,
  kind text not null,
  verb text not null,
  reach text not null check (reach in ('all', 'unit', 'managed', 'own')),
  -- Why: the function and matrix value it follows from, and the clause people read.
  function text,
  duty text,
  clause text not null,
  primary key (edition_id, post, kind, verb, clause)
);
create index right_grant_lookup on right_grant (edition_id, kind, verb, post) include (reach);
grant select on right_grant to kambook_app;

-- The four questions of row security. Each is asked once per statement as `(select ...)`, never per row.
create function app_all(k text, v text) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition()
    and g.kind = k and g.verb = v and g.reach = 'all' where h.person_id = app_person()) $$;
create function app_units(k text, v text) returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct u), '{}') from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition()
    and g.kind = k and g.verb = v and g.reach = 'unit' cross join lateral unnest(unit_and_below(h.unit_id)) u
  where h.person_id = app_person() $$;
create function app_managed(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select app_person() where exists (select from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition()
    and g.kind = k and g.verb = v and g.reach = 'managed' where h.person_id = app_person()) $$;
create function app_own(k text, v text) returns int language sql stable security definer set search_path = public as $$
  select app_person() where exists (select from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition()
    and g.kind = k and g.verb = v and g.reach = 'own' where h.person_id = app_person()) $$;
grant execute on function app_all, app_units, app_managed, app_own to kambook_app;

-- Row security is generated from the declarations of record kinds; the stamp tells whether it is up to date.
create table declaration_stamp (id int primary key default 1 check (id = 1), digest text not null);
