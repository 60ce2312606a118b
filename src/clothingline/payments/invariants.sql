-- name: more is refunded than was captured
SELECT payment.id, payment.amount_idr, sum(refund.amount_idr)
  FROM payment JOIN refund ON refund.payment_id = payment.id
 GROUP BY payment.id, payment.amount_idr HAVING sum(refund.amount_idr) > payment.amount_idr;

-- name: a refund of a payment that was never captured
SELECT refund.id FROM refund JOIN payment ON payment.id = refund.payment_id
 WHERE payment.state NOT IN ('captured', 'captured_late');

-- name: a payment or a refund in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'payment' AS machine, state FROM payment UNION SELECT 'refund', state FROM refund) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
