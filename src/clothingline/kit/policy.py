"""Who may do what: one table, operation × role → relation. An operation without a row does not start.

Only operations of the API have rows. Pages (`/`, `/api`), their style sheet and the operators' routes (`/healthz`,
`/readyz`, `/metrics`) are plain routes without a person in them; metrics are kept by a token or to this machine.

`docs/policy.md` and the authorisation tests are made from this table.
"""

from collections.abc import Iterable, Mapping

from clothingline.kit.access import Grants, Relation, Role

C, T, S, M = Role.CONSUMER, Role.TAILOR, Role.SUPPLIER, Role.SENTRA_MANAGER
BO, BS = Role.BRAND_OWNER, Role.BRAND_STAFF
F, A, U = Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR


def _grants(relation: Relation, roles: Iterable[Role]) -> dict[Role, Relation]:
    return dict.fromkeys(roles, relation)


def own(*roles: Role) -> dict[Role, Relation]:
    """Rows of the caller's account or organisation."""
    return _grants(Relation.OWN, roles)


def assigned(*roles: Role) -> dict[Role, Relation]:
    """Rows whose work was given to the caller's organisation."""
    return _grants(Relation.ASSIGNED, roles)


def every(*roles: Role) -> dict[Role, Relation]:
    """All rows."""
    return _grants(Relation.ALL, roles)


PUBLIC: Grants = _grants(Relation.PUBLIC, Role)
SIGNED_IN: Grants = _grants(Relation.SELF, Role)
STAFF = every(F, A, U)

