"""What several papers say of an order: its number, what was ordered, of whom, and who ordered it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import get_account, names_of
from clothingline.garments.models import Design
from clothingline.orders.models import Order
from clothingline.papers.sheets import Fact, Said


async def about_order(session: AsyncSession, order: Order) -> dict[str, Any]:
    """What papers say of an order that was read with its line."""
    brand = await names_of(session, [order.brand_id]) if order.brand_id else {}
    design = await session.get_one(Design, order.line.design_id)
    consumer = await get_account(session, order.consumer_id)
    return {
        "order": order.code,
        "consumer": consumer.name,
        "brand": next(iter(brand.values()), None),
        "design": design.name,
        "pieces": order.line.pieces,
    }


def lines_of(facts: Any) -> tuple[Fact, ...]:
    """Order, thing and brand as facts of a sheet."""
    made_by = (Fact(Said("Dibuat oleh", "Made by"), facts["brand"]),) if facts["brand"] else ()
    return (
        Fact(Said("Nomor pesanan", "Order number"), facts["order"]),
        Fact(Said("Barang", "Goods"), f"{facts['design']}, {facts['pieces']} potong"),
        *made_by,
    )
