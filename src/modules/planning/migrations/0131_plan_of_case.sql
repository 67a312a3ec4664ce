-- Every step of a plan finds it by its case.
create unique index plan_case on plan (case_id);
