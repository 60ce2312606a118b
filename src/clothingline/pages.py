"""Every page: those of the houses, and those that know the whole service."""

from fastapi import FastAPI, Request, Response
from starlette.routing import BaseRoute

from clothingline import practice
from clothingline.accounts import device_pages, key_pages, live, own_pages
from clothingline.accounts import pages as accounts
from clothingline.aftersales.pages import brand as reviews_of_brand
from clothingline.aftersales.pages import consumer as own_review
from clothingline.aftersales.pages import public as open_reviews
from clothingline.aftersales.pages import tailor as reviews_of_tailor
from clothingline.desk.pages import capacity, cloth, designs, importing, makers, setup, stock, store
from clothingline.desk.pages import money as desk_money
from clothingline.desk.pages import overview as desk_overview
from clothingline.desk.pages import taxes as tax_of_brand
from clothingline.fulfilment.pages import brand as parcels
from clothingline.joining.pages import bank as own_bank
from clothingline.joining.pages import certificates as own_certificates
from clothingline.joining.pages import questions
from clothingline.kit.errors import NotFound
from clothingline.measurements import pages as measurements
from clothingline.notices import pages as notices
from clothingline.office.pages import (
    audit,
    books,
    correcting,
    disputes,
    kpi,
    ledger,
    newcomers,
    people,
    reviews,
    system,
)
from clothingline.office.pages import certificates as all_certificates
from clothingline.office.pages import matching as console
from clothingline.office.pages import money as all_money
from clothingline.office.pages import orders as all_orders
from clothingline.office.pages import overview as queues
from clothingline.office.pages import refunds as money_back
from clothingline.office.pages import shown as photographs
from clothingline.papers import pages as papers
from clothingline.privacy import pages as own_data
from clothingline.production.pages import board, check, photos, run
from clothingline.production.pages import tailor as jobs
from clothingline.routing.pages import brand as requests_to_brands
from clothingline.routing.pages import supplier as requests_to_suppliers
from clothingline.routing.pages import tailor as offers
from clothingline.shop.pages import (
    beginning,
    catalogue,
    checking_out,
    contact,
    group,
    member,
    paying,
    planning,
    sizing,
    timing,
)
from clothingline.taxes.pages import supplier as tax_of_supplier
from clothingline.taxes.pages import tailor as tax_of_tailor
from clothingline.tracking.pages import answering, listing, sharing
from clothingline.tracking.pages import order as order_page
from clothingline.web import assets, gallery, reference, refusals
from clothingline.web import help as help_pages
from clothingline.web.route import PageRoute, page_router, pages_of, public
from clothingline.web.route import readable as by_path
from clothingline.web.showing import Show
from clothingline.workshop.pages import calendar, money, phone, today
from clothingline.workshop.pages import self as own_workshop

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


EVERYBODY = (
    refusals,
    accounts,
    live,
    own_pages,
    device_pages,
    key_pages,
    measurements,
    own_data,
    help_pages,
    papers,
    practice,
    gallery,
    open_reviews,
)
SHOP = (catalogue, beginning, sizing, group, member, timing, planning, contact, checking_out, paying)
TRACKING = (listing, order_page, answering, sharing, own_review)
TAILOR = (
    offers,
    jobs,
    photos,
    today,
    phone,
    calendar,
    tax_of_tailor,  # before the payouts of money, whose path any word fits
    money,
    own_workshop,
    notices,
    own_certificates,
    own_bank,
    questions,
    reviews_of_tailor,
)
BRAND = (
    requests_to_brands,
    board,
    run,
    check,
    parcels,
    desk_overview,
    capacity,
    cloth,
    makers,
    designs,
    desk_money,
    tax_of_brand,
    setup,
    reviews_of_brand,
)
SUPPLIER = (stock, importing, store, requests_to_suppliers, tax_of_supplier)
OFFICE = (
    queues,
    all_certificates,
    photographs,
    newcomers,
    console,
    all_orders,
    disputes,
    money_back,
    all_money,
    books,
    correcting,
    ledger,
    people,
    audit,
    system,
    kpi,
    reviews,
)


def every() -> list[PageRoute]:
    """All pages and the acts of their forms. Raises `RuntimeError` for one that does not say who may come."""
    surfaces = (EVERYBODY, SHOP, TRACKING, TAILOR, BRAND, SUPPLIER, OFFICE)
    return pages_of(*(module.pages for surface in surfaces for module in surface), own)


def readable() -> dict[str, PageRoute]:
    """The pages that can be looked at, by path."""
    return by_path(every())


def routes() -> list[BaseRoute]:
    """Every page, and what pages load."""
    return [*every(), *phone.routes(), assets.route()]
