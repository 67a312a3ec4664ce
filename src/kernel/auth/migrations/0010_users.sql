-- Sign-in. Only the owner reads these tables: hashes, sessions and attempts never pass the narrow role.
create table app_user (
  id int generated always as identity primary key,
  login text not null unique check (login = lower(login)),
  person_id int,
  password_hash text,
  lang text not null default 'zh' check (lang in ('zh', 'en')),
  preferences jsonb not null default '{}',
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create table auth_session (
  -- SHA-256 of the secret that the browser or script holds; the secret itself is nowhere.
  digest text primary key,
  user_id int not null references app_user(id) on delete cascade,
  kind text not null check (kind in ('session', 'token')),
  label text not null default '',
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index auth_session_user on auth_session (user_id);
-- Failures only; old ones are swept at each attempt.
create table auth_attempt (
  id bigint generated always as identity primary key,
  login text not null,
  address text not null,
  at timestamptz not null default now()
);
create index auth_attempt_login on auth_attempt (login, at);
create index auth_attempt_address on auth_attempt (address, at);
