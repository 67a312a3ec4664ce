-- Who wrote a plan or a sheet last: whoever comes later with an older revision is told by whom it was changed.
alter table plan add column changed_by int references person(id);
alter table plan_sheet add column changed_by int references person(id);
create function set_changed_by() returns trigger language plpgsql as
  $$ begin new.changed_by := app_person(); return new; end $$;
create trigger changed_by before update on plan for each row execute function set_changed_by();
create trigger changed_by before update on plan_sheet for each row execute function set_changed_by();
