-- Published editions are immutable: files as they were, who published, from when. One is effective for the company.
create table edition (
  id int generated always as identity primary key,
  number text not null,
  title_zh text not null,
  title_en text not null,
  hash text not null unique,
  status text not null check (status in ('published', 'effective', 'superseded')),
  effective_from date not null,
  files jsonb not null,
  published_by int references app_user(id),
  published_at timestamptz not null default app_now()
);
create unique index edition_effective on edition ((true)) where status = 'effective';

create function edition_is_immutable() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.files is distinct from old.files or new.hash <> old.hash or new.number <> old.number
    then raise exception 'a published edition never changes';
  end if;
  return new;
end $$;
create trigger immutable before update or delete on edition for each row execute function edition_is_immutable();
grant select on edition to kambook_app;
