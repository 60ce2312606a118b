-- name: more cloth is set aside and used than was received
SELECT id FROM lot WHERE held_cm + reserved_cm + used_cm > received_cm OR least(held_cm, reserved_cm, used_cm) < 0;

-- name: the columns of a lot are not the sum of its reservations
SELECT lot.id, lot.held_cm, lot.reserved_cm, lot.used_cm
  FROM lot LEFT JOIN reservation AS one ON one.lot_id = lot.id
 GROUP BY lot.id, lot.held_cm, lot.reserved_cm, lot.used_cm
HAVING lot.held_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state = 'held'), 0)
    OR lot.reserved_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state IN ('requested', 'confirmed')), 0)
    OR lot.used_cm <> coalesce(sum(one.cm) FILTER (WHERE one.state = 'cut'), 0);

-- name: a reservation in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'reservation' AS machine, state FROM reservation) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
