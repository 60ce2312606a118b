-- name: a webhook waits for an organisation that does not hear of its event
SELECT delivery.id, endpoint.organisation_id
  FROM webhook_delivery AS delivery
  JOIN webhook_endpoint AS endpoint ON endpoint.id = delivery.endpoint_id
  JOIN event ON event.id = delivery.event_id
 WHERE delivery.state = 'waiting' AND endpoint.organisation_id <> ALL (event.audience);

-- name: more than two webhooks of one endpoint are tried at once
SELECT endpoint_id FROM webhook_delivery WHERE state = 'waiting' AND taken_until > clock_timestamp()
 GROUP BY endpoint_id HAVING count(*) > 2;

-- name: a webhook in a state that no machine knows
SELECT found.state FROM (SELECT DISTINCT state FROM webhook_delivery) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = 'webhook_delivery' AND known.target = found.state);

-- alarm: a webhook to an endpoint that answers has been due for an hour
SELECT delivery.id, delivery.due_at
  FROM webhook_delivery AS delivery
  JOIN webhook_endpoint AS endpoint ON endpoint.id = delivery.endpoint_id
 WHERE delivery.state = 'waiting' AND endpoint.failing_since IS NULL
   AND delivery.due_at < business_now() - interval '1 hour';
