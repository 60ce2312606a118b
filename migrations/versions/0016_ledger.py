"""The ledger keeps balances that may not be overdrawn, a chain of hashes, and corrections by two people."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATEFUL = ("correction",)
APPEND_ONLY = ("ledger_account", "ledger_link")
KEPT_BY_TRIGGER = ("ledger_balance", "ledger_link")
ROLE = "clothingline_app"
CREDIT = ("escrow", "expected", "earned", "available", "in_batch", "transport", "disputed", "guarantee")
DEBIT = ("committed", "debt")
ANY = (
    "provider",
    "connected",
    "clearing",
    "recourse",
    "ppn",
    "pph22",
    "income",
    "cost",
    "capital",
    "bank",
    "suspense",
    "payable",
    "rounding",
)


def upgrade() -> None:
    """Kinds and sides of accounts, balances, links, corrections; what stands already gets all of them."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    _accounts()
    _transactions()
    _balances()
    _links()
    _corrections()
    op.execute((Path(__file__).parent.parent / "sql" / "ledger.sql").read_text())
    _take_over()
    _guards()
    op.execute(CARRY_OVER)
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # later migrations alter tables, which needs that no trigger is pending
    op.execute("SET CONSTRAINTS ALL DEFERRED")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _accounts() -> None:
    op.add_column("ledger_account", sa.Column("side", sa.Text(), server_default="any", nullable=False))
    op.drop_constraint("ck_ledger_account_kind", "ledger_account")
    op.execute("UPDATE ledger_account SET side = 'credit' WHERE kind IN ('escrow', 'transport')")
    op.create_check_constraint(
        op.f("ck_ledger_account_kind"), "ledger_account", f"kind IN ({_listed((*CREDIT, *DEBIT, *ANY))})"
    )
    op.create_check_constraint(
        op.f("ck_ledger_account_side"),
        "ledger_account",
        f"side = CASE WHEN kind IN ({_listed(CREDIT)}) THEN 'credit' "
        f"WHEN kind IN ({_listed(DEBIT)}) THEN 'debit' ELSE 'any' END",
    )
    op.create_unique_constraint(op.f("uq_ledger_account_id_currency"), "ledger_account", ["id", "currency"])
    # The currency of an entry is that of its account.
    op.drop_constraint("fk_ledger_entry_account_id_ledger_account", "ledger_entry")
    op.create_foreign_key(
        op.f("fk_ledger_entry_account_id_ledger_account"),
        "ledger_entry",
        "ledger_account",
        ["account_id", "currency"],
        ["id", "currency"],
    )


