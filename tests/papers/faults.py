"""Faults that the invariants of papers find, and those that the database itself refuses."""

PAPER = (
    "INSERT INTO document (id, kind, subject, number, account_id, facts, token, state, created_at) "
    "SELECT gen_random_uuid(), '{kind}', 'x', '{number}', account.id, '{facts}', 'x', '{state}', {day} "
    "FROM account LIMIT 1"
)
COUNTED = "INSERT INTO paper_number (series, year, last) VALUES ('XX', 2026, 1)"


def _paper(kind: str, facts: str, *, state: str = "wished", day: str = "business_now()") -> str:
    return f"{COUNTED}; {PAPER.format(kind=kind, number='XX/2026/000001', facts=facts, state=state, day=day)}"


FAULTS: dict[str, str] = {
    "a paper states another sum than the ledger booked": _paper(
        "receipt", '{"total_idr": 1, "source_id": "01a22c24-fd31-75d9-b96f-376414e17017"}'
    ),
    "the parts of an invoice do not add up": _paper("invoice", '{"total_idr": 3, "lines": {"cloth": 1, "labour": 1}}'),
    "the items of a payout statement do not add up": _paper(
        "payout_statement", '{"total_idr": 3, "items": [{"net_idr": 1}, {"net_idr": 1}]}'
    ),
    "a number of papers was left out": COUNTED,
    "a paper could not be printed": _paper("income_letter", "{}", state="failed"),
    "a paper has waited for the printer for more than an hour": _paper(
        "income_letter", "{}", day="business_now() - interval '61 minutes'"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a paper in a state that no machine knows": "INSERT INTO document (id, state) VALUES (gen_random_uuid(), 'lost')",
}
