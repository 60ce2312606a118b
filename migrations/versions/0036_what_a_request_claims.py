"""How often one subject has done a thing, how far back somebody may date what a phone has kept, in which language a
code was asked for.

The two checks hold for what comes from now on: nobody may say in hindsight when something was said before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

CAPTURED = {
    "submission": "captured_at BETWEEN at - interval '72 hours' AND at",
    "offer": "captured_at BETWEEN created_at AND accepted_at + interval '1 minute'",
}
# Where an old row breaks the rule, the rule stays one for new rows; everywhere else it is said of all.
OF_ALL = """
    DO $$ BEGIN ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_captured;
    EXCEPTION WHEN check_violation THEN NULL; END $$
"""


def upgrade() -> None:
    """One table, one column, three checks."""
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "paced",
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("thing", "subject", name=op.f("pk_paced")),
    )
    op.create_index(op.f("ix_paced_over_at"), "paced", ["over_at"])
    op.add_column("sign_in_code", sa.Column("language", sa.Text(), server_default="id", nullable=False))
    op.create_check_constraint(op.f("ck_sign_in_code_language"), "sign_in_code", "language IN ('id', 'en')")
    for table, condition in CAPTURED.items():
        op.create_check_constraint(op.f(f"ck_{table}_captured"), table, condition, postgresql_not_valid=True)
        op.execute(OF_ALL.format(table=table))
