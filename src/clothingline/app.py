"""The ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from clothingline import pages, reactions
from clothingline.accounts import alarm_routes as account_alarms
from clothingline.accounts import event_routes as account_events
from clothingline.accounts import job_routes as background_jobs
from clothingline.accounts import routes as accounts
from clothingline.aftersales import routes as aftersales
from clothingline.brands import routes as brands
from clothingline.certification import routes as certification
from clothingline.earnings import routes as earnings
from clothingline.fulfilment import routes as fulfilment
from clothingline.garments import routes as garments
from clothingline.joining import routes as joining
from clothingline.kit import db, events, storage
from clothingline.kit.errors import Refusal
from clothingline.kit.http import health, openapi, problem
from clothingline.kit.http.edge import Edge
from clothingline.kit.http.route import operation_id
from clothingline.kit.http.site import OneHost, Site
from clothingline.kit.http.stream import Hub
from clothingline.kit.policy import missing_rows
from clothingline.ledger import routes as ledger
from clothingline.materials import routes as materials
from clothingline.measurements import routes as measurements
from clothingline.notices import routes as notices
from clothingline.orders import routes as orders
from clothingline.papers import routes as papers
from clothingline.payments import routes as payments
from clothingline.payouts import routes as payouts
from clothingline.production import routes as production
from clothingline.reconciliation import routes as reconciliation
from clothingline.reference import routes as reference
from clothingline.routing import offer_routes as offers
from clothingline.routing import routes as routing
from clothingline.sentra import routes as sentra
from clothingline.settings import Settings
from clothingline.suppliers import routes as suppliers
from clothingline.tailors import routes as tailors
from clothingline.taxes import routes as taxes
from clothingline.web import assets, refusals

LARGEST_BODY = 10 * 1024 * 1024
ROUTERS: tuple[APIRouter, ...] = (
    orders.router,
    routing.router,
    offers.router,
    production.router,
    payments.router,
    taxes.router,
    papers.router,
    earnings.router,
    ledger.router,
    payouts.router,
    reconciliation.router,
    fulfilment.router,
    aftersales.router,
    accounts.router,
    account_events.router,
    account_alarms.router,
    background_jobs.router,
    garments.router,
    measurements.router,
    materials.router,
    tailors.router,
    joining.router,
    brands.router,
    suppliers.router,
    certification.router,
    sentra.router,
    reference.router,
    notices.router,
)
ABOUT = (
    "Joins consumers, fashion IKM, cloth suppliers and SKKNI-certified tailors: one custom order, from measure to "
    "money. "
    "Every refusal is a problem document (RFC 9457) whose `type` leads to its explanation."
)


def create_app(settings: Settings) -> FastAPI:
    """The application with every route of every house. Raises `RuntimeError` for a route without a policy row."""
    check_policy()
    events.react(reactions.TABLE)
    storage.use(storage.Files(settings.files or settings.home / "files"))
    app = FastAPI(
        title="clothingline",
        version="1.0.0",
        description=ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=operation_id,
        lifespan=_lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.state.settings, app.state.identify, app.state.hub = settings, accounts.identify, Hub()
    app.state.readers = {route.path: route for route in operations() if "GET" in (route.methods or ())}
    app.state.operations, app.state.pages = operations(), pages.readable()
    # Their paths are whole already: taken as they are, a request looks through one flat list.
    app.router.routes.extend(operations())
    app.router.routes.extend(pages.routes())
    app.router.routes.extend(health.routes(metrics_token=settings.metrics_token.get_secret_value()))
    openapi.install(app)
    _answer_errors(app)
    _stand_at(app, Site.at(settings.public_url) if settings.environment == "production" else None)
    return app


def _stand_at(app: FastAPI, site: Site | None) -> None:
    app.state.site = site
    if site is not None:
        app.add_middleware(OneHost, site=site)
    encrypted = site is not None and site.encrypted
    app.add_middleware(Edge, fault=refusals.fault, content=assets.content_security_policy(), encrypted=encrypted)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.hub.close()
    await db.current().close()


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, refusals.refused)
    app.add_exception_handler(RequestValidationError, refusals.refused)
    app.add_exception_handler(HTTPException, refusals.refused)
    app.add_exception_handler(DBAPIError, problem.database_busy)
    app.add_exception_handler(PoolTimeout, problem.database_busy)
    app.add_exception_handler(psycopg.Error, problem.database_busy)  # what runs on the session's bare connection


def operations() -> list[APIRoute]:
    """Every operation of the API."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def check_policy() -> None:
    """Refuse to start when a route and the policy table disagree."""
    if wrong := missing_rows(route.unique_id for route in operations()):
        raise RuntimeError(f"the policy table and the routes disagree: {', '.join(wrong)}")
