"""Every promise of money and where its guard is taken away: there it goes red. What no house sees alone stands here.

A place is `house: module.test`, with the case in brackets where there are several.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import tasks as earning
from clothingline.earnings.errors import EarningsMoved
from clothingline.earnings.models import EARNING, Earning
from clothingline.earnings.service import account, paying
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, states
from clothingline.kit.ids import new_id
from clothingline.ledger.chart import PROVIDER
from clothingline.ledger.errors import EscrowShort, Overdrawn, Unbalanced
from clothingline.ledger.service.booking import Posting
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import tasks
from clothingline.payments.service import refunding
from tests.earnings.scenes import Drain
from tests.ledger.booking import TRANSPORT, booked, posting
from tests.money.paths import stake
from tests.money.test_pairs import forced
from tests.payments.stage import bring
from tests.payouts.stage import Advance, collect, ready

ATTACK = "test_guards.test_an_attack_is_refused_by_its_guard_and_seen_without_it"
WALL = "test_guards.test_a_wall_of_the_database_stands_and_without_it_the_statement_goes_through"
LIE = "test_guards.test_without_its_comparison_a_wrong_notice_is_not_quarantined"
ONE_TRANSFER = "test_one_transfer_is_made_although_its_answer_and_its_key_are_lost_unless_a_guard_is_gone"
HERE = "money: test_guards."
PLACES: dict[str, tuple[str, ...]] = {
    "the sum is zero": (
        f"ledger: {ATTACK}[every transaction sums to zero]",
        f"{HERE}test_without_the_look_at_the_sum_the_database_refuses_what_does_not_add_up",
    ),
    "no overdraft": (
        f"ledger: {ATTACK}[nothing is overdrawn]",
        f"ledger: {ATTACK}[balances are kept]",
        f"ledger: {ATTACK}[a new account has a balance]",
        f"ledger: {ATTACK}[the side follows from the kind]",
        f"{HERE}test_without_the_look_at_escrow_the_balance_refuses_the_refund",
    ),
    "once only": (
        "ledger: test_guards.test_what_may_be_once_is_twice_without_its_guard[a fact is booked once]",
        "ledger: test_guards.test_what_may_be_once_is_twice_without_its_guard[a transaction is undone once]",
        f"earnings: {ATTACK}[one earning for one thing]",
        f"payments: {WALL}[one reason twice]",
        "payments: test_guards.test_one_part_has_one_live_payment_and_without_the_index_two",
    ),
    "refunds and chargebacks are at most what was captured": (
        "payments: test_guards.test_the_counted_refund_refuses_politely_and_the_wall_behind_it_in_any_case",
        f"payments: {WALL}[more goes back than was captured]",
        f"payments: {WALL}[more is captured than was asked for]",
        f"payments: {WALL}[a refund from nowhere]",
        f"{HERE}test_without_the_lock_of_the_order_two_paths_do_not_wait_for_each_other",
    ),
    "releases are at most what escrow holds, makers first": (
        "earnings: test_guards.test_without_the_reserve_cloth_would_take_the_makers_pay",
        f"earnings: {ATTACK}[no more is taken than was earned]",
        f"earnings: {ATTACK}[no more is repaid than was lent]",
        f"earnings: {ATTACK}[no more is recovered than was owed]",
        f"{HERE}test_without_the_lock_of_the_order_two_paths_do_not_wait_for_each_other",
    ),
    "an earning is paid once": (
        f"payouts: {ATTACK}[an earning is in one payout for each batch]",
        "payouts: test_guards.test_the_same_money_is_one_payout_by_its_key",
        f"{HERE}test_without_the_look_at_what_moved_into_a_payout_the_balance_refuses_what_was_not_available",
    ),
    "a payout is sent once": (
        f"payouts: {ATTACK}[a payout moves as its machine lists]",
        f"payouts: {ATTACK}[what is settled has gone to the bank]",
        f"payouts: test_guards.{ONE_TRANSFER}",
        "payments: test_guards.test_only_asking_first_keeps_an_unclear_refund_from_being_paid_twice",
    ),
    "nothing is frozen": (
        f"earnings: {ATTACK}[nothing leaves available but into a payout]",
        f"earnings: {ATTACK}[no hold on what may be paid]",
        f"earnings: {ATTACK}[no hold for longer than sixty days]",
        "earnings: test_machines.test_no_reachable_state_blocks_available_money",
        "payouts: test_approving.test_an_unapproved_draft_gives_its_earnings_back",
    ),
    "two people are two": (
        f"payments: {WALL}[one person is two]",
        f"payouts: {ATTACK}[two people are two]",
        f"ledger: {ATTACK}[two people correct]",
    ),
    "the price is the server's": (
        f"earnings: {ATTACK}[a price is the sum of its lines]",
        f"earnings: {ATTACK}[its lines are those of the price]",
        f"earnings: {ATTACK}[nobody's part is below zero]",
        "payments: test_guards.test_only_the_deadline_in_the_statement_keeps_late_money_out_of_an_order",
        "payments: test_tampering.test_five_hundred_tampered_bodies_charge_the_servers_price",
    ),
    "history is untouched": (
        *(f"ledger: {ATTACK}[{what} stay]" for what in ("transactions", "entries", "accounts", "links")),
        f"ledger: {ATTACK}[the service writes no balances]",
        f"ledger: {ATTACK}[the service writes no links]",
        f"ledger: {ATTACK}[what is in the chain is complete]",
        f"ledger: {ATTACK}[an entry has its account's currency]",
        "ledger: test_guards.test_a_transaction_gets_its_place_and_has_none_without_the_trigger",
        "ledger: test_chain.test_without_the_lock_two_writers_take_one_place",
        f"earnings: {ATTACK}[lines stay]",
        f"payouts: {ATTACK}[items stay as they were written]",
    ),
    "a notice does no harm": (
        *(
            f"payments: {LIE}[{field}]"
            for field in (
                *("amount", "captured", "currency", "account", "livemode", "charge", "refunded", "fee", "object"),
                "status",
            )
        ),
        "payments: test_guards.test_without_its_comparison_a_charge_of_another_order_pays_this_one",
        f"payments: {WALL}[one notice twice]",
        f"payments: {WALL}[two verdicts of one notice]",
    ),
}
PLACE = re.compile(r"(?P<house>\w+): (?P<module>\w+)\.(?P<test>\w+)(?:\[(?P<case>.+)\])?")


def _cases(module: object) -> set[str]:
    tables = ("GUARDS", "WALLS", "LIES", "ONCE")
    return {case for table in tables for case in getattr(module, table, ())}


def _named(house: str) -> set[str]:
    found = [PLACE.fullmatch(place) for places in PLACES.values() for place in places]
    return {str(one["case"]) for one in found if one and one["house"] == house and one["case"]}


@pytest.mark.parametrize("promise", PLACES)
def test_every_promise_has_a_place_where_it_goes_red(promise: str) -> None:
    for place in PLACES[promise]:
        found = PLACE.fullmatch(place)
        assert found, place
        module = import_module(f"tests.{found['house']}.{found['module']}")
        assert callable(getattr(module, found["test"], None)), place
        assert found["case"] is None or found["case"] in _cases(module), place


@pytest.mark.parametrize("house", ["ledger", "earnings", "payments", "payouts"])
def test_every_guard_of_a_house_keeps_a_promise(house: str) -> None:
    assert _named(house) == _cases(import_module(f"tests.{house}.test_guards"))


async def test_without_the_look_at_the_sum_the_database_refuses_what_does_not_add_up(
    database: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    crooked = posting((PROVIDER, 5), (TRANSPORT, -4))
    with pytest.raises(Unbalanced):
        await booked(crooked)
    monkeypatch.setattr(Posting, "check", lambda _: None)
    with pytest.raises(IntegrityError, match="does not sum to zero"):
        await booked(crooked)


async def test_without_the_look_at_escrow_the_balance_refuses_the_refund(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await stake(provider, drain)
    await earning.release_due()
    await bring(one.scene, "cancel")
    with pytest.raises(EscrowShort):
        await tasks.refund_order(order_id=str(one.scene.order))

    async def plenty(*_: object) -> int:
        return 10**12

    monkeypatch.setattr("clothingline.payments.service.refunding.ledger.held", plenty)
    with pytest.raises(Overdrawn):
        await tasks.refund_order(order_id=str(one.scene.order))


async def _unlocked(session: AsyncSession, order_id: UUID, *, lock: bool = False) -> Order:
    return await orders.get_order_by_id(session, order_id)


@pytest.mark.parametrize(
    ("module", "first", "second"),
    [(refunding, "partial refund", "labour in time"), (account, "labour in time", "dispute lost")],
)
async def test_without_the_lock_of_the_order_two_paths_do_not_wait_for_each_other(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch, module: object, first: str, second: str
) -> None:
    one = await stake(provider, drain)
    known = {name: value for name, value in vars(orders).items() if not name.startswith("_")}
    monkeypatch.setattr(module, "orders", SimpleNamespace(**(known | {"get_order_by_id": _unlocked})))
    with pytest.raises(AssertionError, match="did not wait"):
        await forced(one, first, second)


async def test_without_the_look_at_what_moved_into_a_payout_the_balance_refuses_what_was_not_available(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await ready(provider, drain, advance, 100_000)
    async with db.transaction() as session:
        said = {"source_type": "machine", "source_id": new_id(), "amount_idr": 50_000, "state": "expected"}
        voided = Earning(order_id=stage.scene.order, organisation_id=stage.tailor, **said)
        session.add(voided)
        await session.flush()
        await states.move(session, EARNING, Earning, "void", Earning.id == voided.id)

    async def everything(session: AsyncSession, *, organisation_id: UUID) -> list[Earning]:
        query = select(Earning).where(Earning.organisation_id == organisation_id)
        return list(await session.scalars(query.order_by(Earning.id)))

    async def unlooked(session: AsyncSession, ids: Sequence[UUID], event: str, **values: Any) -> list[Earning]:
        return list(await states.move(session, EARNING, Earning, event, Earning.id.in_(ids), **values))

    monkeypatch.setattr("clothingline.earnings.service.take_available", everything)
    with pytest.raises(EarningsMoved):
        await collect(stage.tailor)
    monkeypatch.setattr(paying, "_all", unlooked)
    with pytest.raises(Overdrawn):
        await collect(stage.tailor)
