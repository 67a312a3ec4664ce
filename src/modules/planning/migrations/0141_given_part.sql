-- Whoever was given a part reads that part: of the targets those of the regions he was given, and of what was written on the way to the
-- signature as much as of the plan's case. A stand-in reads what he has in hand.
drop policy scope_read on plan_target;
create policy scope_read on plan_target for select to kambook_app using ((select app_all('plan', 'read'))
  or plan_id = any((select app_plans_in_hand())::int[])
  or (plan_id, unit_id) in (select s.plan_id, l.unit_id from plan_sheet_line l join plan_sheet s on s.id = l.sheet_id
    where s.kind = 'manager' and l.receiver_id = (select app_person())));
drop policy scope_read on plan_version;
create policy scope_read on plan_version for select to kambook_app
  using (exists (select from plan p join wf_case c on c.id = p.case_id where p.id = plan_id));
