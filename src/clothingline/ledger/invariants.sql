-- name: a ledger transaction does not sum to zero
SELECT transaction_id, currency, sum(amount) FROM ledger_entry GROUP BY transaction_id, currency HAVING sum(amount) <> 0;

-- name: the ledger does not sum to zero in a currency
SELECT currency, sum(amount) FROM ledger_entry GROUP BY currency HAVING sum(amount) <> 0;

-- name: a guarded account stands on the wrong side (credits are negative)
SELECT account.code, sum(entry.amount)
  FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
 WHERE account.side <> 'any' GROUP BY account.id
HAVING account.side = 'credit' AND sum(entry.amount) > 0 OR account.side = 'debit' AND sum(entry.amount) < 0;

-- name: a payable owes less than nothing
SELECT account.code, sum(entry.amount)
  FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
 WHERE account.kind = 'payable' GROUP BY account.code HAVING sum(entry.amount) > 0;

-- name: an entry is in another currency than its account
SELECT entry.id FROM ledger_entry AS entry JOIN ledger_account AS account ON account.id = entry.account_id
 WHERE entry.currency <> account.currency;

-- name: the balance of a guarded account is not the sum of its entries
SELECT account.code, kept.balance, sum(entry.amount)
  FROM ledger_account AS account
  LEFT JOIN ledger_balance AS kept ON kept.account_id = account.id
  LEFT JOIN ledger_entry AS entry ON entry.account_id = account.id
 WHERE account.side <> 'any' GROUP BY account.id, kept.account_id
HAVING kept.balance IS DISTINCT FROM coalesce(sum(entry.amount), 0) OR kept.side IS DISTINCT FROM account.side;

-- name: accounts of one kind have two sides
SELECT kind, min(side), max(side) FROM ledger_account GROUP BY kind HAVING min(side) <> max(side);

-- name: a balance is kept on the wrong side
SELECT account_id FROM ledger_balance WHERE balance > 0 AND side = 'credit' OR balance < 0 AND side = 'debit';

-- name: a ledger transaction has no place in the chain
SELECT one.id FROM ledger_transaction AS one LEFT JOIN ledger_link AS link ON link.transaction_id = one.id
 WHERE link.id IS NULL;

-- The whole chain: clothingline ledger verify.
-- name: the chain of the ledger is broken in its last ten thousand places
SELECT found.place, found.fault
  FROM (SELECT coalesce(max(position), 0) AS place FROM ledger_link) AS newest
 CROSS JOIN LATERAL ledger_faults(greatest(newest.place - 10000, 0), newest.place) AS found;

-- name: a reversal is not the contrary of what it undoes
SELECT pair.id, entry.account_id, sum(entry.amount)
  FROM (SELECT id, id AS one FROM ledger_transaction WHERE reverses_id IS NOT NULL
        UNION ALL SELECT id, reverses_id FROM ledger_transaction WHERE reverses_id IS NOT NULL) AS pair
  JOIN ledger_entry AS entry ON entry.transaction_id = pair.one
 GROUP BY pair.id, entry.account_id HAVING sum(entry.amount) <> 0;

-- name: a correction was booked by one person, or stands on one side only
SELECT correction.id, booked.id AS booked_as
  FROM correction
  FULL JOIN (SELECT id, source_id, "by" FROM ledger_transaction WHERE source_type = 'correction' AND kind = 'book') AS booked
    ON booked.source_id = correction.id
 WHERE correction.id IS NULL OR (correction.state = 'booked') <> (booked.id IS NOT NULL)
    OR booked."by" IS DISTINCT FROM correction.approved_by OR correction.approved_by = correction.proposed_by;

-- name: a correction touches an account whose balance rows of the trade state
SELECT booked.id, account.code
  FROM ledger_transaction AS booked
  JOIN ledger_entry AS entry ON entry.transaction_id = booked.id
  JOIN ledger_account AS account ON account.id = entry.account_id
 WHERE booked.source_type = 'correction'
   AND account.kind IN ('escrow', 'committed', 'expected', 'earned', 'available', 'in_batch', 'disputed', 'debt', 'recourse');
