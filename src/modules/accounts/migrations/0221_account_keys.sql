-- A customer is known by the key of his code. Accounts from before that share one stay: the later ones say whose twin they are, and no
-- new one may join them.
alter table account add column twin_of int references account(id);
-- The day up to which the source reached that gave the name: an older one does not rename back.
alter table account add column named_on date;
alter table account disable trigger audit_change;
update account a set twin_of = k.first from (
    select id, first_value(id) over (partition by key_of(code) order by id) as first from account) k
  where k.id = a.id and k.first <> a.id;
alter table account enable trigger audit_change;
create index account_key on account (key_of(code));
create unique index account_key_once on account (key_of(code)) where twin_of is null;

-- A name without what says only how a company is registered: two accounts whose names agree so far are probably one.
create function name_stem(name text) returns text language sql immutable strict parallel safe as $$
  select coalesce(nullif(regexp_replace(plain,
    '(股份有限公司|有限责任公司|有限公司|股份公司|分公司|集团|公司|COLTD|LIMITED|LTD|INCORPORATED|INC|CORPORATION|CORP|COMPANY|LLC|PLC|GMBH)+$', ''), ''), plain)
  from (select translate(public.key_of(name), ' .,()[]·-_&''"，。、（）【】《》', '') as plain) k $$;
grant execute on function name_stem to kambook_app;
create index account_stem on account (name_stem(name));
create index account_credit on account (key_of(credit_code)) where credit_code is not null;

-- A name given by hand or by a list is of today, unless its source says another day.
create function name_given() returns trigger language plpgsql as $$
begin
  new.named_on := app_today();
  return new;
end $$;
create trigger name_given before update of name on account for each row
  when (old.name is distinct from new.name and old.named_on is not distinct from new.named_on) execute function name_given();
