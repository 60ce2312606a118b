-- name: a workshop's week carries more than it declares
SELECT tailor_id, monday FROM tailor_week WHERE held + booked > declared OR held < 0 OR booked < 0;

-- name: the counters of a workshop's week are not the sum of its bookings
SELECT week.tailor_id, week.monday, week.held, week.booked, sum(one.seconds) FILTER (WHERE one.state = 'held') AS held_rows,
       sum(one.seconds) FILTER (WHERE one.state = 'booked') AS booked_rows
  FROM tailor_week AS week
  LEFT JOIN tailor_booking AS one ON one.tailor_id = week.tailor_id AND one.monday = week.monday
 GROUP BY week.tailor_id, week.monday, week.held, week.booked
HAVING week.held <> coalesce(sum(one.seconds) FILTER (WHERE one.state = 'held'), 0)
    OR week.booked <> coalesce(sum(one.seconds) FILTER (WHERE one.state = 'booked'), 0);

-- name: a booking of a week that was never opened
SELECT one.id FROM tailor_booking AS one LEFT JOIN tailor_week AS week USING (tailor_id, monday)
 WHERE one.state <> 'released' AND week.tailor_id IS NULL;

-- name: a booking of a workshop in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'tailor_booking' AS machine, state FROM tailor_booking) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
