"""Faults that the invariants of runs and jobs find, and those that the database itself refuses."""

FAULTS: dict[str, str] = {
    "an offer has two live jobs": (
        "DROP INDEX uq_job_offer_id_live; INSERT INTO job (id, order_id, offer_id, tailor_id, pieces, "
        "sizes, pay_idr, due_on, state) SELECT gen_random_uuid(), order_id, offer_id, tailor_id, pieces, "
        "sizes, pay_idr, due_on, 'ready' FROM job"
    ),
    "a job goes on without an accepted offer (one that was just accepted may have been undone while its job waits)": (
        "UPDATE job SET state = 'ready'; UPDATE offer SET state = 'declined', accepted_at = NULL"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a run, a job or an inspection in a state that no machine knows": "UPDATE job SET state = 'lost'",
}
