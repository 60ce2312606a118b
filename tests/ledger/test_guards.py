"""What the database keeps by itself: each attack is refused, and is seen when its guard is gone.

Guards are taken away in one transaction of the owner, in which constraints are judged at once, and which is undone.
"""

from collections.abc import AsyncIterator

import psycopg
import pytest

from clothingline.accounts.models import Account
from clothingline.kit import db
from clothingline.ledger.service import propose_correction
from tests.ledger.booking import ESCROW, Owner, as_owner, booked, comes_in, goes_out
from tests.money.attacks import Guard, done, refused_and_seen_without, seen

TXN = "0197a000-0000-7000-8000-000000000001"
NEW = f"INSERT INTO ledger_transaction (id, source_type, source_id, kind) VALUES ('{TXN}', 'x', '{TXN}', 'x'); "
OLDEST = "(SELECT transaction_id FROM ledger_link WHERE position = 1)"
NEW_ESCROW = (
    "INSERT INTO ledger_account (id, code, kind, side) VALUES (gen_random_uuid(), 'escrow:new', 'escrow', '{}'); "
)
AS_SERVICE, AS_OWNER = "SET LOCAL ROLE clothingline_app; ", "; RESET ROLE"
BROKEN = "the chain of the ledger is broken in its last ten thousand places"


def entry(code: str, amount: int, currency: str = "IDR", transaction: str = f"'{TXN}'") -> str:
    """SQL of an entry that nobody has weighed."""
    return (
        "INSERT INTO ledger_entry (id, transaction_id, account_id, amount, currency) "
        f"SELECT gen_random_uuid(), {transaction}, id, {amount}, '{currency}' FROM ledger_account "
        f"WHERE code = '{code}'; "
    )


def taken(code: str) -> str:
    """SQL of a transaction that takes more than there is."""
    return NEW + entry(code, 901) + entry("provider:idr", -901)


GUARDS = {
    "every transaction sums to zero": Guard(
        "DROP TRIGGER guard_zero_sum ON ledger_entry",
        NEW + entry("provider:idr", 5),
        "does not sum to zero",
        "a ledger transaction does not sum to zero",
    ),
    "nothing is overdrawn": Guard(
        "ALTER TABLE ledger_balance DROP CONSTRAINT ck_ledger_balance_side",
        taken(ESCROW.code),
        "ck_ledger_balance_side",
        "a balance is kept on the wrong side",
    ),
    "balances are kept": Guard(
        "DROP TRIGGER keep_ledger_balance ON ledger_entry",
        taken(ESCROW.code),
        "ck_ledger_balance_side",
        "the balance of a guarded account is not the sum of its entries",
    ),
    "a new account has a balance": Guard(
        "DROP TRIGGER open_ledger_balance ON ledger_account",
        NEW_ESCROW.format("credit") + taken("escrow:new"),
        "ck_ledger_balance_side",
        "a guarded account stands on the wrong side (credits are negative)",
    ),
    "the side follows from the kind": Guard(
        "ALTER TABLE ledger_account DROP CONSTRAINT ck_ledger_account_side",
        NEW_ESCROW.format("any") + taken("escrow:new"),
        "ck_ledger_account_side",
        "accounts of one kind have two sides",
    ),
    "an entry has its account's currency": Guard(
        "ALTER TABLE ledger_entry DROP CONSTRAINT fk_ledger_entry_account_id_ledger_account",
        NEW + entry("provider:idr", 5, "USD") + entry("provider:idr", -5, "USD"),
        "fk_ledger_entry_account_id_ledger_account",
        "an entry is in another currency than its account",
    ),
    "what is in the chain is complete": Guard(
        "DROP TRIGGER guard_linked ON ledger_entry",
        entry("provider:idr", 5, transaction=OLDEST) + entry("provider:idr", -5, transaction=OLDEST),
        "takes no more entries",
        BROKEN,
    ),
    "transactions stay": Guard(
        "DROP TRIGGER guard_append_only ON ledger_transaction",
        "UPDATE ledger_transaction SET kind = 'x'",
        "append-only",
        BROKEN,
    ),
    "entries stay": Guard(
        "DROP TRIGGER guard_append_only ON ledger_entry",
        "UPDATE ledger_entry SET amount = 2 * amount",
        "append-only",
        BROKEN,
    ),
    "accounts stay": Guard(
        "DROP TRIGGER guard_append_only ON ledger_account",
        "UPDATE ledger_account SET code = code || 'x'",
        "append-only",
        BROKEN,
    ),
    "links stay": Guard(
        "DROP TRIGGER guard_append_only ON ledger_link",
        "UPDATE ledger_link SET at = at - interval '1 day'",
        "append-only",
        BROKEN,
    ),
    "the service writes no balances": Guard(
        "GRANT UPDATE ON ledger_balance TO clothingline_app",
        AS_SERVICE + "UPDATE ledger_balance SET balance = balance - 1" + AS_OWNER,
        "permission denied",
        "the balance of a guarded account is not the sum of its entries",
    ),
    "the service writes no links": Guard(
        "GRANT INSERT ON ledger_link TO clothingline_app; DROP TRIGGER link_ledger_transaction ON ledger_transaction",
        NEW + AS_SERVICE + "INSERT INTO ledger_link (position, at, transaction_id, hash) "
        f"SELECT max(position) + 1, max(at), '{TXN}', sha256('') FROM ledger_link" + AS_OWNER,
        "permission denied",
        BROKEN,
    ),
    "two people correct": Guard(
        "ALTER TABLE correction DROP CONSTRAINT ck_correction_two_people",
        "UPDATE correction SET state = 'booked', approved_by = proposed_by",
        "ck_correction_two_people",
        "a correction was booked by one person, or stands on one side only",
    ),
}


