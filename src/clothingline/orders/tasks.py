"""What orders tidy by the clock."""

from clothingline.kit import db
from clothingline.orders import queries, service


async def lapse_quotes() -> int:
    """End the quotes whose time is over; returns how many."""
    async with db.transaction() as session:
        lapsed = await queries.list_lapsed_quotes(session)
    ended = 0
    for order_id in lapsed:
        async with db.transaction() as session:
            ended += await service.lapse_quote(session, order_id=order_id)
    return ended


async def cancel_unanswered() -> int:
    """Cancel the orders for which nothing fits and whose consumer has not chosen in time; returns how many."""
    async with db.transaction() as session:
        silent = await queries.list_unanswered_choices(session)
    for order_id in silent:
        async with db.transaction() as session:
            order = await queries.get_order_by_id(session, order_id, lock=True)
            if order.state == "action_required":
                await service.cancel_order(session, order=order, by=None)
    return len(silent)
