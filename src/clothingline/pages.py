"""Every page: those of the houses, and those that know the whole service."""

from fastapi import FastAPI, Request, Response
from starlette.routing import BaseRoute

from clothingline import practice
from clothingline.accounts import live
from clothingline.accounts import pages as accounts
from clothingline.desk.pages import capacity, cloth, designs, makers, overview, setup, stock
from clothingline.desk.pages import money as money_of_desks
from clothingline.fulfilment.pages import brand as brand_parcels
from clothingline.joining.pages import bank as bank_of_newcomers
from clothingline.joining.pages import certificates as certificates_in_photos
from clothingline.joining.pages import questions as joining
from clothingline.kit.errors import NotFound
from clothingline.office.pages import certificates as certificates_of_tailors
from clothingline.office.pages import matching as matching_console
from clothingline.office.pages import overview as queues_of_officers
from clothingline.papers import pages as papers
from clothingline.production.pages import board as brand_board
from clothingline.production.pages import check as brand_check
from clothingline.production.pages import photos
from clothingline.production.pages import run as brand_run
from clothingline.production.pages import tailor as jobs_of_tailors
from clothingline.routing.pages import brand as brand_requests
from clothingline.routing.pages import supplier as supplier_requests
from clothingline.routing.pages import tailor as offers_of_tailors
from clothingline.shop.pages import beginning, catalogue, checking_out, contact, paying, planning, sizing, timing
from clothingline.tracking.pages import answering, listing
from clothingline.tracking.pages import order as order_of_consumer
from clothingline.web import assets, gallery, reference, refusals
from clothingline.web.route import PageRoute, page_router, pages_of, public
from clothingline.web.route import readable as by_path
from clothingline.web.showing import Show
from clothingline.workshop.pages import calendar, money, phone, today
from clothingline.workshop.pages import self as myself

SHOP = (catalogue, beginning, sizing, timing, planning, contact, checking_out, paying)

own = page_router()


@own.get("/api")
@public
async def listed(request: Request, show: Show) -> Response:
    """How to begin, and every resource of the API."""
    return show("reference/list.html", resources=reference.resources(_app(request).openapi()))


@own.get("/api/{tag}")
@public
async def shown(tag: str, request: Request, show: Show) -> Response:
    """The operations of one resource. Raises `NotFound`."""
    found = [one for one in reference.resources(_app(request).openapi()) if one.tag == tag]
    if not found:
        raise NotFound
    return show("reference/show.html", resource=found[0])


def _app(request: Request) -> FastAPI:
    app: FastAPI = request.app
    return app


def every() -> list[PageRoute]:
    """All pages and the acts of their forms. Raises `RuntimeError` for one that does not say who may come."""
    return pages_of(
        refusals.pages,
        own,
        accounts.pages,
        live.pages,
        papers.pages,
        brand_requests.pages,
        brand_board.pages,
        brand_run.pages,
        queues_of_officers.pages,
        certificates_of_tailors.pages,
        matching_console.pages,
        brand_check.pages,
        brand_parcels.pages,
        overview.pages,
        capacity.pages,
        cloth.pages,
        makers.pages,
        designs.pages,
        money_of_desks.pages,
        setup.pages,
        stock.pages,
        supplier_requests.pages,
        practice.pages,
        offers_of_tailors.pages,
        jobs_of_tailors.pages,
        photos.pages,
        today.pages,
        phone.pages,
        calendar.pages,
        money.pages,
        myself.pages,
        bank_of_newcomers.pages,
        certificates_in_photos.pages,
        listing.pages,
        order_of_consumer.pages,
        answering.pages,
        joining.pages,
        gallery.pages,
        *(house.pages for house in SHOP),
    )


def readable() -> dict[str, PageRoute]:
    """The pages that can be looked at, by path."""
    return by_path(every())


def routes() -> list[BaseRoute]:
    """Every page, and what pages load."""
    return [*every(), *phone.routes(), assets.route()]
