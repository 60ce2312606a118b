-- name: more went back or is disputed than was captured
SELECT payment.id, payment.captured_idr, gone.idr
  FROM payment JOIN (
       SELECT payment_id, sum(idr) AS idr FROM (
              SELECT payment_id, amount_idr AS idr FROM refund WHERE state IN ('approved', 'sent', 'needs_reconciliation', 'settled')
              UNION ALL SELECT payment_id, amount_idr FROM dispute WHERE state IN ('open', 'lost')) AS one
        GROUP BY payment_id) AS gone ON gone.payment_id = payment.id
 WHERE gone.idr > payment.captured_idr;

-- name: the counters of a payment are not the sum of its refunds and chargebacks
SELECT payment.id, payment.refunded_idr, back.idr AS back, payment.disputed_idr, taken.idr AS taken
  FROM payment
  LEFT JOIN (SELECT payment_id, sum(amount_idr) AS idr FROM refund
              WHERE state IN ('approved', 'sent', 'needs_reconciliation', 'settled') GROUP BY payment_id) AS back ON back.payment_id = payment.id
  LEFT JOIN (SELECT payment_id, sum(amount_idr) AS idr FROM dispute WHERE state IN ('open', 'lost') GROUP BY payment_id) AS taken
       ON taken.payment_id = payment.id
 WHERE payment.refunded_idr <> coalesce(back.idr, 0) OR payment.disputed_idr <> coalesce(taken.idr, 0);

-- name: a refund of a payment that was never captured
SELECT refund.id FROM refund JOIN payment ON payment.id = refund.payment_id
 WHERE payment.state NOT IN ('captured', 'captured_late');

-- name: a payment, refund, instalment or chargeback in a state that no machine knows
SELECT found.machine, found.state
  FROM (SELECT DISTINCT 'payment' AS machine, state FROM payment UNION SELECT DISTINCT 'refund', state FROM refund
        UNION SELECT DISTINCT 'instalment', state FROM instalment UNION SELECT DISTINCT 'dispute', state FROM dispute) AS found
  LEFT JOIN (SELECT DISTINCT machine, target FROM state_transition) AS known ON known.machine = found.machine AND known.target = found.state
 WHERE known.target IS NULL;

-- name: an instalment is met and its captured parts do not add up to it
SELECT instalment.id, instalment.amount_idr, came.idr
  FROM instalment LEFT JOIN (SELECT instalment_id, sum(captured_idr) AS idr FROM payment WHERE state = 'captured' GROUP BY instalment_id) AS came
       ON came.instalment_id = instalment.id
 WHERE instalment.state = 'met' AND instalment.amount_idr <> coalesce(came.idr, 0);

-- name: a payment is waited for whose instalment is not due
SELECT payment.id, instalment.state FROM payment JOIN instalment ON instalment.id = payment.instalment_id
 WHERE payment.state IN ('wished', 'open', 'acting', 'processing', 'authorised') AND instalment.state <> 'due';

-- name: an order counts other money as paid than its met instalments and what went back of its price
SELECT orders.id, orders.paid_idr, came.idr AS came, back.idr AS back
  FROM orders JOIN (SELECT order_id, sum(amount_idr) FILTER (WHERE state = 'met') AS idr FROM instalment GROUP BY order_id) AS came ON came.order_id = orders.id
  LEFT JOIN (SELECT order_id, sum(amount_idr) AS idr FROM price_line WHERE reason = 'reduction' GROUP BY order_id) AS back ON back.order_id = orders.id
 WHERE orders.paid_idr <> coalesce(came.idr, 0) + coalesce(back.idr, 0);

-- name: two live payments of one part
SELECT instalment_id, part FROM payment WHERE state IN ('wished', 'open', 'acting', 'processing', 'authorised', 'captured')
 GROUP BY instalment_id, part HAVING count(*) > 1;

-- name: captured money that the ledger does not know, or the other way round
SELECT payment.id, payment.captured_idr, booked.idr
  FROM (SELECT id, captured_idr FROM payment WHERE state IN ('captured', 'captured_late')) AS payment
  FULL JOIN (SELECT done.source_id AS id, -sum(entry.amount) AS idr
               FROM ledger_transaction AS done JOIN ledger_entry AS entry ON entry.transaction_id = done.id
               JOIN ledger_account AS account ON account.id = entry.account_id AND account.kind = 'escrow'
              WHERE done.source_type = 'payment' AND done.kind = 'capture' GROUP BY done.source_id) AS booked ON booked.id = payment.id
 WHERE payment.captured_idr IS DISTINCT FROM booked.idr;

