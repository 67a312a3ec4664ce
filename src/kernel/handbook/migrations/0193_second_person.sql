-- What waits for a second person, and how it was decided: nobody alone changes rights, posts, limits or indicators.
create table edition_request (
  id int generated always as identity primary key,
  edition_id int not null references edition (id),
  act text not null check (act in ('publish', 'withdraw')),
  effective_from date,
  why text,
  -- The part of the rights whose `approve` it needs.
  part text not null check (part in ('handbook', 'standards')),
  -- [{ group, change, code, name: { zh, en } }]
  changes jsonb not null,
  asked_by int not null references app_user (id),
  asked_person int not null references person (id),
  asked_at timestamptz not null default app_now(),
  -- `alone`: nobody else could approve; `dropped`: asked for anew, or no longer possible.
  outcome text check (outcome in ('approved', 'refused', 'alone', 'dropped')),
  decided_by int references app_user (id),
  decided_at timestamptz,
  reason text
);
create unique index edition_request_open on edition_request (edition_id) where outcome is null;
create index edition_request_edition on edition_request (edition_id, id desc);
select track_changes('edition_request', 'edition-request');
alter table edition_request enable row level security;
alter table edition_request force row level security;
do $$ begin execute format('create policy internal on edition_request to %I using (true) with check (true)', current_user); end $$;
grant select on edition_request to kambook_app;
-- Whoever sees the edition sees what was asked of it.
create policy scope_read on edition_request for select to kambook_app
  using (exists (select from edition e where e.id = edition_id));
