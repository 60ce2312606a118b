"""The provider's movements beside our rows, and every difference between them."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATEFUL = ("reconciliation", "difference")
APPEND_ONLY = ("movement",)
RECONCILIATION = """
    CREATE TABLE reconciliation (
        id uuid NOT NULL CONSTRAINT pk_reconciliation PRIMARY KEY,
        since timestamptz NOT NULL,
        until timestamptz NOT NULL,
        account text,
        cursor text,
        page integer NOT NULL DEFAULT 0,
        seen integer NOT NULL DEFAULT 0,
        found integer NOT NULL DEFAULT 0,
        balance_idr bigint,
        state text NOT NULL CONSTRAINT ck_reconciliation_state CHECK (state IN ('running', 'done', 'failed')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT ck_reconciliation_window CHECK (since < until)
    )
"""
MOVEMENT = """
    CREATE TABLE movement (
        id uuid NOT NULL CONSTRAINT pk_movement PRIMARY KEY,
        provider_id text NOT NULL,
        kind text NOT NULL,
        object text NOT NULL,
        reference text,
        subject_type text,
        subject_id uuid,
        amount_idr bigint NOT NULL,
        fee_idr bigint NOT NULL,
        currency text NOT NULL,
        account text NOT NULL,
        livemode boolean NOT NULL,
        at timestamptz NOT NULL,
        run_id uuid NOT NULL,
        CONSTRAINT fk_movement_run_id_reconciliation FOREIGN KEY (run_id) REFERENCES reconciliation (id),
        CONSTRAINT uq_movement_provider_id UNIQUE (provider_id)
    )
"""
DIFFERENCE = """
    CREATE TABLE difference (
        id uuid NOT NULL CONSTRAINT pk_difference PRIMARY KEY,
        code text NOT NULL CONSTRAINT ck_difference_code CHECK (code IN ('unknown_object', 'missing_object', 'amount',
            'currency', 'account', 'livemode', 'state', 'twice', 'fee', 'balance', 'connected_balance', 'clearing_old')),
        object_type text NOT NULL,
        object text NOT NULL,
        subject_id uuid,
        ours_idr bigint,
        theirs_idr bigint,
        first_run uuid NOT NULL,
        last_run uuid NOT NULL,
        resolution text CONSTRAINT ck_difference_resolution CHECK (resolution IN ('suspend', 'explained')),
        reason text,
        resolved_by uuid,
        second_by uuid,
        state text NOT NULL CONSTRAINT ck_difference_state CHECK (state IN ('open', 'resolved', 'gone')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT fk_difference_first_run_reconciliation FOREIGN KEY (first_run) REFERENCES reconciliation (id),
        CONSTRAINT fk_difference_last_run_reconciliation FOREIGN KEY (last_run) REFERENCES reconciliation (id),
        CONSTRAINT fk_difference_resolved_by_account FOREIGN KEY (resolved_by) REFERENCES account (id),
        CONSTRAINT fk_difference_second_by_account FOREIGN KEY (second_by) REFERENCES account (id),
        CONSTRAINT ck_difference_two_people CHECK (second_by <> resolved_by),
        CONSTRAINT ck_difference_resolved CHECK (state <> 'resolved' OR second_by IS NOT NULL)
    )
"""


def upgrade() -> None:
    """One row for each movement of the provider's, and one open row for each thing that differs."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute(RECONCILIATION)
    op.execute("CREATE UNIQUE INDEX uq_reconciliation_running ON reconciliation ((true)) WHERE state = 'running'")
    op.execute(MOVEMENT)
    op.execute("CREATE INDEX ix_movement_object ON movement (object)")
    op.execute("CREATE INDEX ix_movement_run_id ON movement (run_id)")
    op.execute(DIFFERENCE)
    op.execute(
        "CREATE UNIQUE INDEX uq_difference_code_object_open ON difference (code, object_type, object) WHERE state = 'open'"
    )
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
