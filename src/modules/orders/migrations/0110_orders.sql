-- One order = (order code, account, date): a code alone may name several. Amounts keep every decimal the source gave.
create table sales_order (
  id int generated always as identity primary key,
  rev int not null default 1,
  code text not null,
  account_id int not null references account(id),
  ordered_on date not null,
  shipped_on date,
  ship_mode text,
  unit_id int not null references unit(id),
  province text,
  city text,
  amount numeric not null default 0,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (code, account_id, ordered_on)
);
create index sales_order_page on sales_order (ordered_on desc, id desc);
create index sales_order_account on sales_order (account_id, ordered_on desc, id desc);
create index sales_order_unit on sales_order (unit_id, ordered_on desc, id desc);
create index sales_order_grams on sales_order using gin (grams(code));
select track_changes('sales_order', 'order');

create table order_line (
  id int generated always as identity primary key,
  rev int not null default 1,
  line_no text not null unique,
  order_id int not null references sales_order(id) on delete cascade,
  account_id int not null references account(id),
  unit_id int not null references unit(id),
  ordered_on date not null,
  shipped_on date,
  product_code text,
  product_name text not null,
  category text,
  subcategory text,
  quantity numeric,
  discount numeric,
  amount numeric not null,
  profit numeric,
  returned boolean not null default false,
  digest text not null default '',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index order_line_order on order_line (order_id);
create index order_line_page on order_line (ordered_on desc, id desc);
create index order_line_account on order_line (account_id, ordered_on desc, id desc);
create index order_line_unit on order_line (unit_id, ordered_on desc, id desc);
create index order_line_product_grams on order_line using gin (grams(product_name));
select track_changes('order_line', 'order-line');

-- A return names an order code and, in some sources, no date: such a one stands beside the sales, it does not lower them.
create table order_return (
  id int generated always as identity primary key,
  rev int not null default 1,
  order_code text not null unique,
  returned_on date,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
select track_changes('order_return', 'order');
