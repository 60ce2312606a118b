-- Everything that the provider's movements (`theirs`) and our rows (`ours`) do not say alike, one row for each.
-- Parameters: own (our account at the provider), livemode, grace (an interval in which a movement may still be missing).
WITH paid AS (
    SELECT payout.*, payee.provider_account AS destination FROM payout JOIN payee ON payee.id = payout.payee_id
), ours AS (
    -- final: by our rows the money has moved; undone: by our rows it has moved back again.
    SELECT charge AS object, :own AS account, 'pay' AS object_type, id AS subject_id, captured_idr AS amount,
           state IN ('captured', 'captured_late') AS final, false AS undone, captured_at AS since
      FROM payment WHERE charge IS NOT NULL
    UNION ALL
    SELECT provider_id, :own, 'rfd', id, -amount_idr, state = 'settled', state = 'failed', state_at
      FROM refund WHERE provider_id IS NOT NULL
    UNION ALL
    SELECT provider_id, :own, 'dsp', id, -amount_idr, true, state = 'won', created_at FROM dispute
    UNION ALL
    SELECT transfer, :own, 'out', id, -amount_idr, true, false, sent_at FROM paid WHERE transfer IS NOT NULL
    UNION ALL
    SELECT transfer, destination, 'out', id, amount_idr, true, false, sent_at FROM paid WHERE transfer IS NOT NULL
    UNION ALL
    SELECT bank, destination, 'out', id, -amount_idr, true, state IN ('failed', 'returned'), sent_at
      FROM paid WHERE bank IS NOT NULL
    UNION ALL
    SELECT reversal, :own, 'out', id, amount_idr, true, false, state_at FROM paid WHERE reversal IS NOT NULL
    UNION ALL
    SELECT reversal, destination, 'out', id, -amount_idr, true, false, state_at FROM paid WHERE reversal IS NOT NULL
), theirs AS (
    SELECT object, account, min(kind) FILTER (WHERE NOT back) AS kind, min(reference) AS reference,
           min(subject_type) AS subject_type, (min(subject_id::text))::uuid AS subject_id,
           coalesce(sum(amount_idr) FILTER (WHERE NOT back), 0)::bigint AS amount, sum(amount_idr)::bigint AS kept,
           sum(fee_idr)::bigint AS fee, bool_or(back) AS undone, bool_or(currency <> 'IDR') AS foreign_money,
           bool_or(livemode <> :livemode) AS other_mode, min(at) AS at, min(provider_id) AS line
      FROM (SELECT *, kind IN ('refund_failed', 'payout_failed', 'dispute_won') AS back FROM movement) AS one
     GROUP BY object, account
), known AS (
    SELECT theirs.*, ours.object_type, ours.subject_id AS our_id, ours.amount AS our_amount, ours.final,
           ours.undone AS our_undone
      FROM theirs JOIN ours USING (object, account)
), nameless AS (
    -- Objects that none of our rows names: which row asked for them is told by their reference. `instead`: what that row
    -- names in their place. `remains`: what they and what undid them (a second transfer under one reference) have moved together.
    SELECT theirs.*,
           sum(kept) OVER (PARTITION BY theirs.account, subject_type, theirs.subject_id, split_part(reference, ':', 2)) AS remains,
           payment.id IS NOT NULL OR refund.id IS NOT NULL OR payout.id IS NOT NULL AS asked_for,
           CASE kind WHEN 'charge' THEN payment.charge WHEN 'refund' THEN refund.provider_id
                     WHEN 'transfer' THEN payout.transfer WHEN 'payout' THEN payout.bank
                     WHEN 'take_back' THEN payout.reversal END AS instead
      FROM theirs
      LEFT JOIN payment ON subject_type = 'pay' AND kind IN ('charge', 'dispute') AND payment.id = theirs.subject_id
      LEFT JOIN refund ON subject_type = 'rfd' AND kind = 'refund' AND refund.id = theirs.subject_id
      LEFT JOIN payout ON subject_type = 'out' AND kind IN ('transfer', 'payout', 'take_back')
                      AND payout.id = theirs.subject_id
     WHERE object NOT IN (SELECT object FROM ours)
)
SELECT 'unknown_object' AS code, kind AS object_type, object, NULL::uuid AS subject_id, NULL::bigint AS ours_idr,
       kept - fee AS theirs_idr
  FROM nameless WHERE NOT asked_for AND kept - fee <> 0 AND (kind NOT IN ('transfer', 'take_back') OR account = :own)
UNION ALL
SELECT CASE WHEN instead IS NULL THEN 'state' ELSE 'twice' END,
       CASE WHEN instead IS NOT NULL THEN kind WHEN kind = 'dispute' THEN 'dsp' ELSE subject_type END,
       object, subject_id, NULL, kept
  FROM nameless
 WHERE asked_for AND remains <> 0 AND split_part(reference, ':', 3) = ''
   AND (kind NOT IN ('transfer', 'take_back') OR account = :own)
UNION ALL
SELECT 'state', object_type, object, our_id, our_amount, amount FROM known
 WHERE (NOT final AND NOT undone AND NOT our_undone) OR undone IS DISTINCT FROM our_undone
UNION ALL
SELECT 'amount', object_type, object, our_id, our_amount, amount FROM known WHERE final AND amount <> our_amount
UNION ALL
SELECT 'currency', object_type, object, our_id, our_amount, amount FROM known WHERE foreign_money
UNION ALL
SELECT 'livemode', object_type, object, our_id, our_amount, amount FROM known WHERE other_mode
UNION ALL
SELECT DISTINCT 'account', ours.object_type, theirs.object, ours.subject_id, NULL::bigint, theirs.amount
  FROM theirs JOIN ours USING (object)
 WHERE NOT EXISTS (SELECT FROM known WHERE known.object = theirs.object AND known.account = theirs.account)
UNION ALL
SELECT 'fee', object_type, object, our_id, payment.fee_idr, fee
  FROM known JOIN payment ON payment.id = our_id
 WHERE object_type = 'pay' AND final AND payment.fee_idr IS DISTINCT FROM fee
UNION ALL
SELECT 'missing_object', object_type, object, subject_id, amount, NULL
  FROM ours
 WHERE final AND since < business_now() - :grace AND NOT EXISTS (SELECT FROM theirs WHERE theirs.object = ours.object)
   AND (account = :own OR NOT EXISTS (SELECT FROM ours AS other WHERE other.object = ours.object AND other.account = :own))
