"""Letting everything that is under way come to its end, and comparing what everybody says of it then."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from clothingline.earnings import tasks as earnings
from clothingline.earnings.models import Earning
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.payments import tasks as payments
from clothingline.payouts import tasks as payouts
from clothingline.payouts.models import Payee, Payout
from tests.money.acts import refunds_sent
from tests.money.scenery import ENDOWMENT_IDR, World, pass_time
from tests.payments.stage import Scene, ledger
from tests.reconciliation.stage import reconcile

OWED = ("available", "in_batch", "paid")
NOT_DONE = """
    SELECT job.task_name, job.status::text, failure.cause
      FROM jobs.procrastinate_jobs AS job LEFT JOIN job_failure AS failure ON failure.job_id = job.id
     WHERE job.status <> 'succeeded'
"""
SWEEPS = (
    payments.expire_payments,
    payments.ask_again,
    payments.ask_about_refunds,
    payments.ask_about_disputes,
    payouts.withdraw_overdue,
    payouts.ask_again,
    earnings.release_due,
    earnings.lapse_holds,
)


def ask_about_everything(world: World) -> None:
    """What the worker's sweeps do, once."""

    async def sweep() -> None:
        for one in SWEEPS:
            await one()

    world.run(sweep())


def settle(world: World) -> None:
    """Two rounds of some days each: the provider tells what it still has to tell, and is asked about the rest.

    In the second nothing goes wrong any more: what a story planned for acts that never came would still refuse tries.
    """
    for is_well in (False, True):
        if is_well:
            _recover(world)
        world.run(pass_time(days=5))
        _hasten(world)
        world.deliver()
        ask_about_everything(world)
        world.provider.books.bank_day()
        for sent in refunds_sent(world):
            world.provider.books.end_refund(sent, arrived=True)
        world.deliver()
        ask_about_everything(world)
    assert world.run(_in_doubt()) == []
    assert (left := world.owner.execute(NOT_DONE).fetchall()) == [], left


def _recover(world: World) -> None:
    with world.provider.books.writing() as clerk:
        clerk.write("UPDATE play SET left = 0")


def _hasten(world: World) -> None:
    """Late notices come now, by a clock of the provider that stands, and what has failed has its next try."""
    with world.provider.books.writing() as clerk:
        clerk.write("UPDATE notice SET due_at = 0 WHERE delivered = 0")
    world.owner.execute("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def compare(world: World) -> list[tuple[str, str, int | None, int | None]]:
    """What a reconciliation leaves open."""
    return world.run(reconcile(world.drain))


def three_accounts_agree(world: World, *, open_disputes: bool) -> None:
    """The ledger, the provider's books and the rows of the trade say the same of every rupiah."""
    held = world.run(ledger())
    flying = {code.rpartition(":")[0] for code in held if code.startswith("clearing:")}
    assert flying <= ({"clearing:dispute"} if open_disputes else set()), held
    assert held.get("provider:idr", 0) == world.run(world.provider.balance()), held
    for payee_id, account in world.run(_accounts()):
        ours = held.get(f"connected:{show('org', payee_id)}", 0)
        assert ours == world.run(world.provider.connected_balance(account)), account
    assert (found := compare(world)) == [("unknown_object", "top_up", None, ENDOWMENT_IDR)], found
    assert (wrong := world.wrong()) == {}, wrong


def tailors_were_paid_for_what_passed(world: World, scene: Scene, pays: Sequence[int], passed: set[int]) -> None:
    """Whoever's work has passed has its pay, whatever else has happened to the order; nobody else has anything."""
    for number, pay in enumerate(pays):
        owed = world.run(_owed(scene.tailors[number]))
        assert owed == (pay if number in passed else 0), number


async def _owed(organisation: UUID) -> int:
    query = select(func.coalesce(func.sum(Earning.amount_idr), 0))
    async with db.transaction() as session:
        whose = query.where(Earning.organisation_id == organisation, Earning.state.in_(OWED))
        return int((await session.scalars(whose)).one())


async def _accounts() -> list[tuple[UUID, str]]:
    query = select(Payee.id, Payee.provider_account).where(Payee.provider_account.is_not(None))
    async with db.transaction() as session:
        return [(row[0], str(row[1])) for row in await session.execute(query)]


async def _in_doubt() -> list[UUID]:
    query = select(Payout.id).where(Payout.state.in_(("sent", "needs_reconciliation")))
    async with db.transaction() as session:
        return list(await session.scalars(query))
