"""Brings the pilot into a database."""

from collections import Counter

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_now
from clothingline.pilot import cloth, competence, parties, people, wardrobe
from clothingline.reference.service import load_facts
from clothingline.sentra.service import load_sentra


async def seed(session: AsyncSession) -> dict[str, int]:
    """Write what is missing of the facts and the pilot; answers how many rows were written, by table.

    What stands already is found by slug, phone, code or scheme and left as it is, so a second call changes nothing.
    Certificates and wages are dated from business time at the first call.
    """
    now = await business_now(session)
    written = Counter(await load_facts(session))
    written["sentra"] = await load_sentra(session)
    written["brand"] = await parties.add_brands(session)
    written["supplier"] = await parties.add_suppliers(session)
    written.update(await parties.add_tailors(session, now=now))
    written["account"] += await people.add_accounts(session)
    written["sentra_member"] = await parties.add_members(session)
    written["certificate"] = await competence.add_certificates(session, now=now)
    written["lot"] = await cloth.add_lots(session)
    written["size_chart"] = await wardrobe.add_charts(session)
    written["design"] = await wardrobe.add_designs(session)
    return dict(written)
