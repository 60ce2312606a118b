-- name: an offer has two live jobs
SELECT offer_id FROM job WHERE state <> 'cancelled' GROUP BY offer_id HAVING count(*) > 1;

-- name: a job goes on without an accepted offer (one that was just accepted may have been undone while its job waits)
SELECT job.id FROM job JOIN offer ON offer.id = job.offer_id
 WHERE job.state NOT IN ('cancelled', 'accepted') AND offer.state <> 'accepted';

-- name: a run, a job or an inspection in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT 'run' AS machine, state FROM run UNION SELECT 'job', state FROM job UNION SELECT 'inspection', state FROM inspection) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);
