"""What the platform withholds from a seller, once it is appointed to."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.reference.taxes import pph22
from clothingline.settings import settings
from clothingline.taxes import queries


async def withheld(session: AsyncSession, *, organisation_id: UUID, gross_idr: int, on: date) -> int:
    """PPh 22 of a gross amount without PPN, in whole rupiah.

    0 before the platform is appointed (`taxes.withhold_from`) and while a declaration of the seller is in force.
    """
    since = settings().taxes.withhold_from
    if since is None or on < since or await queries.is_exempt(session, organisation_id=organisation_id, on=on):
        return 0
    return pph22(gross_idr, on)
