"""Whose each row of the two worlds is, in SQL: the tests' own statement of ownership, written apart from the houses."""

ORDER = "ARRAY[orders.consumer_id, orders.brand_id]"
JOB = "ARRAY[job.tailor_id, orders.brand_id]"
SEWING = "SELECT tailor_id FROM job WHERE job.order_id = orders.id AND job.state <> 'cancelled'"
OF_ORDER = "JOIN orders ON orders.id = {}.order_id"
OF_JOB = "JOIN job ON job.id = {}.job_id JOIN orders ON orders.id = job.order_id"
OF_ENDPOINT = "JOIN webhook_endpoint ON webhook_endpoint.id = d.endpoint_id"
OF_PAYMENT = "JOIN payment ON payment.id = {}.payment_id JOIN orders ON orders.id = payment.order_id"
ROWS: dict[str, str] = {
    "ord": f"SELECT id, {ORDER} FROM orders",
    "quo": f"SELECT quote.id, {ORDER} FROM quote {OF_ORDER.format('quote')}",
    "pol": f"SELECT plan.id, {ORDER} FROM plan {OF_ORDER.format('plan')}",
    "off": "SELECT id, ARRAY[organisation_id] FROM offer",
    "run": "SELECT id, ARRAY[brand_id] FROM run",
    "job": f"SELECT job.id, {JOB} FROM job JOIN orders ON orders.id = job.order_id",
    "pho": f"SELECT photo.id, {JOB} FROM photo {OF_JOB.format('photo')}",
    "ins": f"SELECT inspection.id, {JOB} FROM inspection {OF_JOB.format('inspection')}",
    "shp": f"SELECT shipment.id, {ORDER} FROM shipment {OF_ORDER.format('shipment')}",
    "rvw": f"SELECT review.id, {ORDER} || ARRAY({SEWING}) FROM review {OF_ORDER.format('review')}",
    "pay": f"SELECT payment.id, ARRAY[orders.consumer_id] FROM payment {OF_ORDER.format('payment')}",
    "rfd": f"SELECT r.id, ARRAY[orders.consumer_id] FROM refund r {OF_PAYMENT.format('r')}",
    "dsp": f"SELECT d.id, ARRAY[orders.consumer_id] FROM dispute d {OF_PAYMENT.format('d')}",
    "per": "SELECT id, ARRAY[account_id] FROM person",
    "mst": "SELECT m.id, ARRAY[person.account_id] FROM measurement_set m JOIN person ON person.id = m.person_id",
    "dsg": "SELECT id, ARRAY[brand_id] FROM design",
    "szc": "SELECT id, ARRAY[brand_id] FROM size_chart WHERE brand_id IS NOT NULL",
    "lot": "SELECT id, ARRAY[supplier_id] FROM lot",
    "crt": "SELECT id, ARRAY[tailor_id] FROM certificate",
    "brd": "SELECT id, ARRAY[id] FROM brand",
    "sup": "SELECT id, ARRAY[id] FROM supplier",
    "tlr": "SELECT id, ARRAY[id] FROM tailor",
    "apl": "SELECT id, ARRAY[id] FROM tailor_application",
    "sen": "SELECT id, ARRAY[id] FROM sentra",
    "ses": "SELECT id, ARRAY[account_id] FROM device_session",
    "tok": "SELECT id, ARRAY[account_id] FROM api_token",
    "tax": "SELECT id, ARRAY[id] FROM tax_profile",
    "txd": "SELECT id, ARRAY[organisation_id] FROM tax_declaration",
    "doc": "SELECT id, array_remove(ARRAY[organisation_id, account_id], NULL) FROM document",
    "org": "SELECT id, ARRAY[id] FROM organisation",
    "lac": "SELECT id, '{}'::uuid[] FROM ledger_account",
    "pye": "SELECT id, ARRAY[id] FROM payee",
    "out": "SELECT id, ARRAY[payee_id] FROM payout",
    "rcn": "SELECT id, '{}'::uuid[] FROM reconciliation",
    "dif": "SELECT id, '{}'::uuid[] FROM difference",
    "cor": "SELECT id, '{}'::uuid[] FROM correction",
    "alm": "SELECT id, '{}'::uuid[] FROM alarm",
    "whk": "SELECT id, ARRAY[organisation_id] FROM webhook_endpoint",
    "dlv": f"SELECT d.id, ARRAY[webhook_endpoint.organisation_id] FROM webhook_delivery d {OF_ENDPOINT}",
}
"""By prefix of the id: the rows, each with the accounts and organisations whose it is."""

ENDED: dict[str, str] = {
    "ses": "SELECT id FROM device_session WHERE revoked_at IS NOT NULL",
    "tok": "SELECT id FROM api_token WHERE revoked_at IS NOT NULL",
    "whk": "SELECT id FROM webhook_endpoint WHERE disabled_at IS NOT NULL",
    "per": "SELECT id FROM person WHERE erased_at IS NOT NULL",
    "mst": "SELECT m.id FROM measurement_set m JOIN person ON person.id = m.person_id WHERE erased_at IS NOT NULL",
}
"""Rows that the product itself has removed; nobody finds them again."""

HIDDEN: dict[str, str] = {
    "dsg": "SELECT id FROM design WHERE state <> 'published'",
    "lot": "SELECT id FROM lot WHERE withdrawn_at IS NOT NULL",
}
"""Rows of the catalogue that only their owner still sees."""

ALIASES: dict[str, str] = {
    "ord": "SELECT id, code FROM orders",
    "dsg": "SELECT id, slug FROM design",
    "brd": "SELECT id, slug FROM brand",
    "sup": "SELECT id, slug FROM supplier",
    "sen": "SELECT id, slug FROM sentra",
}

TABLES = {
    "ord": "orders", "quo": "quote", "pol": "plan", "off": "offer", "run": "run", "job": "job", "pho": "photo",
    "ins": "inspection", "shp": "shipment", "pay": "payment", "per": "person", "mst": "measurement_set",
    "dsg": "design", "szc": "size_chart", "lot": "lot", "crt": "certificate", "brd": "brand", "sup": "supplier",
    "tlr": "tailor", "apl": "tailor_application", "sen": "sentra",
    "rfd": "refund", "dsp": "dispute",
    "lac": "ledger_account", "cor": "correction",
    "pye": "payee", "out": "payout", "rcn": "reconciliation", "dif": "difference", "alm": "alarm",
    "tax": "tax_profile", "txd": "tax_declaration", "doc": "document",
    "rvw": "review",
    "whk": "webhook_endpoint", "dlv": "webhook_delivery",
}  # fmt: skip
