"""What a payer and two officers do, against the provider as it happens to behave."""

from uuid import UUID

from clothingline.integrations.payments.faults import Refused
from clothingline.kit import db
from clothingline.payments import service, tasks
from clothingline.payments.models import Payment, Refund
from clothingline.payments.service import Limits
from tests.money.scenery import World
from tests.payments.stage import Scene

LIMITS = Limits(officer_from_idr=100_000, two_people_from_idr=400_000)


async def ask_for_money(scene: Scene) -> None:
    """The order was checked out: its first instalment is asked for, anew where an earlier one has run out of time."""
    await tasks.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))


def pay(world: World, charge: str, how: str, notices: str, *, agreed: bool) -> None:
    """Pay on the provider's page; where the bank or time must answer, it agrees or not."""
    world.play(notices, "notices")
    world.play(how, "pay")
    try:
        made = world.provider.books.pay(charge)
    except Refused:
        return
    if made.status == "acting":
        world.provider.books.answer_bank(charge, agreed=agreed)
    if made.status == "processing":
        world.provider.books.arrive(charge, agreed=agreed)
    world.deliver()


def refund(world: World, payment: Payment, amount: int, reason: str, *, approve: bool) -> None:
    """An officer asks for a part of a payment; where another one is needed, that one approves or rejects."""
    asked = world.tried(_ask(world, payment, amount, reason))
    if asked is None or asked.state != "requested":
        return
    for officer in reversed(world.officers):
        world.tried(_decide(asked, officer, approve=approve))


def refunds_sent(world: World) -> list[str]:
    """Every refund in the provider's books, oldest first."""
    with world.provider.books.reading() as clerk:
        return [str(row["id"]) for row in clerk.rows("SELECT id FROM refund ORDER BY rowid")]


def send_again(world: World, failed: Refund) -> None:
    """An officer lets a refund that did not arrive be tried anew."""
    world.tried(_decide(failed, world.officers[0], approve=True))


async def _ask(world: World, payment: Payment, amount: int, reason: str) -> Refund:
    async with db.transaction() as session:
        return await service.request_refund(
            session, payment_id=payment.id, reason=reason, limits=LIMITS, amount_idr=amount, by=world.officers[0]
        )


async def _decide(asked: Refund, officer: UUID, *, approve: bool) -> None:
    async with db.transaction() as session:
        if approve:
            await service.approve_refund(session, refund_id=asked.id, limits=LIMITS, by=officer)
        else:
            await service.reject_refund(session, refund_id=asked.id, by=officer)
