-- What was written is held back by the database itself: neither a request nor the program reads `changes` from the table. A request reads
-- it through this view, which works out row by row whether the actor may read the record. Its owner, settled at each start, is the keeper.
create function audit_open(kind text, record bigint) returns boolean language sql stable as 'select false';
create or replace function record_visible(kind text, record bigint) returns boolean language sql stable as 'select false';
grant execute on function audit_open, record_visible to kambook_app;
create view audit_told with (security_barrier) as
  select a.id, a.at, a.user_id, a.person_id, a.edition_id, a.kind, a.record_id, a.action, o.open,
    array(select jsonb_object_keys(a.changes)) as fields, case when o.open then a.changes else '{}'::jsonb end as changes
  from audit a cross join lateral (select audit_open(a.kind, a.record_id) as open offset 0) o
  where (select app_all('system.audit', 'read')) or record_visible(a.kind, a.record_id);
revoke select on audit from kambook_app;
