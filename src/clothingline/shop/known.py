"""What is known of somebody who has ordered before, so that it is not asked twice."""

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Caller, Reach
from clothingline.kit.page import Window
from clothingline.orders import queries as orders
from clothingline.orders.models import BODY, Order
from clothingline.shop.answers import FEWEST_OF_MANY, Answers


async def known_of(session: AsyncSession, caller: Caller) -> Answers:
    """Recipient, street and regency of the newest order of whoever is signed in."""
    if caller.account is None:
        return Answers()
    page = await orders.list_orders(session, Reach(account=caller.account), state=None, asked=Window(limit=1))
    return Answers() if not page.rows else _address(page.rows[0])


def _address(order: Order) -> Answers:
    return Answers(recipient=order.recipient, street=order.street, regency=order.regency_code)


def repeated(order: Order) -> Answers:
    """The answers that led to an order, but for the day and the plan; sizes of a group with bodies are asked again."""
    line = order.line
    pieces = line.pieces
    return _address(order).but(
        amount="one" if pieces == 1 else "few" if pieces < FEWEST_OF_MANY else "many",
        options=line.options,
        colour=line.colour,
        cloth=True,
        way="saved" if line.measurement_set_id else "size",
        sizes={} if BODY in line.sizes else {size: int(count) for size, count in line.sizes.items()},
        measurement_set=line.measurement_set_id,
        budget=True,
        ceiling_idr=order.ceiling_idr // pieces if order.ceiling_idr else None,
    )
