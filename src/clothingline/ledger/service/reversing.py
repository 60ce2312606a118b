"""What was booked is undone by its contrary, once."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.ledger import queries
from clothingline.ledger.errors import NothingToReverse
from clothingline.ledger.service.booking import Posting, book_all


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
    key = (source_type, source_id, kind, step)
    first = await queries.find_ledger_transaction(session, *key)
    if first is None:
        raise NothingToReverse(key)
    lines = await queries.list_lines(session, first.id)
    contrary = tuple((account, -amount) for account, amount, _ in lines)
    currency = lines[0][2]
    posting = Posting(source_type, source_id, "reversal", contrary, step, currency, by, reverses_id=first.id)
    if await book_all(session, [posting]):
        return True
    if not await queries.is_reversed(session, first.id):
        raise NothingToReverse(f"another kind of step {step} of {source_type} {source_id} was reversed")
    return False
