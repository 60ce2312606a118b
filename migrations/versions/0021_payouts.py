"""Payees, and payouts of what is available to them."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATEFUL = ("payee", "payout")
APPEND_ONLY = ("payout_item",)
PAYEE = """
    CREATE TABLE payee (
        id uuid NOT NULL CONSTRAINT pk_payee PRIMARY KEY,
        provider_account text CONSTRAINT uq_payee_provider_account UNIQUE,
        country text,
        cadence text NOT NULL DEFAULT 'weekly' CONSTRAINT ck_payee_cadence CHECK (cadence IN ('daily', 'weekly', 'on_demand')),
        weekday integer NOT NULL DEFAULT 5 CONSTRAINT ck_payee_weekday CHECK (weekday BETWEEN 1 AND 7),
        bank_last4 text,
        changed_at timestamptz NOT NULL DEFAULT business_now(),
        collected_on date,
        requirements text[] NOT NULL DEFAULT '{}',
        state text NOT NULL CONSTRAINT ck_payee_state CHECK (state IN ('invited', 'pending', 'active', 'restricted')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT fk_payee_id_organisation FOREIGN KEY (id) REFERENCES organisation (id),
        CONSTRAINT ck_payee_account CHECK (state = 'invited' OR provider_account IS NOT NULL)
    )
"""
PAYOUT = """
    CREATE TABLE payout (
        id uuid NOT NULL CONSTRAINT pk_payout PRIMARY KEY,
        payee_id uuid NOT NULL,
        currency text NOT NULL DEFAULT 'IDR',
        amount_idr bigint NOT NULL CONSTRAINT ck_payout_amount CHECK (amount_idr > 0),
        key bytea NOT NULL CONSTRAINT uq_payout_key UNIQUE CONSTRAINT ck_payout_key CHECK (octet_length(key) = 32),
        approved_by uuid,
        second_by uuid,
        sent_at timestamptz,
        transfer text CONSTRAINT uq_payout_transfer UNIQUE,
        bank text CONSTRAINT uq_payout_bank UNIQUE,
        reversal text CONSTRAINT uq_payout_reversal UNIQUE,
        failure text,
        asked_at timestamptz,
        state text NOT NULL CONSTRAINT ck_payout_state CHECK (state IN ('draft', 'approved', 'withdrawn', 'sent',
            'needs_reconciliation', 'settled', 'failed', 'returned')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT fk_payout_payee_id_payee FOREIGN KEY (payee_id) REFERENCES payee (id),
        CONSTRAINT fk_payout_approved_by_account FOREIGN KEY (approved_by) REFERENCES account (id),
        CONSTRAINT fk_payout_second_by_account FOREIGN KEY (second_by) REFERENCES account (id),
        CONSTRAINT ck_payout_two_people CHECK (second_by <> approved_by),
        CONSTRAINT ck_payout_second_person CHECK (second_by IS NULL OR approved_by IS NOT NULL),
        CONSTRAINT ck_payout_sent CHECK (sent_at IS NOT NULL OR state IN ('draft', 'approved', 'withdrawn')),
        CONSTRAINT ck_payout_settled CHECK (state NOT IN ('settled', 'returned') OR transfer IS NOT NULL AND bank IS NOT NULL)
    )
"""
ITEM = """
    CREATE TABLE payout_item (
        id uuid NOT NULL CONSTRAINT pk_payout_item PRIMARY KEY,
        payout_id uuid NOT NULL,
        earning_id uuid NOT NULL,
        batch integer NOT NULL,
        amount_idr bigint NOT NULL CONSTRAINT ck_payout_item_amount CHECK (amount_idr >= 0),
        CONSTRAINT fk_payout_item_payout_id_payout FOREIGN KEY (payout_id) REFERENCES payout (id),
        CONSTRAINT fk_payout_item_earning_id_earning FOREIGN KEY (earning_id) REFERENCES earning (id),
        CONSTRAINT uq_payout_item_earning_id_batch UNIQUE (earning_id, batch)
    )
"""


def upgrade() -> None:
    """An earning is in one payout for each of its batches, and a payee has one payout that waits to be sent."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(PAYEE)
    op.execute(PAYOUT)
    op.execute("CREATE INDEX ix_payout_payee_id ON payout (payee_id)")
    op.execute("CREATE INDEX ix_payout_state_state_at ON payout (state, state_at)")
    op.execute(
        "CREATE UNIQUE INDEX uq_payout_payee_id_waiting ON payout (payee_id) WHERE state IN ('draft', 'approved')"
    )
    op.execute(ITEM)
    op.execute("CREATE INDEX ix_payout_item_payout_id ON payout_item (payout_id)")
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
