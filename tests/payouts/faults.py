"""Faults that the invariants of payouts find, and those that the database itself refuses."""

_OF = (
    "INSERT INTO payout (id, payee_id, amount_idr, key, state, sent_at, state_at) "
    "VALUES (md5('{0}')::uuid, md5('p')::uuid, 5, "
)
_DRAFT = _OF.format("out") + "sha256('a'), 'draft', NULL, business_now())"
_SENT = _OF.format("out") + "sha256('b'), 'sent', business_now(), business_now())"
_OLD = _OF.format("out") + "sha256('c'), 'needs_reconciliation', business_now() - interval '8 days', business_now())"
_OTHER = _OF.format("two") + "sha256('d'), 'sent', business_now(), business_now())"
_ITEM = (
    "INSERT INTO payout_item (id, payout_id, earning_id, batch, amount_idr) "
    "VALUES (gen_random_uuid(), md5('{0}')::uuid, md5('e')::uuid, {1}, 5)"
)
_EARNING = (
    "INSERT INTO earning (id, order_id, organisation_id, source_type, source_id, amount_idr, state) "
    "VALUES (md5('e')::uuid, md5('o')::uuid, md5('p')::uuid, 'machine', md5('s')::uuid, 5, 'available')"
)
FAULTS: dict[str, str] = {
    "what is in payouts to a party is not what its payouts that wait add up to": _DRAFT,
    "a payout is not the sum of its items": _DRAFT,
    "a payout has left without a debit": _SENT,
    "an earning is in two payouts that live": "; ".join(
        (_SENT, _OTHER, _ITEM.format("out", 0), _ITEM.format("two", 1))
    ),
    "an earning of a payout stands elsewhere than the payout": "; ".join((_SENT, _ITEM.format("out", 0), _EARNING)),
    "a payout is not where the ledger says its money is": _SENT,
    "a payout is in doubt for more than a day": _OLD,
    "money of a payout is in flight for longer than it may take": _OLD,
    "a payee has had no account at the provider for an hour": (
        "INSERT INTO payee (id, state, created_at) "
        "VALUES (md5('p')::uuid, 'invited', business_now() - interval '61 minutes')"
    ),
    "a notice about a payee or a payout that nothing has come of for an hour": (
        "INSERT INTO provider_notice (id, notice, object_kind, object, body, signature, received_at) "
        "VALUES (gen_random_uuid(), 'ntc_y', 'payout', 'po_x', '{}', '', business_now() - interval '61 minutes')"
    ),
}
# A CHECK, a trigger or a unique index refuses these: the statement is the second wall.
WALLED: dict[str, str] = {
    "a payout is settled without a transfer and a payout to the bank": (
        "INSERT INTO payout (id, payee_id, amount_idr, key, state, sent_at) "
        "VALUES (gen_random_uuid(), gen_random_uuid(), 5, sha256('a'), 'settled', business_now())"
    ),
    "one person has approved what two must": (
        "INSERT INTO payout (id, payee_id, amount_idr, key, state, approved_by, second_by) "
        "VALUES (gen_random_uuid(), gen_random_uuid(), 5, sha256('a'), 'draft', md5('a')::uuid, md5('a')::uuid)"
    ),
    "a payee or a payout in a state that no machine knows": (
        "INSERT INTO payee (id, state) VALUES (gen_random_uuid(), 'lost')"
    ),
}
