"""What fulfilment does when time has spoken."""

from clothingline.fulfilment import queries, service
from clothingline.kit import db


async def sweep() -> int:
    """Accept every delivered order whose consumer has been silent for the agreed days; returns how many."""
    async with db.transaction() as session:
        silent = await queries.list_silent(session)
    accepted = 0
    for order_id in silent:
        async with db.transaction() as session:
            accepted += await service.accept_silently(session, order_id=order_id)
    return accepted
