-- Who, when, what, from, to, under which edition. Only ever appended.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default app_now(),
  user_id int,
  person_id int,
  edition_id int,
  kind text not null,
  record_id bigint not null,
  action text not null check (action in ('create', 'update', 'delete')),
  -- { field: [from, to] }
  changes jsonb not null
);
create index audit_record on audit (kind, record_id, id desc);
create index audit_moment on audit (id desc, person_id);

create function append_only() returns trigger language plpgsql as $$
begin raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege'; end $$;
create trigger append_only before update or delete on audit for each row execute function append_only();
create trigger append_only_all before truncate on audit for each statement execute function append_only();

create function audit_change() returns trigger language plpgsql security definer set search_path = public as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  difference jsonb;
begin
  select jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) into difference
  from jsonb_object_keys(before || after) key
  where key not in ('id', 'rev', 'created_at', 'updated_at', 'digest') and before -> key is distinct from after -> key
    and not (tg_op = 'INSERT' and after -> key = 'null'::jsonb);
  if difference is not null then
    insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
    values (app_user(), app_person(), app_edition(), tg_argv[0],
      (case when tg_op = 'DELETE' then before else after end ->> 'id')::bigint,
      case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end, difference);
  end if;
  return null;
end $$;

-- Called by the migration that creates a table.
create function track_changes(target regclass, kind text) returns void language plpgsql as $$
begin
  execute format('create trigger audit_change after insert or update or delete on %s for each row execute function audit_change(%L)', target, kind);
end $$;
revoke execute on function track_changes from public;
grant select on audit to kambook_app;
alter table audit enable row level security;
alter table audit force row level security;
do $$ begin execute format('create policy internal on audit to %I using (true) with check (true)', current_user); end $$;
