create table unit (
  id int generated always as identity primary key,
  parent_id int references unit(id),
  level text not null check (level in ('parent', 'company', 'hq', 'region', 'branch')),
  code text not null unique,
  name_zh text not null,
  name_en text not null,
  legal_entity boolean not null default false,
  closed_on date
);
create index unit_parent on unit (parent_id);
create table person (
  id int generated always as identity primary key,
  name text not null,
  name_en text not null default '',
  phone text,
  email text,
  joined_on date,
  left_on date
);
alter table app_user add foreign key (person_id) references person(id);
-- A seat 编制 of a post in a unit; `covers` are the regions whose accounts a manager leads.
create table seat (
  id int generated always as identity primary key,
  post text not null,
  unit_id int not null references unit(id),
  number int not null,
  covers int[] not null default '{}',
  in_headcount boolean not null default false,
  provisional boolean not null default false,
  valid_from date not null,
  valid_to date,
  unique (post, unit_id, number)
);
-- 任职: who holds a seat, from when to when; both days included.
create table assignment (
  id int generated always as identity primary key,
  seat_id int not null references seat(id),
  person_id int not null references person(id),
  from_date date not null,
  to_date date check (to_date >= from_date),
  acting boolean not null default false
);
create index assignment_person on assignment (person_id, from_date);
create index assignment_seat on assignment (seat_id, from_date);

create function unit_and_below(top int) returns int[] language sql stable parallel safe as $$
  with recursive tree as (
    select id from unit where id = top union all select u.id from unit u join tree t on u.parent_id = t.id
  ) select coalesce(array_agg(id), '{}') from tree $$;

create function app_today() returns date language sql stable parallel safe as $$
  select (app_now() at time zone coalesce((select zone from company), 'Asia/Shanghai'))::date $$;

-- Who holds which post on the business date.
create view holder as
  select s.post, s.id as seat_id, s.unit_id, s.covers, a.person_id, a.from_date, a.to_date
  from assignment a join seat s on s.id = a.seat_id join person p on p.id = a.person_id
  where a.from_date <= (select app_today()) and (a.to_date is null or a.to_date >= (select app_today()))
    and s.valid_from <= (select app_today()) and (s.valid_to is null or s.valid_to >= (select app_today()))
    and (p.left_on is null or p.left_on >= (select app_today()));
grant select on unit, seat, assignment, holder to kambook_app;
-- Names are for all colleagues; phone and mail of a person too (a directory), nothing else.
grant select on person to kambook_app;
