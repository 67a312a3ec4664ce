-- Everything a name may be typed as: from any of its characters on, in full and by initials. At most eight readings of a name and
-- its first twenty characters: longer names are found by their beginning all the same.
create function pinyin_keys(name text) returns setof text language plpgsql stable security definer set search_path = public as $$
declare
  -- Ways to read the name so far, each as its syllables joined by blanks.
  ways text[] := '{}';
  read text[]; said text[]; whole text; initials text;
begin
  for read in
    select coalesce(array_agg(h.syllable order by h.first desc, h.syllable) filter (where h.syllable is not null), array[c.one])
    from unnest(regexp_split_to_array(left(regexp_replace(lower(name), '[^a-z0-9一-鿿]', '', 'g'), 20), '')) with ordinality c(one, at)
      left join han_reading h on h.han = c.one
    where c.one <> '' and (h.han is not null or c.one ~ '[a-z0-9]') group by c.at, c.one order by c.at
  loop
    ways := case when ways = '{}' then read
      when cardinality(read) = 1 then array(select w || ' ' || read[1] from unnest(ways) with ordinality w(w, i) order by i)
      else array(select w || ' ' || r from unnest(ways) with ordinality w(w, i), unnest(read) with ordinality r(r, j)
        order by j, i limit 8) end;
  end loop;
  for way in 1 .. cardinality(ways) loop
    said := string_to_array(ways[way], ' ');
    whole := '';
    initials := '';
    for place in reverse cardinality(said) .. 1 loop
      whole := said[place] || whole;
      initials := left(said[place], 1) || initials;
      return next left(whole, 60);
      return next initials;
    end loop;
  end loop;
end $$;

create table search_key (
  kind text not null,
  record_id int not null,
  key text collate "C" not null,
  primary key (kind, key, record_id)
);
create index search_key_record on search_key (kind, record_id);
-- Who asks learns numbers alone: whether a row behind one may be seen is asked of the row itself.
alter table search_key enable row level security;
alter table search_key force row level security;
do $$ begin execute format('create policy internal on search_key to %I using (true) with check (true)', current_user); end $$;

create function keep_search_keys() returns trigger language plpgsql security definer set search_path = public as $$
declare of_kind text := tg_argv[0];
begin
  if tg_op = 'INSERT' then
    execute format('insert into search_key select %L, a.id, k from added a cross join lateral (select distinct k from pinyin_keys(a.%I) k) k',
      of_kind, tg_argv[1]);
    return null;
  end if;
  delete from search_key where kind = of_kind and record_id = old.id;
  if tg_op = 'UPDATE' then
    insert into search_key select distinct of_kind, new.id, k from pinyin_keys(to_jsonb(new) ->> tg_argv[1]) k;
  end if;
  return null;
end $$;

-- Keeps the keys of a table's column in line with it, from its present rows on; called again it begins anew.
create function keep_pinyin(kind text, of_table text, of_column text) returns void language plpgsql set search_path = public as $$
begin
  execute format('drop trigger if exists search_keys_added on %1$I; drop trigger if exists search_keys_changed on %1$I;
    drop trigger if exists search_keys_gone on %1$I', of_table);
  delete from search_key where search_key.kind = keep_pinyin.kind;
  execute format('insert into search_key select %L, t.id, k from %I t cross join lateral (select distinct k from pinyin_keys(t.%I) k) k',
    kind, of_table, of_column);
  execute format('create trigger search_keys_added after insert on %1$I referencing new table as added for each statement
      execute function keep_search_keys(%3$L, %2$L);
    create trigger search_keys_changed after update of %2$I on %1$I for each row when (old.%2$I is distinct from new.%2$I)
      execute function keep_search_keys(%3$L, %2$L);
    create trigger search_keys_gone after delete on %1$I for each row execute function keep_search_keys(%3$L, %2$L)',
    of_table, of_column, kind);
end $$;
revoke execute on function keep_pinyin, pinyin_keys from public;

select keep_pinyin('person', 'person', 'name');

-- Rows of a kind whose name may be typed as `typed` begins, which is lower-case letters and digits.
create function found_by_pinyin(of_kind text, typed text) returns setof int language sql stable security definer set search_path = public rows 100 as $$
  select distinct record_id from search_key where kind = of_kind and key >= typed collate "C" and key < typed || '~' collate "C" $$;
revoke execute on function found_by_pinyin from public;
grant execute on function found_by_pinyin to kambook_app;
