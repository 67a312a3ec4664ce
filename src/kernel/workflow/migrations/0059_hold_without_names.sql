-- Who has done a task already is asked only where it is told, in the reader's language.
create or replace function wf_hold(task bigint) returns jsonb language plpgsql volatile security definer set search_path = public as $$
declare root bigint; path bigint[]; answer jsonb;
begin
  select c.root_id into root from wf_task t join wf_case c on c.id = t.case_id
    join wf_candidate k on k.task_id = t.id and k.person_id = app_person() where t.id = task;
  if root is null then return null; end if;
  perform from wf_case where id = root for update;
  with recursive chain as (
    select c.id, c.parent_id, 1 as depth from wf_task t join wf_case c on c.id = t.case_id where t.id = task
    union all select p.id, p.parent_id, chain.depth + 1 from wf_case p join chain on p.id = chain.parent_id
  )
  select array_agg(id order by depth) into path from chain;
  select jsonb_build_object(
    'task', to_jsonb(t),
    'cases', (select jsonb_agg(to_jsonb(c) || jsonb_build_object('siblings',
      (select count(*) from wf_case s where s.parent_id = c.parent_id and s.parent_token = c.parent_token
        and s.id <> c.id and s.state <> 'ended')) order by array_position(path, c.id)) from wf_case c where c.id = any(path)),
    'tokens', (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from wf_token k where k.case_id = any(path)),
    'rounds', (select coalesce(jsonb_agg(r), '[]') from (select case_id as "caseId", node, count(*) as done from wf_task
      where case_id = any(path) and status = 'done' group by 1, 2) r),
    'ids', wf_ids(4)) into answer from wf_task t where t.id = task;
  return answer;
end $$;
