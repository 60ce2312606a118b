-- Clearing accounts that are not empty although their last entry is older than such a thing may take.
SELECT 'clearing_old' AS code, 'account' AS object_type, account.code AS object, NULL::uuid AS subject_id,
       sum(entry.amount)::bigint AS ours_idr, 0::bigint AS theirs_idr
  FROM ledger_account AS account
  JOIN ledger_entry AS entry ON entry.account_id = account.id
  JOIN ledger_transaction AS one ON one.id = entry.transaction_id
 WHERE account.kind = 'clearing'
 GROUP BY account.id, account.code
HAVING sum(entry.amount) <> 0
   AND max(one.at) < business_now() - (CASE split_part(account.code, ':', 2)
       WHEN 'transfer' THEN interval '1 hour' WHEN 'dispute' THEN interval '120 days' ELSE interval '7 days' END)
