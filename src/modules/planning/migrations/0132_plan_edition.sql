-- A plan keeps the forms of the edition it began under, as its case keeps the drawing.
alter table plan add column edition_id int references edition(id);
-- Stamping what is there is nobody's change.
alter table plan disable trigger audit_change;
update plan set edition_id = c.edition_id from wf_case c where c.id = plan.case_id;
alter table plan enable trigger audit_change;
alter table plan alter column edition_id set default app_edition(), alter column edition_id set not null;
