"""Where the pay of a workshop goes."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.payouts import service as payouts
from clothingline.payouts.models import FRIDAY, Payee


async def open_bank_account(session: AsyncSession, *, reach: Reach, by: UUID) -> Payee:
    """Pay goes to an account of the workshop's own, each Friday, opened now or before. Raises `PartyNotYours`."""
    return await payouts.open_payee(session, organisation_id=None, cadence="weekly", weekday=FRIDAY, reach=reach, by=by)
