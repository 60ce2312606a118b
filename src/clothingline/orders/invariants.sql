-- name: more is paid than the order costs
SELECT id FROM orders WHERE paid_idr > coalesce(price_idr, 0);

-- name: an order has two live quotes
SELECT order_id FROM quote WHERE state IN ('offered', 'accepted') GROUP BY order_id HAVING count(*) > 1;

-- name: an order or a quote in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'orders' AS machine, state FROM orders UNION SELECT 'quote', state FROM quote) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);

-- name: the price lines of an order do not add up to its price
SELECT orders.id, orders.price_idr, sum(line.amount_idr)
  FROM orders JOIN quote ON quote.order_id = orders.id AND quote.state IN ('accepted', 'won')
  JOIN price_line AS line ON line.quote_id = quote.id
 GROUP BY orders.id, orders.price_idr HAVING sum(line.amount_idr) IS DISTINCT FROM orders.price_idr;

-- name: somebody's part of a price is below zero
SELECT order_id, quote_id, code, payee_id, source_id FROM price_line
 GROUP BY order_id, quote_id, code, payee_id, source_id HAVING sum(amount_idr) < 0;

-- name: an order is carried out whose price was never frozen
SELECT plan.order_id FROM plan LEFT JOIN price_line AS line ON line.quote_id = plan.quote_id
 WHERE plan.state = 'adopted' AND plan.quote_id IS NOT NULL AND line.id IS NULL;
