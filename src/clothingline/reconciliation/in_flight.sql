-- What has moved in our account at the provider (`own`) for rows of ours and is not booked here yet.
WITH moved AS (
    SELECT subject_id, sum(amount_idr - fee_idr) AS net FROM movement
     WHERE account = :own AND subject_id IS NOT NULL GROUP BY subject_id
), booked AS (
    SELECT DISTINCT one.source_id
      FROM ledger_transaction AS one JOIN ledger_entry AS entry ON entry.transaction_id = one.id
      JOIN ledger_account AS account ON account.id = entry.account_id
     WHERE account.code = 'provider:idr'
)
SELECT coalesce(sum(net), 0)::bigint FROM moved WHERE subject_id NOT IN (SELECT source_id FROM booked)
