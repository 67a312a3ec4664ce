-- The same characters and pairs, cut in one go: an index takes each of them once anyway, and most of an import's time went into this.
create or replace function grams(t text) returns text[] language plpgsql immutable strict parallel safe as $$
declare c text[] := string_to_array(lower(t), null);
begin
  return c || array(select a || b from unnest(c, c[2:]) p(a, b) where b is not null);
end $$;
