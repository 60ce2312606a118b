"""What can be done about a difference without a person: ask about the thing by its id, and act as on a notice."""

from uuid import UUID

from clothingline.kit import db
from clothingline.payouts import pursuing
from clothingline.reconciliation import queries
from clothingline.reconciliation.models import Difference

ASKABLE = ("state",)


async def settle(difference_id: UUID) -> None:
    """Ask again about what the provider and we see in another state. The next run finds out whether it helped."""
    async with db.transaction() as session:
        difference = await queries.get_difference_for_update(session, difference_id)
    if difference.state == "open" and difference.code in ASKABLE and difference.subject_id is not None:
        await _ask(difference, difference.subject_id)


async def _ask(difference: Difference, subject_id: UUID) -> None:
    if difference.object_type == "out":
        await pursuing.pursue(subject_id)
