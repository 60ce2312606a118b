"""Entering the named sentra of the package."""

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.reference import facts
from clothingline.sentra import queries
from clothingline.sentra.models import Sentra

_SAME = ("slug", "regency_code", "opened_on", "ikm_count", "artisan_count", "machine_count_min", "in_ftz", "source")


async def load_sentra(session: AsyncSession) -> int:
    """Enter the sentra that the package knows and the database does not; answers how many.

    Their regencies must stand already.
    """
    known = set(await queries.list_slugs(session))
    new = [one for slug, one in facts.sentra().items() if slug not in known]
    for one in new:
        await _enter(session, one)
    return len(new)


async def _enter(session: AsyncSession, one: facts.Sentra) -> None:
    organisation = Organisation(kind="sentra", name=one.name)
    session.add(organisation)
    await session.flush()
    same = {name: getattr(one, name) for name in _SAME}
    lists = {"products": list(one.products), "facilities": list(one.facilities)}
    session.add(Sentra(id=organisation.id, **same, **lists))
    await session.flush()
