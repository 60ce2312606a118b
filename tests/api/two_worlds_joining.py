"""A workshop of the worlds that has asked to be taken in."""

from uuid import UUID

from sqlalchemy import select

from clothingline.accounts.models import RoleHeld
from clothingline.joining.models import APPLICATION, TailorApplication
from clothingline.kit import db
from clothingline.kit.states import move


async def apply_as(workshop: UUID) -> None:
    """An application that was handed in, and in which answers are missing."""
    async with db.transaction() as session:
        sewer = (await session.scalars(select(RoleHeld.account_id).where(RoleHeld.organisation_id == workshop))).first()
        session.add(TailorApplication(id=workshop, account_id=sewer, state="draft"))
        await session.flush()
        await move(session, APPLICATION, TailorApplication, "submit", TailorApplication.id == workshop)
