-- Columns named scope_… are kept by the program itself, beside what people write: the trail tells of the record they come from.
create or replace function audit_change() returns trigger language plpgsql security definer set search_path = public as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  difference jsonb;
begin
  select jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) into difference
  from jsonb_object_keys(before || after) key
  where key not in ('id', 'rev', 'created_at', 'updated_at', 'digest') and not starts_with(key, 'scope_')
    and before -> key is distinct from after -> key and not (tg_op = 'INSERT' and after -> key = 'null'::jsonb);
  if difference is not null then
    insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
    values (app_user(), app_person(), app_edition(), tg_argv[0],
      (case when tg_op = 'DELETE' then before else after end ->> 'id')::bigint,
      case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end, difference);
  end if;
  return null;
end $$;
create or replace function audit_created() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
  select who.user_id, who.person_id, who.edition_id, tg_argv[0], made.id, 'create', made.changes
  from (select app_user() as user_id, app_person() as person_id, app_edition() as edition_id offset 0) who, (
    select a.id, (select jsonb_object_agg(key, jsonb_build_array(null, value)) from jsonb_each(to_jsonb(a))
      where key not in ('id', 'rev', 'created_at', 'updated_at', 'digest') and not starts_with(key, 'scope_') and value <> 'null') as changes
    from added a) made
  where made.changes is not null order by made.id;
  return null;
end $$;
