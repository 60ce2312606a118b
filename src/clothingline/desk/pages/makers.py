"""Tailors as a brand sees them: where they are, what they are certified for, and their pay."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BeforeValidator

from clothingline.accounts.queries import names_of
from clothingline.certification.queries import skills_of
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.route import CurrentReach, Session
from clothingline.reference import facts
from clothingline.reference.words import FamilyWord
from clothingline.tailors import queries
from clothingline.web.forms import none_if_empty
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
Family = Annotated[FamilyWord | None, BeforeValidator(none_if_empty), Query(alias="jenis")]

pages = page_router()


@pages.get("/merek/penjahit")
@stands_for("tailors_list", *BRAND)
async def list_makers(
    session: Session, reach: CurrentReach, asked: Asked, show: Show, family: Family = None
) -> Response:
    """Workshops, newest first; never a street or a phone."""
    page = await queries.list_tailors(session, family=family, asked=asked)
    ids = [row.id for row in page.rows]
    return show(
        "brands/makers.html",
        page=page,
        names=await names_of(session, ids),
        skills=await skills_of(session, ids),
        regencies=facts.regencies(),
        known=facts.skills(),
        machines=facts.MACHINE_WORDS,
        families=facts.FAMILY_WORDS,
        family=family,
    )
