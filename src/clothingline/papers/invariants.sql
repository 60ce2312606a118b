-- name: a paper states another sum than the ledger booked
SELECT document.number, document.facts ->> 'total_idr' AS stated, booked.idr
  FROM document
  JOIN (VALUES ('receipt', 'payment', 'capture'), ('credit_note', 'refund', 'settle'), ('payout_statement', 'payout', 'settle'))
    AS told (document, source_type, kind) ON told.document = document.kind
  LEFT JOIN (SELECT one.source_type, one.kind, one.source_id, one.step, sum(entry.amount) AS idr
               FROM ledger_transaction AS one JOIN ledger_entry AS entry ON entry.transaction_id = one.id
              WHERE entry.amount > 0 AND one.kind IN ('capture', 'settle') GROUP BY one.id) AS booked
    ON booked.step = coalesce((document.facts ->> 'step')::int, 0)
   AND booked.source_type = told.source_type AND booked.kind = told.kind AND booked.source_id = (document.facts ->> 'source_id')::uuid
 WHERE booked.idr IS DISTINCT FROM (document.facts ->> 'total_idr')::bigint;

-- name: the parts of an invoice do not add up
SELECT document.number FROM document CROSS JOIN jsonb_each_text(document.facts -> 'lines') AS part
 WHERE document.kind = 'invoice' GROUP BY document.number, document.facts
HAVING sum(part.value::bigint) <> (document.facts ->> 'total_idr')::bigint;

-- name: the items of a payout statement do not add up
SELECT document.number FROM document CROSS JOIN jsonb_array_elements(document.facts -> 'items') AS item
 WHERE document.kind = 'payout_statement' GROUP BY document.number, document.facts
HAVING sum((item ->> 'net_idr')::bigint) <> (document.facts ->> 'total_idr')::bigint;

-- name: a number of papers was left out
SELECT series, year, last FROM paper_number
  LEFT JOIN (SELECT split_part(number, '/', 1) AS series, split_part(number, '/', 2)::int AS year, count(*) AS many FROM document GROUP BY 1, 2)
    AS given USING (series, year)
 WHERE last IS DISTINCT FROM coalesce(many, 0);

-- name: a paper in a state that no machine knows
SELECT found.state FROM (SELECT DISTINCT state FROM document) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = 'document' AND known.target = found.state);

-- alarm: a paper could not be printed
SELECT number FROM document WHERE state = 'failed';

-- alarm: a paper has waited for the printer for more than an hour
SELECT number FROM document WHERE state = 'wished' AND created_at < business_now() - interval '1 hour';
