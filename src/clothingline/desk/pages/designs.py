"""The designs of a brand: drafts, what is on sale and what was taken back, and writing a new one down."""

from typing import Annotated

from fastapi import Form, Response
from pydantic import Field

from clothingline.accounts.queries import names_of
from clothingline.garments import queries, service
from clothingline.garments.schemas import BrandId, DesignId, SizeChartId
from clothingline.kit.access import Role
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line, Words
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.reference import facts
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
DESIGNS = "/merek/katalog"

pages = page_router()


class Designing(PageForm):
    """A design; cloth and time are those of its kind of garment. Colours with commas between them."""

    brand: BrandId | None = None
    name: Line
    garment_type: Annotated[str, Field(max_length=80)]
    description: Words = ""
    colours: Annotated[str, Field(max_length=500)] = ""
    size_chart: SizeChartId | None = None
    made_to_measure: bool = False


@pages.get(DESIGNS)
@stands_for("designs_list", *BRAND)
async def list_designs(session: Session, reach: CurrentReach, asked: Asked, show: Show) -> Response:
    """Your designs in any state, newest first."""
    page = await queries.list_own_designs(session, reach, asked=asked)
    return show("brands/designs.html", page=page, kinds=facts.garment_types())


@pages.get(DESIGNS + "/baru")
@stands_for("designs_create", *BRAND)
async def ask_for_design(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What a new design needs; the rest is known of its kind of garment."""
    charts = await queries.list_size_charts(session, brand=None, asked=Window(limit=LARGEST))
    usable = [chart for chart in charts.rows if chart.brand_id is None or chart.brand_id in reach.brands]
    brands = await names_of(session, reach.brands)
    return show("brands/design_new.html", kinds=facts.garment_types(), charts=usable, brands=brands)


@pages.post(DESIGNS + "/baru")
@stands_for("designs_create", *BRAND)
async def write_design(
    form: Annotated[Designing, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Write it down; nobody can order it before it is published."""
    draft = service.Draft(
        name=form.name,
        garment_type=form.garment_type,
        description=form.description,
        colours=[one.strip() for one in form.colours.split(",") if one.strip()],
        size_chart_id=form.size_chart,
        made_to_measure=form.made_to_measure,
    )
    await service.draft_design(
        session, brand_id=service.acting_brand(form.brand, reach), draft=draft, by=caller.account
    )
    return see(DESIGNS, later("Desain tersimpan sebagai draf. Terbitkan agar bisa dipesan."))


@pages.post(DESIGNS + "/{design_id}/terbit")
@stands_for("designs_publish", *BRAND)
async def publish(design_id: DesignId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Open it for orders."""
    design = await service.publish_design(session, design_id=design_id, reach=reach, by=caller.account)
    return see(DESIGNS, later("%(name)s terbit dan bisa dipesan."), name=design.name)


@pages.post(DESIGNS + "/{design_id}/tarik")
@stands_for("designs_withdraw", *BRAND)
async def withdraw(design_id: DesignId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Take it out of the catalogue; what is ordered stays ordered."""
    design = await service.withdraw_design(session, design_id=design_id, reach=reach, by=caller.account)
    return see(DESIGNS, later("%(name)s ditarik. Pesanan yang ada tetap berjalan."), name=design.name)
