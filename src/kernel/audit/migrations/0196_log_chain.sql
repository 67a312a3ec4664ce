-- The trail and the security log are each a chain: every row gets a link whose digest covers the link before it, the row's facts and a
-- salted digest of its values. Values and salt lie apart and may be erased; the link then still proves the facts.
alter table audit add column xact xid8 not null default '0';
alter table audit alter column xact set default pg_current_xact_id();
create index audit_order on audit (xact, id);

-- A month of a chain. A closed one may be removed whole; its last digest stays, so that the next still has what it stands on.
create table log_segment (
  log text not null check (log in ('audit', 'security')),
  number int not null,
  from_seq bigint not null,
  -- The digest that its first link stands on, and that of its last one.
  before bytea not null,
  to_seq bigint,
  digest bytea,
  began_at timestamptz not null default now(),
  closed_at timestamptz,
  removed_at timestamptz,
  primary key (log, number)
);
create table log_link (
  log text not null,
  seq bigint not null,
  row_id bigint not null,
  values_digest bytea not null,
  digest bytea not null,
  made_at timestamptz not null,
  primary key (log, seq)
);
create unique index log_link_row on log_link (log, row_id);
create table log_salt (
  log text not null,
  seq bigint not null,
  salt bytea not null,
  primary key (log, seq)
);
-- Up to where rows have been looked at, in the numbers of this server's transactions; a restored database begins anew.
create table log_floor (log text primary key, xact xid8 not null, row_id bigint not null);
insert into log_floor values ('audit', '0', 0), ('security', '0', 0);
insert into log_segment (log, number, from_seq, before) values
  ('audit', 1, 1, decode(repeat('00', 32), 'hex')), ('security', 1, 1, decode(repeat('00', 32), 'hex'));

-- Both logs alike: what is proved for ever, and what may be erased.
create view log_row as
  select 'audit' as log, id, xact,
    jsonb_build_array(id, at at time zone 'UTC', user_id, person_id, edition_id, kind, record_id, action)::text as facts, changes::text as said
  from audit
  union all
  select 'security', id, xact, jsonb_build_array(id, at at time zone 'UTC', event, user_id, person_id)::text,
    jsonb_build_array(login, address, detail)::text
  from security_log;

-- Rows of both logs are removed and erased by the keeper's own functions alone; nobody else works as the keeper.
create function log_append_only() returns trigger language plpgsql as $$
begin
  if current_user = 'kambook_keeper' and tg_op <> 'TRUNCATE' then return case tg_op when 'DELETE' then old else new end; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
