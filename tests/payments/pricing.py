"""What the orders of the stage consist of."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_now, local_date
from clothingline.orders.models import Order, PriceLine
from clothingline.orders.service import freeze_price
from clothingline.orders.waterfall import Agreed, Rates, waterfall
from clothingline.reference.taxes import rate_of

METRE_IDR = 40_050


def cloth_price(cm: int) -> int:
    """Rupiah for so much cloth of the stage, rounded half up."""
    return (cm * METRE_IDR + 50) // 100


async def freeze(session: AsyncSession, order_id: UUID, quote_id: UUID, agreed: Agreed, fee_permille: int) -> None:
    """Freeze the price of an order that is checked out, with the tax of today."""
    order = await session.get_one(Order, order_id)
    rates = Rates(fee_permille, rate_of("ppn", local_date(await business_now(session))))
    await freeze_price(session, order=order, quote_id=quote_id, lines=waterfall(agreed, rates))


async def reprice(session: AsyncSession, order_id: UUID, quote_id: UUID, price_idr: int) -> None:
    """Another price for an order: the brand has the difference."""
    order = await session.get_one(Order, order_id)
    line = {"order_id": order_id, "quote_id": quote_id, "code": "brand_margin", "payee_id": order.brand_id}
    session.add(PriceLine(**line, amount_idr=price_idr - (order.price_idr or 0), reason="change"))
