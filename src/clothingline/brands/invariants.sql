-- name: a brand's week carries more than it declares
SELECT brand_id, monday FROM brand_week WHERE held + booked > declared OR held < 0 OR booked < 0;

-- name: the counters of a brand's week are not the sum of its bookings
SELECT week.brand_id, week.monday, week.held, week.booked
  FROM brand_week AS week
  LEFT JOIN brand_booking AS one ON one.brand_id = week.brand_id AND one.monday = week.monday
 GROUP BY week.brand_id, week.monday, week.held, week.booked
HAVING week.held <> coalesce(sum(one.pieces) FILTER (WHERE one.state = 'held'), 0)
    OR week.booked <> coalesce(sum(one.pieces) FILTER (WHERE one.state = 'booked'), 0);

-- name: a booking of a brand in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'brand_booking' AS machine, state FROM brand_booking) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
