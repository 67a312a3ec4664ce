-- Jobs are added in the caller's own transaction; the narrow role reaches the queue only through this door.
create function add_job(name text, payload json, job_key text, run_at timestamptz) returns void
language sql security definer set search_path = public as $$
  select graphile_worker.add_job(identifier => name, payload => payload, job_key => job_key, run_at => run_at, max_attempts => 5) $$;
revoke execute on function add_job from public;
grant execute on function add_job to kambook_app;
