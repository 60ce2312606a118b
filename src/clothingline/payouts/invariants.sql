-- name: what is in payouts to a party is not what its payouts that wait add up to
WITH waiting AS (
    SELECT payee_id AS organisation_id, sum(amount_idr) AS idr FROM payout WHERE state IN ('draft', 'approved') GROUP BY 1
), booked AS (
    SELECT account.organisation_id, -sum(entry.amount) AS idr
      FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
     WHERE account.kind = 'in_batch' GROUP BY 1
)
SELECT organisation_id, waiting.idr AS waiting, booked.idr AS booked FROM waiting FULL JOIN booked USING (organisation_id)
 WHERE coalesce(waiting.idr, 0) <> coalesce(booked.idr, 0);

-- name: a payout is not the sum of its items
SELECT payout.id, payout.amount_idr, sum(item.amount_idr)
  FROM payout LEFT JOIN payout_item AS item ON item.payout_id = payout.id
 GROUP BY payout.id, payout.amount_idr HAVING payout.amount_idr IS DISTINCT FROM sum(item.amount_idr);

-- name: a payout has left without a debit
SELECT payout.id FROM payout
  LEFT JOIN ledger_transaction AS one ON one.source_type = 'payout' AND one.source_id = payout.id AND one.kind = 'send'
 WHERE payout.state IN ('sent', 'needs_reconciliation', 'settled', 'failed', 'returned') AND one.id IS NULL;

-- name: a payout is settled without a transfer and a payout to the bank
SELECT id FROM payout WHERE state IN ('settled', 'returned') AND (transfer IS NULL OR bank IS NULL);

-- name: an earning is in two payouts that live
SELECT item.earning_id FROM payout_item AS item JOIN payout ON payout.id = item.payout_id
 WHERE payout.state IN ('draft', 'approved', 'sent', 'needs_reconciliation', 'settled')
 GROUP BY item.earning_id HAVING count(*) > 1;

-- name: an earning of a payout stands elsewhere than the payout
SELECT earning.id, earning.state, payout.state
  FROM payout JOIN payout_item AS item ON item.payout_id = payout.id JOIN earning ON earning.id = item.earning_id
 WHERE payout.state IN ('draft', 'approved', 'sent', 'needs_reconciliation') AND earning.state <> 'in_batch'
    OR payout.state = 'settled' AND earning.state <> 'paid';

-- name: a payout is not where the ledger says its money is
WITH kept AS (
    SELECT one.source_id AS id, account.kind, split_part(account.code, ':', 2) AS thing, sum(entry.amount) AS idr
      FROM ledger_transaction AS one
      JOIN ledger_entry AS entry ON entry.transaction_id = one.id
      JOIN ledger_account AS account ON account.id = entry.account_id
     WHERE one.source_type = 'payout' AND account.kind IN ('clearing', 'connected') GROUP BY 1, 2, 3
), held AS (
    SELECT payout.*, coalesce(sum(kept.idr) FILTER (WHERE kind = 'clearing' AND thing = 'transfer'), 0) AS to_payee,
           coalesce(sum(kept.idr) FILTER (WHERE kind = 'clearing' AND thing = 'payout'), 0) AS to_bank,
           coalesce(sum(kept.idr) FILTER (WHERE kind = 'connected'), 0) AS with_payee
      FROM payout LEFT JOIN kept ON kept.id = payout.id GROUP BY payout.id
)
SELECT id, state, to_payee, to_bank, with_payee FROM held
 WHERE ARRAY[to_payee, to_bank, with_payee] <> CASE
       WHEN state IN ('sent', 'needs_reconciliation') AND transfer IS NULL THEN ARRAY[-amount_idr, 0, 0]::numeric[]
       WHEN state IN ('sent', 'needs_reconciliation') THEN ARRAY[0, -amount_idr, amount_idr]::numeric[]
       WHEN state IN ('failed', 'returned') AND transfer IS NOT NULL AND reversal IS NULL
       THEN ARRAY[0, 0, amount_idr]::numeric[] ELSE ARRAY[0, 0, 0]::numeric[] END;

-- name: one person has approved what two must
SELECT id FROM payout WHERE second_by = approved_by OR second_by IS NOT NULL AND approved_by IS NULL;

-- name: a payee or a payout in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'payee' AS machine, state FROM payee UNION SELECT 'payout', state FROM payout) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);

-- alarm: a payout is in doubt for more than a day
SELECT id FROM payout WHERE state = 'needs_reconciliation' AND (transfer IS NULL OR bank IS NULL)
   AND sent_at < business_now() - interval '24 hours';

-- alarm: money of a payout is in flight for longer than it may take
SELECT id, state FROM payout
 WHERE state IN ('sent', 'needs_reconciliation') AND transfer IS NULL AND sent_at < business_now() - interval '1 hour'
    OR state IN ('sent', 'needs_reconciliation') AND sent_at < business_now() - interval '7 days'
    OR state = 'approved' AND state_at < business_now() - interval '1 hour'
    OR state IN ('failed', 'returned') AND transfer IS NOT NULL AND reversal IS NULL
       AND state_at < business_now() - interval '1 day';

-- alarm: a payee has had no account at the provider for an hour
SELECT id FROM payee WHERE provider_account IS NULL AND created_at < business_now() - interval '1 hour';

-- alarm: a notice about a payee or a payout that nothing has come of for an hour
SELECT notice.id, notice.object FROM provider_notice AS notice
  LEFT JOIN notice_verdict AS verdict ON verdict.notice_id = notice.id
 WHERE verdict.id IS NULL AND notice.object_kind IN ('transfer', 'payout', 'payee')
   AND notice.received_at < business_now() - interval '1 hour';
