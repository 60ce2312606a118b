"""What tests of payments count: money that is held or on its way, refunds, instalments, chargebacks, alarms."""

from typing import Any

from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.alarms import Alarm
from clothingline.kit.clock import business_now
from clothingline.payments import service
from clothingline.payments.models import Dispute, Instalment, Payment, Refund
from tests.payments.stage import Scene, ledger

PROVIDER_AND_COSTS = ("provider", "cost")
FEE = 7_919
"""What the fake keeps of 1,131,400 by QRIS: 0.7 %."""


async def held() -> dict[str, int]:
    """Balances that are not ours at the provider or its cost: what is held for somebody, or on its way."""
    return {code: idr for code, idr in (await ledger()).items() if code.partition(":")[0] not in PROVIDER_AND_COSTS}


async def all_of(model: Any) -> list[Any]:
    """Every row, oldest first."""
    async with db.transaction() as session:
        return list(await session.scalars(select(model).order_by(model.id)))


async def instalments(scene: Scene) -> list[tuple[str, int, str]]:
    """(kind, rupiah, state) of the instalments of an order."""
    rows: list[Instalment] = await all_of(Instalment)
    mine = sorted((row for row in rows if row.order_id == scene.order), key=lambda row: row.number)
    return [(row.kind, row.amount_idr, row.state) for row in mine]


async def parts(scene: Scene) -> list[tuple[int, int, str]]:
    """(part, rupiah, state) of the payments of an order, oldest first."""
    rows: list[Payment] = await all_of(Payment)
    return [(row.part, row.amount_idr, row.state) for row in rows if row.order_id == scene.order]


async def last_refund() -> Refund:
    """The newest refund."""
    found: Refund = (await all_of(Refund))[-1]
    return found


async def disputes() -> list[tuple[int, int, str]]:
    """(rupiah, held, state) of every chargeback."""
    rows: list[Dispute] = await all_of(Dispute)
    return [(row.amount_idr, row.held_idr, row.state) for row in rows]


async def alarms() -> list[str]:
    """Names of the alarms that stand, oldest first."""
    rows: list[Alarm] = await all_of(Alarm)
    return [row.name for row in rows if row.cleared_at is None]


async def wish(scene: Scene) -> None:
    """Write down what is to be paid first, without asking the provider."""
    async with db.transaction() as session:
        now = await business_now(session)
        await service.wish_instalments(session, order_id=scene.order, quote_id=scene.quote, now=now, minutes=15)
