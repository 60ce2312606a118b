-- name: a reconciliation or a difference in a state that no machine knows
SELECT found.machine, found.state
  FROM (SELECT 'reconciliation' AS machine, state FROM reconciliation UNION SELECT 'difference', state FROM difference) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);

-- name: one person has resolved a difference alone
SELECT id FROM difference WHERE state = 'resolved' AND (second_by IS NULL OR second_by = resolved_by);

-- name: what two people put into suspense is not booked there
SELECT difference.id FROM difference
  LEFT JOIN ledger_transaction AS one ON one.source_type = 'difference' AND one.source_id = difference.id
 WHERE (difference.state = 'resolved' AND difference.resolution = 'suspend') <> (one.id IS NOT NULL);

-- alarm: a difference with the provider is open for more than a day
SELECT id, code, object FROM difference WHERE state = 'open' AND created_at < business_now() - interval '1 day';

-- alarm: a reconciliation has not ended for hours
SELECT id FROM reconciliation WHERE state = 'running' AND created_at < business_now() - interval '6 hours';