@pytest.fixture
async def owner(database: db.Database) -> AsyncIterator[Owner]:
    """The schema's owner, in a ledger with money in escrow and a correction that waits."""
    await booked(comes_in(1_000), goes_out(100))
    async with db.transaction() as session:
        somebody = Account(phone="+6281234567801", name="Dewi Lestari")
        session.add(somebody)
        await session.flush()
        lines = [("bank:idr", 5), ("capital:programme", -5)]
        await propose_correction(session, lines=lines, reason="Modal", by=somebody.id)
    with as_owner(database) as connection:
        yield connection


@pytest.mark.parametrize("guard", GUARDS.values(), ids=list(GUARDS))
async def test_an_attack_is_refused_by_its_guard_and_seen_without_it(owner: Owner, guard: Guard) -> None:
    refused_and_seen_without(owner, guard, "ledger")


async def test_a_transaction_gets_its_place_and_has_none_without_the_trigger(owner: Owner) -> None:
    with owner.transaction(force_rollback=True):
        done(owner, NEW + entry("provider:idr", 5) + entry("provider:idr", -5))
        assert seen(owner, "ledger") == set()
    owner.execute("DROP TRIGGER link_ledger_transaction ON ledger_transaction")
    done(owner, NEW + entry("provider:idr", 5) + entry("provider:idr", -5))
    assert seen(owner, "ledger") == {"a ledger transaction has no place in the chain"}


ONCE = {
    "a fact is booked once": ("uq_ledger_transaction_source_type_source_id_kind_step", ("test", "test"), "NULL"),
    "a transaction is undone once": ("uq_ledger_transaction_reverses_id", ("one", "two"), f"{OLDEST}"),
}


@pytest.mark.parametrize(("constraint", "sources", "undone"), ONCE.values(), ids=list(ONCE))
async def test_what_may_be_once_is_twice_without_its_guard(
    owner: Owner, constraint: str, sources: tuple[str, str], undone: str
) -> None:
    first, second = (
        "INSERT INTO ledger_transaction (id, source_type, source_id, kind, reverses_id) "
        f"SELECT gen_random_uuid(), '{source}', source_id, kind || 'x', {undone} FROM ledger_transaction "
        f"WHERE id = {OLDEST}"
        for source in sources
    )
    owner.execute(first.encode())
    with pytest.raises(psycopg.errors.UniqueViolation, match=constraint), owner.transaction():
        owner.execute(second.encode())
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    owner.execute(f"ALTER TABLE ledger_transaction DROP CONSTRAINT {constraint}".encode())
    assert owner.execute(second.encode()).rowcount == 1