do $$ declare t text; begin
  foreach t in array array['audit', 'security_log'] loop
    execute format('drop trigger append_only on %1$I; drop trigger append_only_all on %1$I;
      create trigger append_only before update or delete on %1$I for each row execute function log_append_only();
      create trigger append_only_all before truncate on %1$I for each statement execute function log_append_only()', t);
  end loop;
end $$;

-- Links the next rows of a log, at most `most`; gives how many. Rows are taken in the order of their transactions, and only of those before
-- which no running one can still add a row. Rows that a restore brought bear the numbers of another server: they are settled.
create function log_chain(of_log text, most int) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  segment log_segment; previous bytea; at_seq bigint; made timestamptz := now();
  one record; taken int := 0; salt bytea; sealed bytea; looked record;
  seqs bigint[] := '{}'; ids bigint[] := '{}'; seals bytea[] := '{}'; digests bytea[] := '{}'; salts bytea[] := '{}';
begin
  if not pg_try_advisory_xact_lock(7121, hashtext(of_log)) then return 0; end if;
  select * into strict segment from log_segment where log = of_log order by number desc limit 1;
  select seq, digest into at_seq, previous from log_link where log = of_log order by seq desc limit 1;
  if at_seq is null or at_seq < segment.from_seq then at_seq := segment.from_seq - 1; previous := segment.before; end if;
  if date_trunc('month', segment.began_at at time zone 'UTC') < date_trunc('month', made at time zone 'UTC') and at_seq >= segment.from_seq then
    update log_segment set to_seq = at_seq, digest = previous, closed_at = made where log = of_log and number = segment.number;
    insert into log_segment (log, number, from_seq, before, began_at) values (of_log, segment.number + 1, at_seq + 1, previous, made);
  end if;
  select pg_snapshot_xmin(s) as lowest, pg_snapshot_xmax(s) as highest, f.xact, f.row_id into strict looked
    from log_floor f, pg_current_snapshot() s where f.log = of_log;
  if looked.xact > looked.highest then looked.xact := '0'; looked.row_id := 0; end if;
  for one in
    select r.id, r.xact, r.facts, r.said from log_row r
    where r.log = of_log and (r.xact, r.id) > (looked.xact, looked.row_id) and (r.xact < looked.lowest or r.xact >= pg_snapshot_xmax(pg_current_snapshot()))
      and not exists (select from log_link l where l.log = of_log and l.row_id = r.id)
    order by r.xact, r.id limit most
  loop
    taken := taken + 1;
    at_seq := at_seq + 1;
    salt := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    sealed := sha256(salt || convert_to(one.said, 'UTF8'));
    previous := sha256(previous || convert_to(jsonb_build_array(of_log, at_seq, made at time zone 'UTC')::text || one.facts, 'UTF8') || sealed);
    seqs[taken] := at_seq; ids[taken] := one.id; seals[taken] := sealed; digests[taken] := previous; salts[taken] := salt;
    looked.xact := one.xact; looked.row_id := one.id;
  end loop;
  if taken > 0 then
    insert into log_link select of_log, n.seq, n.row_id, n.sealed, n.digest, made from unnest(seqs, ids, seals, digests) n(seq, row_id, sealed, digest);
    insert into log_salt select of_log, n.seq, n.salt from unnest(seqs, salts) n(seq, salt);
  end if;
  -- All that could come is here: the next look begins where this one's horizon was.
  if taken < most then looked.xact := looked.lowest; looked.row_id := 0; end if;
  update log_floor set xact = looked.xact, row_id = looked.row_id where log = of_log and (xact, row_id) <> (looked.xact, looked.row_id);
  return taken;
end $$;

-- Removes the oldest closed segment that has been kept for `kept`, and says so in the security log; null when there is none. Whatever is
-- asked for, a month of the trail stays three years and one of the security log half a year.
create function log_remove(of_log text, kept interval) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare segment log_segment; gone jsonb;
begin
  perform pg_advisory_xact_lock(7121, hashtext(of_log));
  select * into segment from log_segment where log = of_log and removed_at is null order by number limit 1;
  if segment.closed_at is null or segment.closed_at
    >= now() - greatest(kept, case of_log when 'audit' then interval '3 years' else interval '6 months' end) then return null; end if;
  if of_log = 'audit' then
    delete from audit a using log_link l where l.log = of_log and l.seq between segment.from_seq and segment.to_seq and a.id = l.row_id;
  else
    delete from security_log a using log_link l where l.log = of_log and l.seq between segment.from_seq and segment.to_seq and a.id = l.row_id;
  end if;
  delete from log_salt where log = of_log and seq between segment.from_seq and segment.to_seq;
  delete from log_link where log = of_log and seq between segment.from_seq and segment.to_seq;
  update log_segment set removed_at = now() where log = of_log and number = segment.number;
  gone := jsonb_build_object('log', of_log, 'segment', segment.number, 'from', segment.from_seq, 'to', segment.to_seq,
    'began', segment.began_at, 'closed', segment.closed_at, 'digest', encode(segment.digest, 'hex'));
  perform security_event('log-removed', null, null, gone);
  return gone;
end $$;

-- Erases what one row says of a person; the link keeps proving that the row was there, when, by whom and of what. For an administrator of the
-- database only: the program has no right to it.
create function log_erase(of_log text, of_row bigint, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare at_seq bigint;
begin
  select seq into at_seq from log_link where log = of_log and row_id = of_row for update;
  if at_seq is null then raise exception 'row % of % has no link yet', of_row, of_log; end if;
  if of_log = 'audit' then update audit set changes = '{}' where id = of_row;
  else update security_log set login = null, address = null, detail = '{}' where id = of_row; end if;
  delete from log_salt where log = of_log and seq = at_seq;
  perform security_event('values-erased', null, null, jsonb_build_object('log', of_log, 'seq', at_seq, 'row', of_row, 'why', why));
end $$;

revoke execute on function log_chain, log_remove, log_erase from public;
grant execute on function log_chain, log_remove to kambook_program;
revoke execute on function audit_change, audit_created, audit_edition, log_append_only from public;
do $$ declare t text; begin
  foreach t in array array['log_segment', 'log_link', 'log_salt', 'log_floor'] loop
    execute format('alter table %1$I enable row level security; alter table %1$I force row level security;
      create policy internal on %1$I to kambook_keeper using (true) with check (true)', t);
  end loop;
end $$;
