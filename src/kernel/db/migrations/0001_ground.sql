-- The narrow role: every request works under it. It owns nothing, so row security always applies.
do $$ begin
  if not exists (select from pg_roles where rolname = 'kambook_app') then
    create role kambook_app nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- roles are shared by all databases of a server
end $$;
do $$ begin
  -- On a server of one's own an administrator may have granted it already.
  if not pg_has_role(current_user, 'kambook_app', 'member') or (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) then
    execute format('grant kambook_app to %I', current_user);
  end if;
exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema public to kambook_app;

create extension if not exists pg_trgm;

create function app_user() returns int language sql stable parallel safe as
  $$ select nullif(current_setting('app.user_id', true), '')::int $$;
create function app_person() returns int language sql stable parallel safe as
  $$ select nullif(current_setting('app.person_id', true), '')::int $$;
create function app_edition() returns int language sql stable parallel safe as
  $$ select nullif(current_setting('app.edition_id', true), '')::int $$;
-- The program's clock, so that a sample company's past carries its own dates; else the server's.
create function app_now() returns timestamptz language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

-- One row: the own company, and how far its business date is moved from the real one.
create table company (
  id int primary key default 1 check (id = 1),
  name_zh text not null,
  name_en text not null default '',
  zone text not null default 'Asia/Shanghai',
  currency text not null default 'CNY',
  sample boolean not null default false,
  clock_offset_ms bigint not null default 0,
  created_at timestamptz not null default now()
);
grant select on company to kambook_app;
