-- A plan whose case was taken back stays to be read, and leaves its year to another.
alter table plan drop constraint plan_status_check;
alter table plan add constraint plan_status_check check (status in ('basis', 'draft', 'review', 'final', 'cascading', 'cancelled'));
alter table plan drop constraint plan_year_key;
create unique index plan_year on plan (year) where status <> 'cancelled';
-- Whoever takes the case back may not have the plan in hand; the plan only follows what its case already says.
create function plan_cancel(case_no bigint) returns void language sql volatile security definer set search_path = public as $$
  update plan set status = 'cancelled', rev = rev + 1, updated_at = app_now()
  where case_id = case_no and status <> 'cancelled'
    and exists (select from wf_case where id = case_no and result = 'cancelled') $$;
revoke execute on function plan_cancel from public;
grant execute on function plan_cancel to kambook_app;
