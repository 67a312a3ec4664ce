-- A person's name as the reader's language writes it; who has no English name is called by the own one.
create function called(one person) returns text language sql stable as $$
  select case when current_setting('app.lang', true) = 'en' and one.name_en <> '' then one.name_en else one.name end $$;
grant execute on function called to kambook_app;