-- name: a refund is settled and not booked, or booked and not settled
SELECT refund.id, refund.state, booked.times
  FROM (SELECT id, state, step FROM refund) AS refund
  FULL JOIN (SELECT source_id AS id, step, sum(CASE kind WHEN 'settle' THEN 1 ELSE -1 END) AS times FROM ledger_transaction
              WHERE source_type = 'refund' AND kind IN ('settle', 'come_back') GROUP BY source_id, step) AS booked USING (id, step)
 WHERE (refund.state = 'settled') IS DISTINCT FROM (coalesce(booked.times, 0) = 1) AND coalesce(booked.times, 1) <> 0;

-- name: a chargeback is open or has ended and the ledger says otherwise
SELECT dispute.id, dispute.state, booked.kinds
  FROM dispute LEFT JOIN (SELECT source_id, array_agg(kind ORDER BY kind) AS kinds FROM ledger_transaction
                           WHERE source_type = 'dispute' AND kind IN ('open', 'won', 'lost') GROUP BY source_id) AS booked ON booked.source_id = dispute.id
 WHERE booked.kinds IS DISTINCT FROM CASE dispute.state WHEN 'open' THEN ARRAY['open'] WHEN 'won' THEN ARRAY['open', 'won'] ELSE ARRAY['lost', 'open'] END;

-- alarm: a notice of the provider that nothing has come of for an hour
SELECT notice.id, notice.object FROM provider_notice AS notice
  LEFT JOIN notice_verdict AS verdict ON verdict.notice_id = notice.id
  LEFT JOIN payment ON payment.charge = notice.object AND payment.state IN ('open', 'acting', 'processing', 'authorised')
  LEFT JOIN refund ON refund.provider_id = notice.object AND refund.state IN ('sent', 'needs_reconciliation')
 WHERE verdict.id IS NULL AND payment.id IS NULL AND refund.id IS NULL AND notice.object_kind IN ('charge', 'refund', 'dispute')
   AND notice.received_at < business_now() - interval '1 hour';

-- alarm: a refund is unclear for a day, or waits for somebody's decision for a day
SELECT id, state FROM refund WHERE state IN ('needs_reconciliation', 'requested') AND state_at < business_now() - interval '1 day';

-- Its money is its consumer's: what was not asked back yet or did not arrive, what escrow will bear of chargebacks that
-- are open, and of refunds under way. Until its job has run it is not so yet.
-- name: the escrow of a cancelled order holds more than what its consumer is still owed
WITH owed AS (
    SELECT order_id, sum(captured_idr - refunded_idr - disputed_idr) AS idr FROM payment GROUP BY 1),
 disputed AS (
    SELECT payment.order_id, sum(dispute.amount_idr - dispute.held_idr) AS idr
      FROM dispute JOIN payment ON payment.id = dispute.payment_id WHERE dispute.state = 'open' GROUP BY 1),
 going AS (
    SELECT payment.order_id, sum(refund.from_fund_idr) AS idr FROM refund JOIN payment ON payment.id = refund.payment_id
     WHERE refund.state IN ('approved', 'sent', 'needs_reconciliation') GROUP BY 1),
 waiting AS (
    SELECT (args ->> 'order_id')::uuid AS order_id FROM jobs.procrastinate_jobs
     WHERE task_name = 'payments.refund_order' AND status IN ('todo', 'doing'))
SELECT orders.id, balance.balance, owed.idr AS owed, disputed.idr AS disputed, going.idr AS going
  FROM orders JOIN ledger_account AS account ON account.order_id = orders.id AND account.kind = 'escrow'
  JOIN ledger_balance AS balance ON balance.account_id = account.id
  LEFT JOIN owed ON owed.order_id = orders.id LEFT JOIN disputed ON disputed.order_id = orders.id LEFT JOIN going ON going.order_id = orders.id
 WHERE orders.state = 'cancelled' AND orders.id NOT IN (SELECT order_id FROM waiting)
   AND -balance.balance > coalesce(owed.idr, 0) + coalesce(disputed.idr, 0) + coalesce(going.idr, 0);

-- Of an order that goes on the price is what it was, and an officer decides anew.
-- alarm: money that did not arrive at a consumer has not been sent again for a day
SELECT refund.id, orders.code, refund.amount_idr
  FROM refund JOIN payment ON payment.id = refund.payment_id JOIN instalment ON instalment.id = payment.instalment_id
  JOIN orders ON orders.id = payment.order_id
 WHERE refund.state = 'failed' AND refund.state_at < business_now() - interval '1 day'
   AND payment.captured_idr > payment.refunded_idr + payment.disputed_idr
   AND (orders.state IN ('cancelled', 'accepted') OR payment.state = 'captured_late' OR instalment.state <> 'met');

-- alarm: a payment was wished an hour ago and nobody can pay it
SELECT id, instalment FROM payment WHERE state = 'wished' AND state_at < business_now() - interval '1 hour';

-- alarm: money that is held has not been taken for an hour
SELECT id, charge FROM payment WHERE state = 'authorised' AND state_at < business_now() - interval '1 hour';
