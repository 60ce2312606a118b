-- name: an offer was accepted after its deadline and the grace of an offline answer
SELECT id FROM offer WHERE accepted_at > expires_at + interval '2 hours';

-- name: an accepted offer that does not say when, or an unaccepted one that does
SELECT id FROM offer
 WHERE (state = 'accepted' AND accepted_at IS NULL) OR (state IN ('sent', 'seen', 'expired', 'declined') AND accepted_at IS NOT NULL);

-- name: the same work is on offer, or accepted, twice
SELECT claim, kind FROM offer WHERE state IN ('sent', 'seen', 'accepted') GROUP BY claim, kind HAVING count(*) > 1;

-- name: an order is confirmed with an offer that is not accepted
SELECT orders.id FROM orders JOIN plan ON plan.order_id = orders.id AND plan.state = 'adopted'
  JOIN offer ON offer.plan_id = plan.id AND offer.state IN ('sent', 'seen')
 WHERE orders.state NOT IN ('draft', 'quoted', 'pending_payment', 'placed', 'action_required', 'cancelled');

-- name: an order has two plans that are carried out, or two behind which something is held
SELECT order_id, state FROM plan WHERE state IN ('held', 'adopted') GROUP BY order_id, state HAVING count(*) > 1;

-- name: the parts of a plan do not add up
SELECT id FROM plan WHERE jsonb_array_length(parts) > 0 AND quote_id IS NOT NULL AND (
    (SELECT sum((part->>'amount')::bigint) FROM jsonb_array_elements(parts) AS part) <> cost_idr
    OR (SELECT sum((part->>'amount')::bigint) FROM jsonb_array_elements(parts) AS part WHERE (part->>'paid')::boolean)
       <> price_idr);

-- name: a certificate was proved wrong
SELECT id FROM solution WHERE certificate IS NOT NULL AND NOT (certificate->>'verified')::boolean;

-- name: a plan or an offer in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'plan' AS machine, state FROM plan UNION SELECT 'offer', state FROM offer) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
