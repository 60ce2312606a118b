"""The ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from clothingline import reactions
from clothingline.accounts import routes as accounts
from clothingline.kit import db, events
from clothingline.kit.errors import Refusal
from clothingline.kit.http import problem
from clothingline.kit.http.edge import Edge
from clothingline.kit.http.route import operation_id
from clothingline.kit.policy import missing_rows
from clothingline.settings import Settings

LARGEST_BODY = 10 * 1024 * 1024
ROUTERS: tuple[APIRouter, ...] = (accounts.router,)
PROBLEMS = {
    status: {"model": problem.Problem, "description": words, "content": {problem.MEDIA_TYPE: {}}}
    for status, words in {
        400: "The request is malformed or lacks its idempotency key.",
        401: "Sign in first.",
        403: "This account may not do this.",
        404: "There is no such row, or it is another party's.",
        409: "The state has changed; the detail says what to do.",
        410: "This is no longer in force.",
        422: "Fields to correct, each named.",
        429: "Too many of these; wait.",
        503: "Busy; repeat after `Retry-After`.",
    }.items()
}


def create_app(settings: Settings) -> FastAPI:
    """The application with every route of every house. Raises `RuntimeError` for a route without a policy row."""
    events.react(reactions.TABLE)
    app = FastAPI(
        title="clothingline",
        version="1.0.0",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=operation_id,
        lifespan=_lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.state.settings, app.state.identify = settings, accounts.identify
    for router in ROUTERS:
        app.include_router(router, responses=PROBLEMS)  # type: ignore[arg-type]  # wider key type in FastAPI
    _answer_errors(app)
    app.add_middleware(Edge)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    await db.current().close()


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, problem.refused)
    app.add_exception_handler(RequestValidationError, problem.unprocessable)
    app.add_exception_handler(HTTPException, problem.http_error)
    app.add_exception_handler(DBAPIError, problem.database_busy)
    app.add_exception_handler(PoolTimeout, problem.database_busy)


def operations() -> list[APIRoute]:
    """Every operation of the API."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def check_policy() -> None:
    """Refuse to start when a route and the policy table disagree."""
    if wrong := missing_rows(route.unique_id for route in operations()):
        raise RuntimeError(f"the policy table and the routes disagree: {', '.join(wrong)}")
