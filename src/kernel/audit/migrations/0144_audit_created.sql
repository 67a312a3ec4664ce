-- What is made is told of statement by statement: an import makes thousands of records at once, and a call for each of them took most of
-- the time that its trail costs. What an entry says stays as it was.
create function audit_created() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into audit (user_id, person_id, edition_id, kind, record_id, action, changes)
  select who.user_id, who.person_id, who.edition_id, tg_argv[0], made.id, 'create', made.changes
  from (select app_user() as user_id, app_person() as person_id, app_edition() as edition_id offset 0) who, (
    select a.id, (select jsonb_object_agg(key, jsonb_build_array(null, value)) from jsonb_each(to_jsonb(a))
      where key not in ('id', 'rev', 'created_at', 'updated_at', 'digest') and value <> 'null') as changes from added a) made
  where made.changes is not null order by made.id;
  return null;
end $$;

create or replace function track_changes(target regclass, kind text) returns void language plpgsql as $$
begin
  execute format('create trigger audit_change after update or delete on %s for each row execute function audit_change(%L)', target, kind);
  execute format('create trigger audit_created after insert on %s referencing new table as added for each statement
    execute function audit_created(%L)', target, kind);
end $$;

do $$ declare t record; begin
  for t in select tgrelid::regclass as target, convert_from(substring(tgargs from 1 for length(tgargs) - 1), 'UTF8') as kind
    from pg_trigger where tgfoid = 'audit_change'::regproc loop
    execute format('drop trigger audit_change on %s', t.target);
    perform track_changes(t.target, t.kind);
  end loop;
end $$;
