-- What a changing request with a key was answered, kept in the transaction of its effect: sent again, it is answered and not carried out.
create table idempotency (
  user_id int not null references app_user(id) on delete cascade,
  route text not null,
  key uuid not null,
  -- Of everything that the request said.
  digest text not null,
  -- Null while a long request is still at work.
  status int,
  -- Null where the answer held a secret, or nothing.
  body text,
  -- Real time, not the business date.
  at timestamptz not null default now(),
  primary key (user_id, route, key)
);
create index idempotency_old on idempotency (at);
grant select, insert, update, delete on idempotency to kambook_app;
alter table idempotency enable row level security;
alter table idempotency force row level security;
do $$ begin execute format('create policy internal on idempotency to %I using (true) with check (true)', current_user); end $$;
create policy own on idempotency to kambook_app using (user_id = (select app_user())) with check (user_id = (select app_user()));
