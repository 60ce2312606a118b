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
