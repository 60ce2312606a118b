"""What the programme measures itself by: for the office, and in the open."""

from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_now
from clothingline.kit.errors import NotFound
from clothingline.kit.http.route import Session
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.reports import impact, measures
from clothingline.web.route import page_router, public, stands_for
from clothingline.web.showing import Show

HOME = "/admin/kpi"
PERIODS = (28, 90, 365)
Days = Annotated[int, Query(alias="hari")]

pages = page_router()


@pages.get(HOME)
@stands_for("orders_list", *OFFICERS)
async def show_measures(session: Session, desk: OnDesk, days: Days = 90) -> Response:
    """Every measure as an answer to its question."""
    chosen = days if days in PERIODS else 90
    found = await _figures(session, measures.CODES, chosen)
    spreads = [await measures.spread_of(session, code, days=chosen) for code in measures.SPREADS]
    now = await business_now(session)
    return desk("admin/kpi.html", figures=found, spreads=spreads, days=chosen, periods=PERIODS, now=now)


async def _figures(session: AsyncSession, codes: tuple[str, ...], days: int) -> list[measures.Figure]:
    return [await measures.figure_of(session, code, days=days) for code in codes]


@pages.get(HOME + "/{metric}")
@stands_for("orders_list", *OFFICERS)
async def show_measure(metric: str, session: Session, desk: OnDesk, days: Days = 90) -> Response:
    """One measure alone, with its definition. Raises `NotFound`."""
    if metric not in measures.CODES:
        raise NotFound
    chosen = days if days in PERIODS else 90
    [one] = await _figures(session, (metric,), chosen)
    now = await business_now(session)
    return desk("admin/kpi_one.html", one=one, days=chosen, periods=PERIODS, now=now)


@pages.get("/dampak")
@public
async def show_impact(session: Session, show: Show) -> Response:
    """What the programme says of itself in the open: the last 90 days, never a number of few cases."""
    found = await impact.impact_of(session)
    return show("public/impact.html", figures=found.figures, spreads=found.spreads, days=impact.DAYS, now=found.at)
