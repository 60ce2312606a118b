-- name: an earning in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'earning' AS machine, state FROM earning) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);

-- name: an earning is not what the price lines of its order say
WITH said AS (
    SELECT line.order_id, line.code, line.payee_id, line.source_id, sum(line.amount_idr) AS idr
      FROM price_line AS line JOIN quote ON quote.id = line.quote_id AND quote.state IN ('accepted', 'won') GROUP BY 1, 2, 3, 4),
 owed AS (
    SELECT earning.order_id, earning.organisation_id, sum(earning.amount_idr) AS idr,
           CASE thing.source_type WHEN 'job' THEN 'labour' WHEN 'reservation' THEN 'cloth' ELSE 'brand_margin' END AS code,
           coalesce(offer.share_id, reservation.lot_id) AS source_id
      FROM earning JOIN earning AS thing ON thing.id = coalesce(earning.origin_id, earning.id)
      LEFT JOIN job ON thing.source_type = 'job' AND job.id = thing.source_id LEFT JOIN offer ON offer.id = job.offer_id
      LEFT JOIN reservation ON thing.source_type = 'reservation' AND reservation.id = thing.source_id
     WHERE earning.state <> 'voided' AND thing.source_type <> 'machine' GROUP BY 1, 2, 4, 5)
SELECT owed.order_id, owed.code, owed.organisation_id, owed.idr, said.idr
  FROM owed LEFT JOIN said ON said.order_id = owed.order_id AND said.code = owed.code AND said.payee_id = owed.organisation_id
   AND said.source_id IS NOT DISTINCT FROM owed.source_id
 WHERE owed.idr <> coalesce(said.idr, 0);

-- name: what the ledger says of a party's earnings is not their sum
WITH owed AS (
    SELECT organisation_id, state AS kind, sum(amount_idr - withheld_idr - recovered_idr) AS idr FROM earning
     WHERE state IN ('expected', 'earned', 'available') GROUP BY 1, 2),
 kept AS (
    SELECT account.organisation_id, account.kind, -balance.balance AS idr
      FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
     WHERE account.kind IN ('expected', 'earned', 'available'))
SELECT organisation_id, kind, owed.idr, kept.idr FROM owed FULL JOIN kept USING (organisation_id, kind)
 WHERE coalesce(owed.idr, 0) <> coalesce(kept.idr, 0);

-- name: what an order is committed to is not the sum of its earnings
WITH owed AS (
    SELECT order_id, sum(amount_idr) AS idr FROM earning
     WHERE state IN ('expected', 'earned') AND source_type <> 'machine' GROUP BY 1),
 kept AS (
    SELECT account.order_id, balance.balance AS idr
      FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
     WHERE account.kind = 'committed')
SELECT order_id, owed.idr, kept.idr FROM owed FULL JOIN kept USING (order_id)
 WHERE coalesce(owed.idr, 0) <> coalesce(kept.idr, 0);

-- name: what a party owes the guarantee fund is not the sum of its debts
WITH owed AS (
    SELECT organisation_id, sum(amount_idr - recovered_idr - forgiven_idr) AS idr FROM debt GROUP BY 1),
 kept AS (
    SELECT account.organisation_id, balance.balance AS idr
      FROM ledger_account AS account JOIN ledger_balance AS balance ON balance.account_id = account.id
     WHERE account.kind = 'debt')
SELECT organisation_id, owed.idr, kept.idr FROM owed FULL JOIN kept USING (organisation_id)
 WHERE coalesce(owed.idr, 0) <> coalesce(kept.idr, 0);

-- name: a share is held that is not earned, is a maker's pay, or for longer than sixty days
SELECT hold.id FROM earning_hold AS hold JOIN earning ON earning.id = hold.earning_id
 WHERE hold.until > hold.created_at + interval '60 days' OR earning.source_type = 'job'
    OR (hold.released_at IS NULL AND earning.state <> 'earned');

