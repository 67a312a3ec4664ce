create trigger append_only before update or delete on wf_log for each row execute function append_only();
create trigger append_only_all before truncate on wf_log for each statement execute function append_only();

-- Requests read cases they belong to, or whose record kind they read everywhere. Only the engine writes, as the owner.
create function app_cases() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(case_id), '{}') from wf_member where person_id = app_person() $$;
create function app_case_kinds() returns text[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct g.kind), '{}') from holder h join right_grant g on g.post = h.post
    and g.edition_id = app_edition() and g.verb = 'read' and g.reach = 'all' where h.person_id = app_person() $$;
grant execute on function app_cases, app_case_kinds to kambook_app;

grant select on wf_version, wf_case, wf_token, wf_task, wf_candidate, wf_member, wf_log to kambook_app;
do $$ declare t text; begin
  foreach t in array array['wf_case', 'wf_token', 'wf_task', 'wf_candidate', 'wf_member', 'wf_log'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy internal on %I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$;
create policy scope_read on wf_case for select to kambook_app
  using (id = any((select app_cases())::int[]) or record_kind = any((select app_case_kinds())::text[]));
create policy scope_read on wf_token for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy scope_read on wf_task for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy scope_read on wf_log for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy scope_read on wf_member for select to kambook_app using (exists (select from wf_case c where c.id = case_id));
create policy scope_read on wf_candidate for select to kambook_app using (exists (select from wf_task t where t.id = task_id));
