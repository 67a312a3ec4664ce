-- Trigrams cannot find two-character words, the usual length in Chinese: index single characters and pairs.
create function grams(t text) returns text[] language sql immutable strict parallel safe as $$
  select array(select distinct substr(l, i, n) from (select lower(t) l) x, generate_series(1, length(t)) i, (values (1), (2)) k(n)
    where i + n - 1 <= length(t)) $$;
-- Of a query only what narrows most: pairs, or the single character.
create function qgrams(t text) returns text[] language sql immutable strict parallel safe as $$
  select case when length(t) < 2 then array[lower(t)]
    else array(select distinct substr(lower(t), i, 2) from generate_series(1, length(t) - 1) i) end $$;
create function escape_like(t text) returns text language sql immutable strict parallel safe as $$
  select replace(replace(replace(t, '\', '\\'), '%', '\%'), '_', '\_') $$;
grant execute on function grams, qgrams, escape_like to kambook_app;
