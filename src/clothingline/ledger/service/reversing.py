"""What was booked is undone by its contrary, once."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.ledger import queries
from clothingline.ledger.errors import NothingToReverse
from clothingline.ledger.service.booking import Posting, book_all


async def contrary(
    session: AsyncSession,
    *,
    source_type: str,
    source_id: UUID,
    kind: str,
    step: int = 0,
    by: UUID | None = None,
) -> Posting:
    """What undoes a booked fact, for whoever books more with it. Raises `NothingToReverse`."""
    key = (source_type, source_id, kind, step)
    first = await queries.find_ledger_transaction(session, *key)
    if first is None:
        raise NothingToReverse(key)
    lines = await queries.list_lines(session, first.id)
    undone = tuple((account, -amount) for account, amount, _ in lines)
    return Posting(source_type, source_id, "reversal", undone, step, lines[0][2], by, reverses_id=first.id)


async def reverse(
    session: AsyncSession,
    *,
    source_type: str,
    source_id: UUID,
    kind: str,
    step: int = 0,
    by: UUID | None = None,
) -> bool:
    """Undo a booked fact by its exact contrary, under the kind `reversal` of the same source and step.

    False when it was undone before. Raises `NothingToReverse`; `Overdrawn` when the money is no longer there.
    """
    posting = await contrary(session, source_type=source_type, source_id=source_id, kind=kind, step=step, by=by)
    if await book_all(session, [posting]):
        return True
    if posting.reverses_id is None or not await queries.is_reversed(session, posting.reverses_id):
        raise NothingToReverse(f"another kind of step {step} of {source_type} {source_id} was reversed")
    return False
