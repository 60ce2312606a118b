-- name: more is paid than the order costs
SELECT id FROM orders WHERE paid_idr > coalesce(price_idr, 0);

-- name: an order has two live quotes
SELECT order_id FROM quote WHERE state IN ('offered', 'accepted') GROUP BY order_id HAVING count(*) > 1;

-- name: an order or a quote in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'orders' AS machine, state FROM orders UNION SELECT 'quote', state FROM quote) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
