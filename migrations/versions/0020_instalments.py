"""Payments are parts of instalments; refunds, disputes and notices say all that must agree."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATEFUL = ("instalment", "dispute")
APPEND_ONLY = ()
INSTALMENT = """
    CREATE TABLE instalment (
        id uuid CONSTRAINT pk_instalment PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT fk_instalment_order_id_orders REFERENCES orders (id),
        quote_id uuid CONSTRAINT fk_instalment_quote_id_quote REFERENCES quote (id),
        number integer NOT NULL,
        kind text NOT NULL CONSTRAINT ck_instalment_kind CHECK (kind IN ('full', 'deposit', 'balance', 'change')),
        amount_idr bigint NOT NULL CONSTRAINT ck_instalment_amount CHECK (amount_idr > 0),
        due_at timestamptz,
        state text NOT NULL CONSTRAINT ck_instalment_state CHECK (state IN ('due', 'met', 'dropped')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT uq_instalment_order_id_number UNIQUE (order_id, number)
    );
    CREATE UNIQUE INDEX uq_instalment_order_id_kind_live ON instalment (order_id, kind)
        WHERE state IN ('due', 'met') AND kind <> 'change';
"""
# What was asked for before instalments had rows: each payment was one of its own, whole.
CARRY = """
    ALTER TABLE payment ADD COLUMN instalment_id uuid;
    UPDATE payment SET instalment_id = gen_random_uuid();
    INSERT INTO instalment (id, order_id, quote_id, number, kind, amount_idr, due_at, state, state_at, created_at)
    SELECT instalment_id, order_id, quote_id, row_number() OVER (PARTITION BY order_id ORDER BY id), instalment,
           amount_idr, expires_at,
           CASE state WHEN 'captured' THEN 'met' WHEN 'wished' THEN 'due' WHEN 'open' THEN 'due' ELSE 'dropped' END,
           state_at, created_at
      FROM payment;
    ALTER TABLE payment ADD CONSTRAINT fk_payment_instalment_id_instalment
        FOREIGN KEY (instalment_id) REFERENCES instalment (id);
"""
PAYMENT = """
    ALTER TABLE payment ALTER COLUMN instalment_id SET NOT NULL,
        ADD COLUMN part integer NOT NULL DEFAULT 1 CONSTRAINT ck_payment_part CHECK (part > 0),
        ADD COLUMN method text CONSTRAINT ck_payment_method CHECK (method IN ('card', 'qris', 'transfer')),
        ADD COLUMN redirect_url text,
        ADD COLUMN account text,
        ADD COLUMN livemode boolean,
        ADD COLUMN capture_idr bigint CONSTRAINT ck_payment_capture CHECK (capture_idr BETWEEN 1 AND amount_idr),
        ADD COLUMN captured_idr bigint NOT NULL DEFAULT 0,
        ADD COLUMN refunded_idr bigint NOT NULL DEFAULT 0,
        ADD COLUMN disputed_idr bigint NOT NULL DEFAULT 0,
        ADD COLUMN fee_idr bigint CONSTRAINT ck_payment_fee CHECK (fee_idr >= 0),
        DROP CONSTRAINT ck_payment_instalment,
        ADD CONSTRAINT ck_payment_instalment CHECK (instalment IN ('full', 'deposit', 'balance', 'change')),
        DROP CONSTRAINT ck_payment_state,
        ADD CONSTRAINT ck_payment_state CHECK (state IN ('wished', 'open', 'acting', 'processing', 'authorised',
            'captured', 'expired', 'captured_late'));
    UPDATE payment SET captured_idr = amount_idr, fee_idr = 0 WHERE state IN ('captured', 'captured_late');
    UPDATE payment SET refunded_idr = back.idr
      FROM (SELECT payment_id, sum(amount_idr) AS idr FROM refund GROUP BY payment_id) AS back
     WHERE back.payment_id = payment.id;
    ALTER TABLE payment
        ADD CONSTRAINT ck_payment_captured CHECK (captured_idr <= amount_idr
            AND (state IN ('captured', 'captured_late')) = (captured_idr > 0)),
        ADD CONSTRAINT ck_payment_gone CHECK (refunded_idr >= 0 AND disputed_idr >= 0
            AND refunded_idr + disputed_idr <= captured_idr);
    DROP INDEX uq_payment_order_id_instalment_live;
    CREATE UNIQUE INDEX uq_payment_instalment_id_part_live ON payment (instalment_id, part)
        WHERE state IN ('wished', 'open', 'acting', 'processing', 'authorised', 'captured');
"""
REFUND = """
    ALTER TABLE refund
        ADD COLUMN step integer NOT NULL DEFAULT 0,
        ADD COLUMN from_escrow_idr bigint NOT NULL DEFAULT 0,
        ADD COLUMN from_fund_idr bigint NOT NULL DEFAULT 0,
        ADD COLUMN case_type text,
        ADD COLUMN case_id uuid,
        ADD COLUMN approved_by uuid CONSTRAINT fk_refund_approved_by_account REFERENCES account (id),
        ADD COLUMN second_by uuid CONSTRAINT fk_refund_second_by_account REFERENCES account (id),
        ADD COLUMN provider_id text CONSTRAINT uq_refund_provider_id UNIQUE,
        ADD COLUMN sent_at timestamptz,
        ADD COLUMN asked_at timestamptz,
        ADD COLUMN asked integer NOT NULL DEFAULT 0,
        ADD COLUMN failure text,
        ADD CONSTRAINT ck_refund_two_people CHECK (second_by <> approved_by),
        ADD CONSTRAINT ck_refund_case CHECK ((case_type IS NULL) = (case_id IS NULL)),
        DROP CONSTRAINT ck_refund_state,
        ADD CONSTRAINT ck_refund_state CHECK (state IN ('requested', 'approved', 'rejected', 'sent',
            'needs_reconciliation', 'settled', 'failed'));
    UPDATE refund SET from_escrow_idr = amount_idr, sent_at = CASE WHEN state <> 'approved' THEN state_at END;
    ALTER TABLE refund ADD CONSTRAINT ck_refund_sources CHECK (from_escrow_idr >= 0 AND from_fund_idr >= 0
        AND (state IN ('requested', 'rejected') OR from_escrow_idr + from_fund_idr = amount_idr));
    CREATE INDEX ix_refund_state_state_at ON refund (state, state_at);
"""
DISPUTE = """
    CREATE TABLE dispute (
        id uuid CONSTRAINT pk_dispute PRIMARY KEY,
        payment_id uuid NOT NULL CONSTRAINT fk_dispute_payment_id_payment REFERENCES payment (id),
        provider_id text NOT NULL CONSTRAINT uq_dispute_provider_id UNIQUE,
        amount_idr bigint NOT NULL CONSTRAINT ck_dispute_amount CHECK (amount_idr > 0),
        fee_idr bigint NOT NULL CONSTRAINT ck_dispute_fee CHECK (fee_idr >= 0),
        held_idr bigint NOT NULL,
        from_fund_idr bigint NOT NULL DEFAULT 0,
        respond_by timestamptz,
        asked_at timestamptz,
        state text NOT NULL CONSTRAINT ck_dispute_state CHECK (state IN ('open', 'won', 'lost')),
        state_at timestamptz NOT NULL DEFAULT business_now(),
        state_by uuid,
        created_at timestamptz NOT NULL DEFAULT business_now(),
        CONSTRAINT ck_dispute_sources CHECK (held_idr >= 0 AND from_fund_idr >= 0
            AND held_idr + from_fund_idr <= amount_idr)
    );
    CREATE INDEX ix_dispute_payment_id ON dispute (payment_id);
"""
NOTICE = """
    ALTER TABLE provider_notice RENAME COLUMN charge TO object;
    ALTER TABLE provider_notice
        ADD COLUMN provider text NOT NULL DEFAULT 'fake',
        ADD COLUMN object_kind text NOT NULL DEFAULT 'charge',
        ADD COLUMN account text,
        ADD COLUMN livemode boolean;
    CREATE INDEX ix_provider_notice_object ON provider_notice (object);
    ALTER TABLE notice_verdict
        ADD COLUMN subject_type text,
        ADD COLUMN subject_id uuid,
        DROP CONSTRAINT ck_notice_verdict_verdict,
        ADD CONSTRAINT ck_notice_verdict_verdict CHECK (verdict IN ('captured', 'captured_late', 'repeated', 'unpaid',
            'quarantined', 'opened', 'won', 'lost', 'settled', 'failed', 'returned', 'noted'));
"""


def upgrade() -> None:
    """Tables and columns, with what was paid before carried over."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    for statements in (INSTALMENT, CARRY, PAYMENT, REFUND, DISPUTE, NOTICE):
        op.execute(statements)
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
