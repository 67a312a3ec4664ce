-- A stretch of days is counted and summed from the index alone: it holds the amount, and whatever row security asks of a row.
drop index sales_order_page;
create index sales_order_page on sales_order (ordered_on desc, id desc)
  include (amount, unit_id, scope_branch_id, scope_manager_id, scope_owner_id, scope_backup_id);
drop index sales_order_manager;
create index sales_order_manager on sales_order (scope_manager_id, ordered_on desc, id desc)
  include (amount, unit_id, scope_branch_id, scope_owner_id, scope_backup_id);
