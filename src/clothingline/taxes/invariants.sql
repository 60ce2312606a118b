-- name: what is withheld from earnings is not what the tax account says
SELECT kept.idr AS withheld, booked.idr AS booked
  FROM (SELECT coalesce(sum(withheld_idr), 0) AS idr FROM earning) AS kept
 CROSS JOIN (SELECT coalesce(-sum(entry.amount), 0) AS idr
               FROM ledger_entry AS entry
               JOIN ledger_account AS account ON account.id = entry.account_id AND account.kind = 'pph22'
               JOIN ledger_transaction AS one ON one.id = entry.transaction_id AND one.source_type = 'earning') AS booked
 WHERE kept.idr <> booked.idr;

-- name: a declaration of exemption in a state that no machine knows
SELECT found.state FROM (SELECT DISTINCT state FROM tax_declaration) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = 'tax_declaration' AND known.target = found.state);
