-- name: a review in a state that no machine knows
SELECT found.machine, found.state FROM (SELECT DISTINCT 'review' AS machine, state FROM review) AS found
 WHERE NOT EXISTS (SELECT FROM state_transition AS known WHERE known.machine = found.machine AND known.target = found.state);

-- name: a review is of an order that has not come, or of another brand or design
SELECT review.id, orders.state FROM review JOIN orders ON orders.id = review.order_id
  JOIN order_line AS line ON line.order_id = orders.id
 WHERE orders.state NOT IN ('delivered', 'accepted') OR orders.brand_id IS DISTINCT FROM review.brand_id
    OR line.design_id <> review.design_id;

-- name: somebody speaks of a consumer for whom they have made nothing
SELECT remark.id FROM remark JOIN orders ON orders.id = remark.order_id
  LEFT JOIN job ON job.order_id = orders.id AND job.tailor_id = remark.organisation_id
 WHERE orders.brand_id IS DISTINCT FROM remark.organisation_id AND job.id IS NULL;

-- name: a review is shut although every maker has spoken
SELECT review.id FROM review JOIN orders ON orders.id = review.order_id
  LEFT JOIN job ON job.order_id = orders.id AND job.state <> 'cancelled'
  LEFT JOIN remark AS brands ON brands.order_id = orders.id AND brands.organisation_id = orders.brand_id
  LEFT JOIN remark AS tailors ON tailors.order_id = orders.id AND tailors.organisation_id = job.tailor_id
 WHERE review.opens_at > business_now() GROUP BY review.id
HAVING bool_and(brands.id IS NOT NULL AND (job.id IS NULL OR tailors.id IS NOT NULL));
