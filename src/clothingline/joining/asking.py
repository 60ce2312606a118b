"""What each question shows, and how its answer is read."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.joining.models import Step, TailorApplication
from clothingline.kit.errors import Invalid
from clothingline.reference import facts
from clothingline.reference.models import Regency
from clothingline.reference.queries import list_regencies

MOST_PLACES = 12
MADE_OF_LEATHER = "footwear"
USUAL_PIECES, USUAL_DAYS = 12, (1, 2, 3, 4, 5, 6)

_COLUMNS = {
    Step.PLACE: "regency_code",
    Step.SKILLS: "garments",
    Step.MACHINES: "machines",
    Step.PIECES: "weekly_pieces",
    Step.DAYS: "weekdays",
}


def column_of(step: Step) -> str:
    """The column that keeps the answer. Raises `KeyError` for a step that is kept elsewhere."""
    return _COLUMNS[step]


async def place_named(session: AsyncSession, typed: str | None) -> str | None:
    """The code of the only place of this name; None when several fit. Raises `Invalid` when none does."""
    found = await list_regencies(session, search=typed, limit=2) if typed else []
    if not found:
        raise Invalid(
            "/town",
            "Tulis nama kota atau kabupaten, contoh: Bandung",
            "Write the name of a city or regency, for example: Bandung",
        )
    return found[0].code if len(found) == 1 else None


async def asked_of(
    session: AsyncSession, step: Step, application: TailorApplication | None, *, search: str
) -> dict[str, Any]:
    """What the page of a question needs besides the application."""
    if step is Step.PLACE:
        return {"search": search, "places": await _places(session, search), "chosen": _name_of_place(application)}
    if step is Step.SKILLS:
        return {"garments": list(facts.garment_types().values())}
    if application is None:
        return {}
    if step is Step.MACHINES:
        return {"machines": [facts.MACHINE_WORDS[slug] for slug in machines_for(application.garments)]}
    if step is Step.PIECES:
        return {"garment": _first(application), "pieces": application.weekly_pieces or USUAL_PIECES}
    return {"days": application.weekdays or list(USUAL_DAYS)} if step is Step.DAYS else {}


async def _places(session: AsyncSession, search: str) -> list[Regency]:
    return list(await list_regencies(session, search=search, limit=MOST_PLACES)) if search.strip() else []


def _name_of_place(application: TailorApplication | None) -> str:
    code = application.regency_code if application else None
    return facts.regencies()[code].name if code else ""


def _first(application: TailorApplication) -> facts.GarmentType | None:
    return facts.garment_types()[application.garments[0]] if application.garments else None


def machines_for(garments: list[str]) -> list[str]:
    """Machines worth asking about: those with which these families are made, leather apart from cloth."""
    kinds = facts.garment_types()
    leather = {kinds[slug].family == MADE_OF_LEATHER for slug in garments} or {False}
    sewn = {name for one in kinds.values() if (one.family == MADE_OF_LEATHER) in leather for name in one.machines}
    return [slug for slug in facts.MACHINES if slug in sewn or (slug == "embroidery" and False in leather)]