def _transactions() -> None:
    table = "ledger_transaction"
    op.add_column(table, sa.Column("step", sa.Integer(), server_default="0", nullable=False))
    op.add_column(table, sa.Column("reverses_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("by", sa.Uuid(), nullable=True))
    op.drop_constraint("uq_ledger_transaction_source_type_source_id_kind", table)
    op.create_unique_constraint(
        op.f("uq_ledger_transaction_source_type_source_id_kind_step"),
        table,
        ["source_type", "source_id", "kind", "step"],
    )
    op.create_unique_constraint(op.f("uq_ledger_transaction_reverses_id"), table, ["reverses_id"])
    op.create_foreign_key(
        op.f("fk_ledger_transaction_reverses_id_ledger_transaction"), table, table, ["reverses_id"], ["id"]
    )
    op.create_foreign_key(op.f("fk_ledger_transaction_by_account"), table, "account", ["by"], ["id"])


def _balances() -> None:
    op.create_table(
        "ledger_balance",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "side = 'debit' AND balance >= 0 OR side = 'credit' AND balance <= 0", name=op.f("ck_ledger_balance_side")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_account.id"], name=op.f("fk_ledger_balance_account_id_ledger_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_ledger_balance")),
    )


def _links() -> None:
    op.create_table(
        "ledger_link",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_ledger_link_hash")),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["ledger_transaction.id"],
            name=op.f("fk_ledger_link_transaction_id_ledger_transaction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_link")),
        sa.UniqueConstraint("position", name=op.f("uq_ledger_link_position")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_ledger_link_transaction_id")),
    )
    op.create_index(op.f("ix_ledger_link_at"), "ledger_link", ["at"])


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("state_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'booked', 'rejected')", name=op.f("ck_correction_state")),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_correction_two_people")),
        sa.CheckConstraint("(state = 'booked') = (approved_by IS NOT NULL)", name=op.f("ck_correction_approved")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_correction_proposed_by_account")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_correction_approved_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )


def _take_over() -> None:
    """Balances and links of what was booked before: the oldest first."""
    op.execute("""
        INSERT INTO ledger_balance (account_id, side, balance)
        SELECT account.id, account.side, coalesce(sum(entry.amount), 0)
          FROM ledger_account AS account LEFT JOIN ledger_entry AS entry ON entry.account_id = account.id
         WHERE account.side <> 'any' GROUP BY account.id
    """)
    op.execute("""
        DO $$
        DECLARE
            one record;
            place bigint := 0;
            moment timestamptz;
            said bytea := '';
        BEGIN
            FOR one IN SELECT id, at FROM ledger_transaction ORDER BY id LOOP
                place := place + 1;
                moment := greatest(moment, one.at);
                said := ledger_hash(said, place, moment, one.id);
                INSERT INTO ledger_link (position, at, transaction_id, hash) VALUES (place, moment, one.id, said);
            END LOOP;
        END $$
    """)


def _guards() -> None:
    op.execute(
        "CREATE TRIGGER open_ledger_balance AFTER INSERT ON ledger_account "
        "FOR EACH ROW WHEN (NEW.side <> 'any') EXECUTE FUNCTION open_ledger_balance()"
    )
    for name in ("keep_ledger_balance", "guard_linked"):
        op.execute(
            f"CREATE TRIGGER {name} AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS fresh "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    op.execute(
        "CREATE CONSTRAINT TRIGGER link_ledger_transaction AFTER INSERT ON ledger_transaction "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_ledger_transaction()"
    )
    for table in STATEFUL:
        op.execute(f"SELECT guard_states('{table}')")
    for table in APPEND_ONLY:
        op.execute(f"SELECT keep_for_ever('{table}')")
    for table in KEPT_BY_TRIGGER:
        op.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {ROLE}")


# The kinds of a development database from before: what a party may be paid, and the one account at the provider.
CARRY_OVER = """
    DO $$
    DECLARE
        old record;
        heir uuid;
        txn uuid;
    BEGIN
        FOR old IN
            SELECT account.id, account.currency, account.organisation_id, sum(entry.amount)::bigint AS amount,
                   CASE account.kind WHEN 'payable' THEN regexp_replace(account.code, '^payable:([a-z]+_)?', 'available:org_')
                                     ELSE 'provider:idr' END AS code
              FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
             WHERE account.kind = 'payable' OR account.code = 'clearing:provider'
             GROUP BY account.id HAVING sum(entry.amount) <> 0 ORDER BY account.id
        LOOP
            SELECT id INTO heir FROM ledger_account WHERE code = old.code;
            IF heir IS NULL THEN
                INSERT INTO ledger_account (id, code, kind, side, currency, organisation_id)
                VALUES (uuidv7(), old.code, split_part(old.code, ':', 1),
                        CASE old.code WHEN 'provider:idr' THEN 'any' ELSE 'credit' END, old.currency, old.organisation_id)
                RETURNING id INTO heir;
            END IF;
            INSERT INTO ledger_transaction (id, source_type, source_id, kind)
            VALUES (uuidv7(), 'migration', old.id, 'carry_over') RETURNING id INTO txn;
            INSERT INTO ledger_entry (id, transaction_id, account_id, amount, currency)
            VALUES (uuidv7(), txn, old.id, -old.amount, old.currency), (uuidv7(), txn, heir, old.amount, old.currency);
        END LOOP;
    END $$
"""
