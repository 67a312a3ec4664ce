-- A line is known by its source, its order and its number. A source is a name that is given when a file is brought; what stood here
-- before is of the source `default`. Where a source numbers its lines from end to end, source and number alone tell which line is meant.
create table sales_source (
  id int generated always as identity primary key,
  rev int not null default 1,
  code text not null unique,
  numbering text not null default 'order' check (numbering in ('order', 'source')),
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index sales_source_key on sales_source (key_of(code));
insert into sales_source (code) values ('default');
select track_changes('sales_source', 'sales-source');
grant select on sales_source to kambook_app;
alter table sales_source enable row level security;
alter table sales_source force row level security;
do $$ begin execute format('create policy internal on sales_source to %I using (true) with check (true)', current_user); end $$;
create policy read_all on sales_source for select to kambook_app using (true);

alter table sales_order add column source text not null default 'default' references sales_source(code);
alter table sales_order drop constraint sales_order_code_account_id_ordered_on_key;
alter table sales_order add unique (code, account_id, ordered_on, source);

alter table order_return add column source text not null default 'default' references sales_source(code);
alter table order_return drop constraint order_return_order_code_key;
alter table order_return add unique (order_code, source);

-- `counts` is false where the source calls the line cancelled: it stays, its sales do not.
alter table order_line add column source text not null default 'default', add column order_code text, add column accepted_on date,
  add column counts boolean not null default true;
alter table order_line disable trigger user;
update order_line l set order_code = o.code from sales_order o where o.id = l.order_id;
alter table order_line enable trigger user;
alter table order_line alter column order_code set not null;
alter table order_line drop constraint order_line_line_no_key;
create unique index order_line_key on order_line (source, line_no, order_code);

-- A line made without an import takes source and code from its order.
create function line_of_order() returns trigger language plpgsql as $$
begin
  select code, source into new.order_code, new.source from sales_order where id = new.order_id;
  return new;
end $$;
create trigger line_of_order before insert on order_line for each row when (new.order_code is null) execute function line_of_order();


-- Names that came with lines are of the day of the last of them.
insert into account_named select account_id, max(ordered_on) from order_line group by 1;
