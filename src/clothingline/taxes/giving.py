"""The acts of the forms about tax, the same on every surface."""

from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Caller, Reach
from clothingline.taxes import service
from clothingline.taxes.forms import Declared, Taxed
from clothingline.web.showing import see
from clothingline.web.words import later


async def keep_number(
    session: AsyncSession, form: Taxed, *, seller: UUID, reach: Reach, caller: Caller, home: str
) -> Response:
    """The tax number stands from now on; the way back home."""
    await service.register(session, organisation_id=seller, reach=reach, by=caller.account, **form.model_dump())
    return see(home, later("Data pajak tersimpan."))


async def give(
    session: AsyncSession, form: Declared, *, seller: UUID, reach: Reach, caller: Caller, home: str
) -> Response:
    """A declaration waits for an officer; the way back home. Raises what giving raises."""
    await service.give_declaration(
        session,
        organisation_id=seller,
        kind=form.ground,
        valid_from=form.valid_from,
        valid_until=form.valid_until,
        evidence=form.evidence,
        reach=reach,
        by=caller.person,
    )
    return see(home, later("Surat terkirim. Hasil pemeriksaan tampil di sini."))
