-- What the ledger says lies in a payee's account at the provider, less what is on its way from there to the bank.
SELECT payee.id AS payee_id,
       (SELECT coalesce(sum(entry.amount), 0) FROM ledger_account AS account
          JOIN ledger_entry AS entry ON entry.account_id = account.id
         WHERE account.kind = 'connected' AND account.organisation_id = payee.id)
       - coalesce(sum(payout.amount_idr) FILTER (WHERE payout.bank IS NOT NULL
             AND payout.state IN ('sent', 'needs_reconciliation')), 0) AS ours_idr,
       coalesce(bool_or(payout.state IN ('sent', 'needs_reconciliation')
             AND (payout.transfer IS NULL OR payout.bank IS NULL)), false) AS in_doubt
  FROM payee LEFT JOIN payout ON payout.payee_id = payee.id
 WHERE payee.provider_account = :account
 GROUP BY payee.id
