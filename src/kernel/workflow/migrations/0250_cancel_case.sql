-- Takes a case back with all it called: open tasks are cancelled, tokens used up, the start key is free for another start.
-- Answers 'cancelled', 'again' when it was cancelled before, 'over' when it has come to its end, null when there is no such case for
-- the asker. Who may, the command judges; the root is locked first, as a completion locks it.
create function wf_cancel(case_no bigint, why text) returns text language plpgsql volatile security definer set search_path = public as $$
declare root wf_case; gone bigint[];
begin
  select * into root from wf_case where id = case_no and parent_id is null for update;
  if root.id is null or not (root.record_kind = any(wf_kinds())
    or exists (select from wf_member where case_id = root.id and person_id = app_person())) then return null; end if;
  if root.result = 'cancelled' then return 'again'; end if;
  if root.state <> 'running' then return 'over'; end if;
  select array_agg(id) into gone from wf_case where root_id = root.id and state <> 'ended';
  update wf_task set status = 'cancelled', rev = rev + 1 where status = 'open' and case_id = any(gone);
  delete from wf_token where case_id = any(gone);
  update wf_case set status = 'cancelled', state = 'ended', result = 'cancelled', ended_at = app_now(), rev = rev + 1,
    start_key = null where id = any(gone);
  insert into wf_log (case_id, at, person_id, event, detail)
    select id, app_now(), app_person(), 'cancelled', case when id = root.id then jsonb_build_object('why', why) else '{}' end
    from unnest(gone) id order by id;
  return 'cancelled';
end $$;
revoke execute on function wf_cancel from public;
grant execute on function wf_cancel to kambook_app;
