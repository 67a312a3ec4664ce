-- Changes of returns were kept under the kind of orders, so that an order's history told of the return with the same number.
drop trigger audit_change on order_return;
select track_changes('order_return', 'order-return');
alter table audit disable trigger append_only;
update audit set kind = 'order-return' where kind = 'order' and changes ?| array['order_code', 'returned_on'];
alter table audit enable trigger append_only;
