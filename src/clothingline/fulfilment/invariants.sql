-- name: a shipment in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'shipment' AS machine, state FROM shipment) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
