-- The trail names the login of who acted; requests may not read the table of logins, so that one name at a time is given out.
create function login_of(asked int) returns text language sql stable security definer set search_path = public as
  $$ select login from app_user where id = asked and ((select app_all('system.audit', 'read'))) $$;
revoke execute on function login_of from public;
grant execute on function login_of to kambook_app;
