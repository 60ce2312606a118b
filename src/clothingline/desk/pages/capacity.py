"""How full a brand's weeks are, and how many pieces it says it can cut and finish."""

from typing import Annotated

from fastapi import Form, Response
from pydantic import Field

from clothingline.brands import queries, service
from clothingline.desk import weeks
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
CAPACITY = "/merek/kapasitas"

pages = page_router()


class Declaring(PageForm):
    """Pieces in a full week."""

    brand: str
    weekly_pieces: Annotated[int, Field(ge=0, le=1_000_000)]


@pages.get(CAPACITY)
@stands_for("runs_list", *BRAND)
async def show_capacity(session: Session, reach: CurrentReach, show: Show) -> Response:
    """Eight weeks of the brand and of the makers that sew for it."""
    today = local_date(await business_now(session))
    return show(
        "brands/capacity.html",
        weeks=await weeks.list_weeks(session, reach, today=today),
        makers=await weeks.pieces_by_maker(session, reach, today=today),
        brands=await queries.list_brands_of(session, reach.brands),
    )


@pages.post(CAPACITY)
@stands_for("brands_update", Role.BRAND_OWNER)
async def declare(
    form: Annotated[Declaring, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Say how many pieces fit into a full week; refused where more is booked."""
    today = local_date(await business_now(session))
    changes = {"weekly_pieces": form.weekly_pieces}
    await service.update_brand(session, ref=form.brand, changes=changes, today=today, reach=reach, by=caller.account)
    return see(CAPACITY, later("Kapasitas sekarang %(n)s potong seminggu."), n=form.weekly_pieces)
