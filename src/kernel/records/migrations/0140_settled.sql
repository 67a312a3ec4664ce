-- Fields that are fixed once their record exists; each kind declares them, `[{path, zh, en}]` as the trigger's argument.
create function refuse_settled() returns trigger language plpgsql as $$
declare changed jsonb;
begin
  select jsonb_agg(field) into changed from jsonb_array_elements(tg_argv[0]::jsonb) field
    where to_jsonb(old) -> (field ->> 'path') is distinct from to_jsonb(new) -> (field ->> 'path');
  raise exception 'fixed once the record exists' using errcode = 'KB001', detail = changed::text;
end $$;
