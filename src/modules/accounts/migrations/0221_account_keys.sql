-- A customer is known by the key of his code. Accounts from before that share one stay: the later ones say whose twin they are, and no
-- new one may join them.
alter table account add column twin_of int references account(id);
alter table account disable trigger audit_change;
update account a set twin_of = k.first from (
    select id, first_value(id) over (partition by key_of(code) order by id) as first from account) k
  where k.id = a.id and k.first <> a.id;
alter table account enable trigger audit_change;
create index account_key on account (key_of(code));
create index account_twins on account (twin_of) where twin_of is not null;
create unique index account_key_once on account (key_of(code)) where twin_of is null;

-- A name without what says only how a company is registered: two accounts whose names agree so far are probably one.
create function name_stem(name text) returns text language sql immutable strict parallel safe as $$
  select coalesce(nullif(regexp_replace(plain,
    '(股份有限公司|有限责任公司|有限公司|股份公司|分公司|集团|公司|COLTD|LIMITED|LTD|INCORPORATED|INC|CORPORATION|CORP|COMPANY|LLC|PLC|GMBH)+$', ''), ''), plain)
  from (select translate(public.key_of(name), ' .,()[]·-_&''"，。、（）【】《》', '') as plain) k $$;
grant execute on function name_stem to kambook_app;
create index account_stem on account (name_stem(name));
create index account_credit on account (key_of(credit_code)) where credit_code is not null;

-- The day up to which the source reached that an account's name is known from: an older one does not rename back. A name given by hand
-- or by a list is of its day.
create table account_named (
  account_id int primary key references account(id) on delete cascade,
  named_on date not null
);
grant select on account_named to kambook_app;
alter table account_named enable row level security;
alter table account_named force row level security;
do $$ begin execute format('create policy internal on account_named to %I using (true) with check (true)', current_user); end $$;
create policy read_all on account_named for select to kambook_app using (true);
create function name_given() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into account_named values (new.id, app_today()) on conflict (account_id) do update set named_on = excluded.named_on;
  return null;
end $$;
create trigger name_given after update of name on account for each row when (old.name is distinct from new.name) execute function name_given();
