-- What a request needs of the owner's tables it asks through functions, on the connection it has.

-- An edition's files and what the build has read from them; whoever asks has made sure that the asker may know of the edition.
create function edition_source(asked int, build text, out files jsonb, out model json) returns setof record
  language sql stable security definer set search_path = public as $$
  select e.files, m.model from edition e left join edition_model m on m.hash = e.hash and m.program = build where e.id = asked $$;
revoke execute on function edition_source from public;
grant execute on function edition_source to kambook_app;

-- Whoever works in the department may read what his handbook started from.
grant select on reference_edition to kambook_app;
alter table reference_edition enable row level security;
alter table reference_edition force row level security;
do $$ begin execute format('create policy internal on reference_edition to %I using (true) with check (true)', current_user); end $$;
create policy scope_read on reference_edition for select to kambook_app using (true);

create function names_of_users(asked int[], out id int, out name text) returns setof record
  language sql stable security definer set search_path = public as $$
  select u.id, called(p) from app_user u join person p on p.id = u.person_id where u.id = any(asked) $$;
revoke execute on function names_of_users from public;
grant execute on function names_of_users to kambook_app;

-- Counts only, over the whole company: whoever judges an edition need not see the cases themselves.
create function open_cases(out workflow text, out cases int) returns setof record
  language sql stable security definer set search_path = public as $$
  select workflow, count(*)::int from wf_case where parent_id is null and state <> 'ended' group by 1 order by 1 $$;
revoke execute on function open_cases from public;
grant execute on function open_cases to kambook_app;

-- One's own preferences, which stand beside the password that no request may read.
create function own_preferences() returns jsonb language sql stable security definer set search_path = public as
  $$ select preferences from app_user where id = app_user() $$;
create function keep_own_preferences(spoken text, more jsonb) returns void language sql security definer set search_path = public as $$
  update app_user set lang = coalesce(spoken, lang), preferences = preferences || more where id = app_user() $$;
revoke execute on function own_preferences, keep_own_preferences from public;
grant execute on function own_preferences, keep_own_preferences to kambook_app;