-- name: an escrow is not what its payments left
WITH came AS (
    SELECT order_id, sum(captured_idr) AS idr FROM payment WHERE state IN ('captured', 'captured_late') GROUP BY 1),
 back AS (
    SELECT payment.order_id, sum(refund.from_escrow_idr) AS idr FROM refund JOIN payment ON payment.id = refund.payment_id
     WHERE refund.state NOT IN ('requested', 'rejected', 'failed') GROUP BY 1),
 kept AS (
    SELECT payment.order_id, sum(dispute.held_idr) AS idr FROM dispute JOIN payment ON payment.id = dispute.payment_id
     WHERE dispute.state IN ('open', 'lost') GROUP BY 1),
 gone AS (
    SELECT order_id, sum(amount_idr) AS idr FROM earning
     WHERE state IN ('available', 'in_batch', 'paid') AND source_type <> 'machine' GROUP BY 1),
 lent AS (SELECT order_id, sum(amount_idr - repaid_idr) AS idr FROM advance GROUP BY 1),
 shut AS (
    SELECT done.source_id AS order_id, sum(entry.amount) AS idr
      FROM ledger_transaction AS done JOIN ledger_entry AS entry ON entry.transaction_id = done.id
      JOIN ledger_account AS account ON account.id = entry.account_id AND account.kind = 'escrow'
     WHERE done.source_type = 'order' AND done.kind = 'close' GROUP BY 1),
 held AS (
    SELECT account.order_id, -balance.balance AS idr
      FROM ledger_balance AS balance JOIN ledger_account AS account ON account.id = balance.account_id
     WHERE account.kind = 'escrow' AND account.order_id IS NOT NULL)
SELECT order_id, held.idr, came.idr, back.idr, kept.idr, gone.idr, lent.idr, shut.idr
  FROM held LEFT JOIN came USING (order_id) LEFT JOIN back USING (order_id) LEFT JOIN kept USING (order_id)
  LEFT JOIN gone USING (order_id) LEFT JOIN lent USING (order_id) LEFT JOIN shut USING (order_id)
 WHERE held.idr <> coalesce(came.idr, 0) - coalesce(back.idr, 0) - coalesce(kept.idr, 0) - coalesce(gone.idr, 0)
                 + coalesce(lent.idr, 0) - coalesce(shut.idr, 0);

-- name: the escrow of an order that was closed holds more than what did not arrive at its consumer
WITH back AS (
    SELECT payment.order_id, sum(refund.from_escrow_idr) AS idr FROM refund JOIN payment ON payment.id = refund.payment_id
     WHERE refund.state = 'failed' GROUP BY 1)
SELECT account.code, balance.balance, back.idr
  FROM ledger_balance AS balance JOIN ledger_account AS account ON account.id = balance.account_id AND account.kind = 'escrow'
  JOIN ledger_transaction AS done ON done.source_id = account.order_id AND done.source_type = 'order' AND done.kind = 'close'
  LEFT JOIN back ON back.order_id = account.order_id
 WHERE -balance.balance > coalesce(back.idr, 0);

-- name: a brand has its share of an order that was not closed
WITH others AS (
    SELECT line.order_id, sum(line.amount_idr) AS idr
      FROM price_line AS line JOIN quote ON quote.id = line.quote_id AND quote.state IN ('accepted', 'won')
     WHERE line.payee_id IS NULL GROUP BY 1)
SELECT earning.order_id, others.idr
  FROM earning JOIN others ON others.order_id = earning.order_id AND others.idr > 0
  LEFT JOIN ledger_transaction AS done ON done.source_id = earning.order_id AND done.source_type = 'order' AND done.kind = 'close'
 WHERE earning.source_type = 'order' AND earning.state IN ('available', 'in_batch', 'paid') AND done.id IS NULL;

-- alarm: a maker has waited an hour for pay that was due
SELECT id, organisation_id, available_at FROM earning
 WHERE state = 'earned' AND source_type = 'job' AND available_at < business_now() - interval '1 hour';

-- alarm: an order was accepted an hour ago and its shares have not left escrow
SELECT account.code, balance.balance
  FROM orders
  JOIN ledger_account AS account ON account.order_id = orders.id AND account.kind = 'escrow'
  JOIN ledger_balance AS balance ON balance.account_id = account.id AND balance.balance <> 0
  LEFT JOIN ledger_transaction AS done ON done.source_id = orders.id AND done.source_type = 'order' AND done.kind = 'close'
 WHERE orders.state = 'accepted' AND orders.state_at < business_now() - interval '1 hour' AND done.id IS NULL;
