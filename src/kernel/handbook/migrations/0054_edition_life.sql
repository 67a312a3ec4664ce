-- An edition lives from draft to its end. Its files never change; its state moves only along the ways named below.
alter table edition drop constraint edition_status_check;
alter table edition add constraint edition_status_check
  check (status in ('draft', 'published', 'effective', 'superseded', 'withdrawn'));
alter table edition alter column effective_from drop not null;
alter table edition alter column published_at drop not null;
alter table edition
  add column effective_until date,
  add column took_effect_at timestamptz,
  add column imported_by int references app_user(id),
  add column imported_at timestamptz not null default app_now(),
  add column withdrawn_at timestamptz,
  add column withdrawn_why text;
alter table edition disable trigger immutable;
update edition set imported_at = published_at, took_effect_at = published_at where status in ('effective', 'superseded');
alter table edition enable trigger immutable;
alter table edition add constraint edition_dated check (status in ('draft', 'withdrawn') or effective_from is not null);
create index edition_waiting on edition (effective_from) where status = 'published';

create or replace function edition_is_immutable() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.files is distinct from old.files or new.hash <> old.hash or new.number <> old.number
    then raise exception 'a published edition never changes';
  end if;
  -- A draft given up may be taken up again; a superseded one holds again when its successor is withdrawn.
  if new.status <> old.status and (old.status, new.status) not in (
      ('draft', 'published'), ('published', 'effective'), ('effective', 'superseded'), ('published', 'superseded'),
      ('draft', 'withdrawn'), ('published', 'withdrawn'), ('effective', 'withdrawn'),
      ('superseded', 'effective'), ('withdrawn', 'draft'))
    then raise exception 'an edition does not go from % to %', old.status, new.status;
  end if;
  return new;
end $$;

-- The trail tells of the state; the files stand in the edition itself.
create function audit_edition() returns trigger language plpgsql security definer set search_path = public as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) - 'files' end;
  after jsonb := to_jsonb(new) - 'files';
  difference jsonb;
begin
  select jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) into difference
  from jsonb_object_keys(before || after) key
  where key <> 'id' and before -> key is distinct from after -> key and not (tg_op = 'INSERT' and after -> key = 'null'::jsonb);
  if difference is not null then
    insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
    values (app_user(), app_person(), app_edition(), 'edition', new.id,
      case tg_op when 'INSERT' then 'create' else 'update' end, difference);
  end if;
  return null;
end $$;
create trigger audit_edition after insert or update on edition for each row execute function audit_edition();

-- What was published is for everybody to read; drafts are for those who work on the handbook.
alter table edition enable row level security;
alter table edition force row level security;
do $$ begin execute format('create policy internal on edition to %I using (true) with check (true)', current_user); end $$;
create policy scope_read on edition for select to kambook_app
  using (published_at is not null or (select app_all('system.handbook', 'read')));

-- The reference edition the company started from, kept with its files: what the program brings later is merged against it.
create table reference_edition (
  id int generated always as identity primary key,
  number text not null,
  hash text not null unique,
  files jsonb not null,
  adopted_at timestamptz not null default app_now()
);
create trigger append_only before update or delete on reference_edition for each row execute function append_only();
-- A company begins with the reference; so its first edition is what it started from.
insert into reference_edition (number, hash, files, adopted_at)
  select number, hash, files, published_at from edition order by id limit 1;
