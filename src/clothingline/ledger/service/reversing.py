"""What was booked is undone by its contrary, once."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.ledger import queries
from clothingline.ledger.errors import NothingToReverse
from clothingline.ledger.service.booking import Posting


async def contrary(
    session: AsyncSession,
    *,
    source_type: str,
    source_id: UUID,
    kind: str,
    step: int = 0,
    by: UUID | None = None,
) -> Posting:
    """What undoes a booked fact, under the kind `reversal` of the same source and step; booking it again does nothing.

    Raises `NothingToReverse`.
    """
    key = (source_type, source_id, kind, step)
    first = await queries.find_ledger_transaction(session, *key)
    if first is None:
        raise NothingToReverse(key)
    lines = await queries.list_lines(session, first.id)
    undone = tuple((account, -amount) for account, amount, _ in lines)
    return Posting(source_type, source_id, "reversal", undone, step, lines[0][2], by, reverses_id=first.id)
