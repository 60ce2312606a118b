-- What must never be true, in any database, at any moment between two transactions. Every statement returns no row.
-- A comment of the form `-- name: …` before each statement says what is wrong when it returns one.

-- name: a ledger transaction does not sum to zero
SELECT transaction_id, currency, sum(amount) FROM ledger_entry GROUP BY transaction_id, currency HAVING sum(amount) <> 0;

-- name: the ledger does not sum to zero in a currency
SELECT currency, sum(amount) FROM ledger_entry GROUP BY currency HAVING sum(amount) <> 0;

-- name: an escrow holds less than nothing (credits are negative)
SELECT account.code, sum(entry.amount)
  FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
 WHERE account.kind = 'escrow' GROUP BY account.code HAVING sum(entry.amount) > 0;

-- name: a payable owes less than nothing
SELECT account.code, sum(entry.amount)
  FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
 WHERE account.kind = 'payable' GROUP BY account.code HAVING sum(entry.amount) > 0;

-- name: more is refunded than was captured
SELECT payment.id, payment.amount_idr, sum(refund.amount_idr)
  FROM payment JOIN refund ON refund.payment_id = payment.id
 GROUP BY payment.id, payment.amount_idr HAVING sum(refund.amount_idr) > payment.amount_idr;

-- name: a refund of a payment that was never captured
SELECT refund.id FROM refund JOIN payment ON payment.id = refund.payment_id
 WHERE payment.state NOT IN ('captured', 'captured_late');

-- name: more is paid than the order costs
SELECT id FROM orders WHERE paid_idr > coalesce(price_idr, 0);

-- name: a workshop's week carries more than it declares
SELECT tailor_id, monday FROM tailor_week WHERE held + booked > declared OR held < 0 OR booked < 0;

-- name: the counters of a workshop's week are not the sum of its bookings
SELECT week.tailor_id, week.monday, week.held, week.booked, sum(one.seconds) FILTER (WHERE one.state = 'held') AS held_rows,
       sum(one.seconds) FILTER (WHERE one.state = 'booked') AS booked_rows
  FROM tailor_week AS week
  LEFT JOIN tailor_booking AS one ON one.tailor_id = week.tailor_id AND one.monday = week.monday
 GROUP BY week.tailor_id, week.monday, week.held, week.booked
HAVING week.held <> coalesce(sum(one.seconds) FILTER (WHERE one.state = 'held'), 0)
    OR week.booked <> coalesce(sum(one.seconds) FILTER (WHERE one.state = 'booked'), 0);

-- name: a booking of a week that was never opened
SELECT one.id FROM tailor_booking AS one LEFT JOIN tailor_week AS week USING (tailor_id, monday)
 WHERE one.state <> 'released' AND week.tailor_id IS NULL;

-- name: a brand's week carries more than it declares
SELECT brand_id, monday FROM brand_week WHERE held + booked > declared OR held < 0 OR booked < 0;

-- name: the counters of a brand's week are not the sum of its bookings
SELECT week.brand_id, week.monday, week.held, week.booked
  FROM brand_week AS week
  LEFT JOIN brand_booking AS one ON one.brand_id = week.brand_id AND one.monday = week.monday
 GROUP BY week.brand_id, week.monday, week.held, week.booked
HAVING week.held <> coalesce(sum(one.pieces) FILTER (WHERE one.state = 'held'), 0)
    OR week.booked <> coalesce(sum(one.pieces) FILTER (WHERE one.state = 'booked'), 0);

-- name: more cloth is set aside and used than was received
SELECT id FROM lot WHERE held_cm + reserved_cm + used_cm > received_cm OR least(held_cm, reserved_cm, used_cm) < 0;

-- name: the columns of a lot are not the sum of its reservations
SELECT lot.id, lot.held_cm, lot.reserved_cm, lot.used_cm
  FROM lot LEFT JOIN reservation AS one ON one.lot_id = lot.id
 GROUP BY lot.id, lot.held_cm, lot.reserved_cm, lot.used_cm
HAVING lot.held_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state = 'held'), 0)
    OR lot.reserved_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state IN ('requested', 'confirmed')), 0)
    OR lot.used_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state = 'cut'), 0);

-- name: an offer was accepted after its deadline and the grace of an offline answer
SELECT id FROM offer WHERE accepted_at > expires_at + interval '2 hours';

-- name: an accepted offer that does not say when, or an unaccepted one that does
SELECT id FROM offer
 WHERE (state = 'accepted' AND accepted_at IS NULL) OR (state IN ('sent', 'seen', 'expired', 'declined') AND accepted_at IS NOT NULL);

-- name: the same work is on offer, or accepted, twice
SELECT claim, kind FROM offer WHERE state IN ('sent', 'seen', 'accepted') GROUP BY claim, kind HAVING count(*) > 1;

-- name: an offer has two live jobs
SELECT offer_id FROM job WHERE state <> 'cancelled' GROUP BY offer_id HAVING count(*) > 1;

-- name: a job goes on without an accepted offer (one that was just accepted may have been undone while its job waits)
SELECT job.id FROM job JOIN offer ON offer.id = job.offer_id
 WHERE job.state NOT IN ('cancelled', 'accepted') AND offer.state <> 'accepted';

-- name: an order is confirmed with an offer that is not accepted
SELECT orders.id FROM orders JOIN plan ON plan.order_id = orders.id AND plan.state = 'adopted'
  JOIN offer ON offer.plan_id = plan.id AND offer.state IN ('sent', 'seen')
 WHERE orders.state NOT IN ('draft', 'quoted', 'pending_payment', 'placed', 'action_required', 'cancelled');

-- name: an order has two plans that are carried out, or two behind which something is held
SELECT order_id, state FROM plan WHERE state IN ('held', 'adopted') GROUP BY order_id, state HAVING count(*) > 1;

-- name: an order has two live quotes
SELECT order_id FROM quote WHERE state IN ('offered', 'accepted') GROUP BY order_id HAVING count(*) > 1;

-- name: the parts of a plan do not add up
SELECT id FROM plan WHERE jsonb_array_length(parts) > 0 AND quote_id IS NOT NULL AND (
    (SELECT sum((part->>'amount')::bigint) FROM jsonb_array_elements(parts) AS part) <> cost_idr
    OR (SELECT sum((part->>'amount')::bigint) FROM jsonb_array_elements(parts) AS part WHERE (part->>'paid')::boolean)
       <> price_idr);

-- name: a certificate was proved wrong
SELECT id FROM solution WHERE certificate IS NOT NULL AND NOT (certificate->>'verified')::boolean;

-- name: a state that no machine knows
SELECT found.machine, found.state FROM (
    SELECT 'orders' AS machine, state FROM orders UNION SELECT 'quote', state FROM quote UNION SELECT 'plan', state FROM plan
    UNION SELECT 'offer', state FROM offer UNION SELECT 'job', state FROM job UNION SELECT 'run', state FROM run
    UNION SELECT 'payment', state FROM payment UNION SELECT 'reservation', state FROM reservation) AS found
 WHERE NOT EXISTS (
    SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
