"""What the database keeps of prices and earnings by itself: each attack is refused, and is seen when its guard is gone.

Guards are taken away in one transaction of the owner, in which constraints are judged at once, and which is undone.
"""

from collections.abc import AsyncIterator

import pytest

from clothingline.earnings.service.account import Account
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.orders.events import CuttingStarted
from tests.earnings.scenes import CLOTH, Drain, accepted, confirmed, dispute, passed
from tests.ledger.booking import Owner, as_owner
from tests.money.attacks import Guard, refused_and_seen_without
from tests.payments.stage import bring, earnings

NOT_THE_PRICE = "the price lines of an order do not add up to its price"
NOT_THE_SUM = "what the ledger says of a party's earnings is not their sum"
HELD_WRONGLY = "a share is held that is not earned, is a maker's pay, or for longer than sixty days"


def line(code: str, amount: int) -> str:
    """SQL of one more line of the order's price."""
    return (
        "INSERT INTO price_line (id, order_id, quote_id, code, amount_idr, reason) "
        f"SELECT gen_random_uuid(), order_id, id, '{code}', {amount}, 'change' FROM quote; "
    )


def hold(which: str) -> str:
    """SQL of a hold on the earnings that are so."""
    return (
        "INSERT INTO earning_hold (id, earning_id, amount_idr, reason, until) "
        f"SELECT gen_random_uuid(), id, 1, 'x', business_now() FROM earning WHERE {which}; "
    )


def row(table: str, **columns: str) -> str:
    """SQL of a row that belongs to the brand's earning."""
    names, values = ", ".join(columns), ", ".join(columns.values())
    return (
        f"INSERT INTO {table} (id, order_id, {names}) SELECT gen_random_uuid(), order_id, {values} "
        "FROM earning WHERE source_type = 'order'; "
    )


GUARDS = {
    "a price is the sum of its lines": Guard(
        "DROP TRIGGER guard_price_lines ON orders",
        "UPDATE orders SET price_idr = price_idr + 1",
        "do not add up",
        NOT_THE_PRICE,
    ),
    "its lines are those of the price": Guard(
        "DROP TRIGGER guard_price_lines ON price_line", line("ppn", 1), "do not add up", NOT_THE_PRICE
    ),
    "nobody's part is below zero": Guard(
        "DROP TRIGGER guard_price_lines ON price_line",
        line("machine", -1) + line("ppn", 1),
        "do not add up",
        "somebody's part of a price is below zero",
    ),
    "lines stay": Guard(
        "DROP TRIGGER guard_append_only ON price_line",
        "UPDATE price_line SET amount_idr = 2 * amount_idr",
        "append-only",
        NOT_THE_PRICE,
    ),
    "no hold on what may be paid": Guard(
        "DROP TRIGGER guard_earning_hold ON earning_hold", hold("state = 'available'"), "may not be held", HELD_WRONGLY
    ),
    "no hold for longer than sixty days": Guard(
        "ALTER TABLE earning_hold DROP CONSTRAINT ck_earning_hold_sixty_days",
        "UPDATE earning_hold SET until = created_at + interval '61 days'",
        "ck_earning_hold_sixty_days",
        HELD_WRONGLY,
    ),
    "nothing leaves available but into a payout": Guard(
        "DROP TRIGGER guard_transition ON earning",
        "UPDATE earning SET state = 'voided' WHERE state = 'available'",
        "available",
        NOT_THE_SUM,
    ),
    "no more is taken than was earned": Guard(
        "ALTER TABLE earning DROP CONSTRAINT ck_earning_net",
        "UPDATE earning SET withheld_idr = amount_idr + 1 WHERE state = 'available'",
        "ck_earning_net",
        NOT_THE_SUM,
    ),
    "one earning for one thing": Guard(
        "ALTER TABLE earning DROP CONSTRAINT uq_earning_source_type_source_id",
        row("earning", source_type="'order'", source_id="source_id", organisation_id="organisation_id",
            state="'expected'", amount_idr="1"),
        "uq_earning_source_type_source_id",
        "an earning is not what the price lines of its order say",
    ),
    "no more is repaid than was lent": Guard(
        "ALTER TABLE advance DROP CONSTRAINT ck_advance_amounts",
        row("advance", earning_id="id", amount_idr="5", repaid_idr="6"),
        "ck_advance_amounts",
        "an escrow is not what its payments left",
    ),
    "no more is recovered than was owed": Guard(
        "ALTER TABLE debt DROP CONSTRAINT ck_debt_amounts",
        row("debt", organisation_id="organisation_id", cause_type="'refund'", cause_id="id", amount_idr="5",
            recovered_idr="6"),
        "ck_debt_amounts",
        "what a party owes the guarantee fund is not the sum of its debts",
    ),
}  # fmt: skip


@pytest.fixture
async def owner(database: db.Database, provider: FakeProvider, drain: Drain) -> AsyncIterator[Owner]:
    """The schema's owner, and an accepted order of which a chargeback holds a part."""
    scene = await confirmed(provider, drain, fee_permille=30)
    await passed(scene, drain, 0)
    await dispute(scene, 100_000)
    await accepted(scene, drain)
    with as_owner(database) as connection:
        yield connection


@pytest.mark.parametrize("guard", GUARDS.values(), ids=list(GUARDS))
async def test_an_attack_is_refused_by_its_guard_and_seen_without_it(owner: Owner, guard: Guard) -> None:
    refused_and_seen_without(owner, guard, "orders", "earnings")


@pytest.mark.parametrize(("guarded", "state"), [(True, "earned"), (False, "available")])
async def test_without_the_reserve_cloth_would_take_the_makers_pay(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch, guarded: bool, state: str
) -> None:
    if not guarded:
        monkeypatch.setattr(Account, "labour_reserve", 0)
    scene = await confirmed(provider, drain, deposit=550_000)
    await bring(scene, "first_cut", CuttingStarted(scene.order))
    await drain()
    assert (await earnings(scene))["reservation"] == [(CLOTH, state)]
