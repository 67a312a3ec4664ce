-- Whose work waits is told by the candidates of open tasks alone: an inbox that reads every task a person ever had grows slower with each
-- one that he does.
alter table wf_candidate add column open boolean not null default true;
update wf_candidate k set open = false from wf_task t where t.id = k.task_id and t.status <> 'open';
create index wf_candidate_open on wf_candidate (person_id, task_id) where open;

create function close_candidates() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update wf_candidate set open = (new.status = 'open') where task_id = new.id and open <> (new.status = 'open');
  return null;
end $$;
create trigger close_candidates after update of status on wf_task for each row when (old.status <> new.status)
  execute function close_candidates();

-- The numbers beside the boxes, of one's own work alone: what one may see of it need not be asked row by row.
create function own_work(out todo int, out overdue int, out done int, out started int) language sql stable security definer
  set search_path = public as $$
  with open as materialized (select t.due_at from wf_candidate k join wf_task t on t.id = k.task_id where k.person_id = app_person() and k.open)
  select (select count(*)::int from open), (select count(*)::int from open where due_at < app_now()),
    (select count(*)::int from wf_task where done_by = app_person()),
    (select count(*)::int from wf_case where started_by = app_person() and parent_id is null) $$;
revoke execute on function own_work from public;
grant execute on function own_work to kambook_app;
