-- Logins and who holds which seat are told of by the trail: never the password, only that there is another one.
create function audit_user() returns trigger language plpgsql security definer set search_path = public as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) - 'preferences' end;
  after jsonb := to_jsonb(new) - 'preferences';
  difference jsonb;
begin
  select jsonb_object_agg(key, case when key = 'password_hash' then '["***", "***"]'::jsonb
      else jsonb_build_array(before -> key, after -> key) end) into difference
  from jsonb_object_keys(before || after) key
  where key not in ('id', 'created_at') and before -> key is distinct from after -> key
    and not (tg_op = 'INSERT' and (after -> key = 'null'::jsonb or key in ('password_hash', 'lang')));
  if difference is not null then
    insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
    values (app_user(), app_person(), app_edition(), 'user', new.id,
      case tg_op when 'INSERT' then 'create' else 'update' end, difference);
  end if;
  return null;
end $$;
create trigger audit_user after insert or update on app_user for each row execute function audit_user();
select track_changes('assignment', 'assignment');
