"""From an order's rows to what the engine is asked about it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments.models import Design
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.reference import facts
from clothingline.routing.problems import Ask


async def ask_of(session: AsyncSession, order: Order) -> Ask:
    """The order as the engine needs it, with nothing pinned."""
    design = await session.get_one(Design, order.line.design_id)
    kind = facts.garment_types()[design.garment_type]
    returned = await orders.returned_idr(session, order.id) if order.price_idr else 0
    return Ask(
        order_id=order.id,
        skills=order.line.skills,
        machines=kind.machines,
        family=kind.family,
        standard_seconds=order.line.standard_seconds,
        pieces=order.line.pieces,
        cloth_class=design.cloth_class,
        colours=_colours(order, design),
        cloth_cm=order.line.cloth_cm,
        cloth_width_cm=design.cloth_width_cm,
        regency=order.regency_code,
        needed_by=order.needed_by,
        ceiling_idr=_ceiling(order, returned),
        brand=None if design.open_to_brands else design.brand_id,
        extras_idr=order.line.extras_idr,
        returned_idr=returned,
    )


def _colours(order: Order, design: Design) -> tuple[str, ...]:
    return (order.line.colour,) if order.line.colour else tuple(design.colours)


def _ceiling(order: Order, returned_idr: int) -> int | None:
    """What the plan itself may cost: the agreed price, or the consumer's ceiling, less the priced options.

    What has gone back of the price was the brand's: whoever costs as much as was agreed still fits.
    """
    most = order.price_idr + returned_idr if order.price_idr else order.ceiling_idr
    return None if most is None else most - options_idr(order)


def options_idr(order: Order) -> int:
    """Price of the chosen options for all pieces; it is the brand's."""
    return order.line.extras_idr * order.line.pieces


def with_slack(ask: Ask, *, permille: int = 50) -> Ask:
    """The same order when a party is replaced: the price stands; the brand bears up to 5 %, at most half its fee."""
    return replace(ask, slack_permille=permille)


def pinned(
    ask: Ask,
    *,
    brand: UUID | None,
    lot: UUID | None,
    makers: Mapping[UUID, int],
    forbidden: Mapping[str, frozenset[UUID]],
) -> Ask:
    """The same order with what already stands pinned and what was refused forbidden."""
    return replace(ask, pin_brand=brand, pin_lot=lot, pins=makers, forbidden=forbidden)