TABLE: Mapping[str, Grants] = {
    # accounts
    "sign_in_codes_create": PUBLIC,
    "sessions_create": PUBLIC,
    "sessions_list": SIGNED_IN,
    "sessions_revoke": SIGNED_IN,
    "me_show": SIGNED_IN,
    "me_update": SIGNED_IN,
    "api_tokens_create": SIGNED_IN,
    "api_tokens_list": SIGNED_IN,
    "api_tokens_revoke": SIGNED_IN,
    "consents_list": SIGNED_IN,
    "consents_give": SIGNED_IN,
    "consents_withdraw": SIGNED_IN,
    "accounts_create": every(A),
    "accounts_list": every(A, U),
    "events_list": {**_grants(Relation.SELF, Role), **every(A, U)},
    "events_stream": SIGNED_IN,
    "alarms_list": every(A, U),
    "alarms_end": every(A),
    "background_jobs_show": every(A, U),
    "background_jobs_retry": every(A),
    "background_jobs_drop": every(A),
    # reference
    "regencies_list": PUBLIC,
    "calendar_show": PUBLIC,
    "wages_show": PUBLIC,
    "sampling_plans_show": PUBLIC,
    # parties
    "brands_list": PUBLIC,
    "brands_show": PUBLIC,
    "brands_update": {**own(BO), **every(A)},
    "suppliers_list": PUBLIC,
    "suppliers_show": PUBLIC,
    "suppliers_update": {**own(S), **every(A)},
    "tailors_list": every(BO, BS, M, F, A, U),
    "tailors_show": {**own(T), **every(BO, BS, M, F, A, U)},
    "tailors_update": {**own(T), **every(A)},
    "tailors_calendar": {**own(T), **every(M, F, A, U)},
    "tailor_applications_list": {**own(T), **STAFF},
    "tailor_applications_show": {**own(T), **STAFF},
    "tailor_applications_admit": every(A),
    "tailor_applications_refuse": every(A),
    "days_off_create": own(T),
    "days_off_delete": own(T),
    "sentra_list": PUBLIC,
    "sentra_show": PUBLIC,
    "certificates_list": {**own(T), **STAFF},
    "certificates_show": {**own(T), **STAFF},
    "certificates_claim": own(T),
    "certificates_verify": every(A),
    "certificates_refuse": every(A),
    "certificates_revoke": every(A),
    # garments, measurements, materials
    "garment_types_list": PUBLIC,
    "size_charts_list": PUBLIC,
    "designs_list": PUBLIC,
    "designs_show": PUBLIC,
    "designs_create": own(BO, BS),
    "designs_publish": own(BO, BS),
    "designs_withdraw": own(BO, BS),
    "measurement_types_list": PUBLIC,
    "people_create": own(C),
    "people_list": own(C),
    "people_erase": own(C),
    "measurement_sets_create": own(C),
    "measurement_sets_list": own(C),
    "measurement_sets_show": own(C),
    "lots_list": PUBLIC,
    "lots_show": PUBLIC,
    "lots_create": own(S),
    "lots_receive": own(S),
    "lots_entries": {**own(S), **every(A, U)},
    "reservations_list": {**own(S), **every(A, U)},
    # orders and routing
    "orders_create": own(C),
    "orders_list": {**own(C, BO, BS), **STAFF},
    "orders_show": {**own(C, BO, BS), **STAFF},
    "orders_timeline": {**own(C, BO, BS), **STAFF},
    "orders_quote": own(C),
    "orders_price": {**own(C, BO, BS, T, S), **STAFF},
    "orders_quotes": {**own(C), **STAFF},
    "orders_checkout": own(C),
    "orders_change": own(C),
    "orders_cancel": {**own(C), **every(A)},
    "orders_choose": own(C),
    "plans_show": {**own(C, BO, BS), **STAFF},
    "plans_explain": {**own(C, BO, BS), **STAFF},
    "plans_certificate": {**own(BO, BS), **STAFF},
    "offers_list": {**own(T, BO, BS, S), **STAFF},
    "offers_show": {**own(T, BO, BS, S), **STAFF},
    "offers_accept": own(T, BO, BS, S),
    "offers_undo": own(T, BO, BS, S),
    "offers_decline": own(T, BO, BS, S),
    "offers_extend": own(T),
    "offers_pass_over": every(A),
    # production, fulfilment
    "runs_list": {**own(BO, BS), **STAFF},
    "runs_show": {**own(BO, BS), **STAFF},
    "runs_release": own(BO, BS),
    "jobs_list": {**assigned(T), **own(BO, BS), **STAFF},
    "jobs_show": {**assigned(T), **own(BO, BS), **STAFF},
    "jobs_measurements": {**assigned(T), **own(BO, BS)},
    "jobs_confirm_measure": {**assigned(T), **own(BO, BS)},
    "jobs_receive_kit": assigned(T),
    "jobs_start": assigned(T),
    "jobs_submit": assigned(T),
    "jobs_report_problem": assigned(T),
    "jobs_answer_problem": own(BO, BS),
    "jobs_hand_over": assigned(T),
    "photos_create": {**assigned(T), **own(BO, BS)},
    "photos_show": {**assigned(T), **own(BO, BS), **STAFF},
    "inspections_create": own(BO, BS),
    "inspections_show": {**assigned(T), **own(BO, BS), **STAFF},
    "inspections_judge": own(BO, BS),
    "shipments_create": own(BO, BS),
    "shipments_show": {**own(C, BO, BS), **STAFF},
    "shipments_deliver": own(BO, BS),
    "orders_accept": own(C),
    # aftersales
    "reviews_list": PUBLIC,
    "reviews_of_order": {**own(C, BO, BS), **STAFF},
    "reviews_show": {**own(C, BO, BS), **assigned(T), **STAFF},
    "reviews_write": own(C),
    "reviews_change": own(C),
    "reviews_forget": own(C),
    "reviews_answer": own(BO, BS),
    "reviews_hide": every(A),
    "reviews_restore": every(A),
    "remarks_list": {**own(C, BO, BS), **STAFF},
    "remarks_write": own(BO, BS),
    "remarks_write_for_job": assigned(T),
    # payments
    "payments_list": {**own(C), **every(A, U)},
    "payments_show": {**own(C), **every(A, U)},
    "payment_notices_create": PUBLIC,
    "stripe_notices_create": PUBLIC,
    "payments_choose": own(C),
    "refunds_create": every(A),
    "refunds_list": every(A, U),
    "refunds_show": {**own(C), **every(A, U)},
    "refunds_approve": every(A),
    "refunds_reject": every(A),
    "disputes_list": every(A, U),
    "disputes_show": every(A, U),
    "earnings_list": {**own(T, BO, S), **every(A, U)},
    "ledger_accounts_list": every(A, U),
    "ledger_transactions_list": every(A, U),
    # ledger
    "trial_balances_show": every(A, U),
    "ledger_accounts_statement": every(A, U),
    "ledger_entries_export": every(A, U),
    "corrections_list": every(A, U),
    "corrections_create": every(A),
    "corrections_approve": every(A),
    "corrections_reject": every(A),
    # notices
    "webhook_endpoints_create": own(BO, S),
    "webhook_endpoints_list": {**own(BO, S), **every(A, U)},
    "webhook_endpoints_rotate": own(BO, S),
    "webhook_endpoints_ping": own(BO, S),
    "webhook_endpoints_delete": own(BO, S),
    "webhook_deliveries_list": {**own(BO, S), **every(A, U)},
    "webhook_deliveries_replay": own(BO, S),
    # payouts
    "payees_create": own(T, BO, S, M),
    "payees_list": {**own(T, BO, S, M), **every(A, U)},
    "payees_show": {**own(T, BO, S, M), **every(A, U)},
    "payees_update": own(T, BO, S, M),
    "payees_onboard": own(T, BO, S, M),
    "payouts_list": {**own(T, BO, S, M), **every(A, U)},
    "payouts_show": {**own(T, BO, S, M), **every(A, U)},
    "payouts_create": own(T, BO, S, M),
    "payouts_approve": every(A),
    # reconciliation
    "reconciliations_create": every(A),
    "reconciliations_list": every(A, U),
    "reconciliations_show": every(A, U),
    "differences_list": every(A, U),
    "differences_resolve": every(A),
    # taxes
    "tax_profiles_update": own(T, BO, S),
    "tax_profiles_show": {**own(T, BO, S), **every(A, U)},
    "tax_declarations_create": own(T, BO, S),
    "tax_declarations_list": {**own(T, BO, S), **every(A, U)},
    "tax_declarations_confirm": every(A),
    "tax_declarations_refuse": every(A),
    # papers
    "documents_list": {**own(C, T, BO, S, M), **every(A, U)},
    "documents_create": own(T, BO, S),
    "documents_show": {**own(C, T, BO, S, M), **every(A, U)},
    "documents_download": {**own(C, T, BO, S, M), **every(A, U)},
}


def missing_rows(operations: Iterable[str]) -> list[str]:
    """Operations without a row, and rows without an operation (marked `-`); both must be empty at start."""
    known = set(operations)
    return sorted(known - TABLE.keys()) + sorted(f"-{name}" for name in TABLE.keys() - known)
