"""Is the process alive, can it serve, what does it count: plain routes for operators, outside the API."""

import asyncio
import hmac
import ipaddress
from functools import cache

import structlog
from alembic.config import Config
from alembic.script import ScriptDirectory
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from clothingline.kit import alarms, db, heartbeats
from clothingline.kit.migrating import STANDS_AT, MigrationsMissing, folder

log = structlog.get_logger("health")
PATIENCE_SECONDS = 1.0
# The worker has no port: what it finds stands in the database, and the service counts it when asked.
ALARMS = Gauge("alarms_open", "Alarms that nobody has cleared, by name", ["name"])
HEARTBEATS = Gauge("heartbeat_age_seconds", "Time since what is done at intervals was last done", ["name"])


def routes(*, metrics_token: str) -> list[Route]:
    """`/healthz`, `/readyz` and `/metrics`. Without a token, metrics are for callers on this machine only."""

    async def metrics(request: Request) -> Response:
        if not _may_count(request, metrics_token):
            return PlainTextResponse("not found", 404)
        await _count()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


async def _count() -> None:
    """Without an answer of the database the series are gone, for an old number would say that all is as it was."""
    sounding, ages = dict[str, int](), dict[str, int]()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), db.transaction() as session:
            sounding, ages = await alarms.count_open(session), await heartbeats.ages(session)
    except (TimeoutError, SQLAlchemyError) as error:
        log.warning("alarms not counted", cause=type(error).__name__)
    for gauge, found in ((ALARMS, sounding), (HEARTBEATS, ages)):
        gauge.clear()
        for name, number in found.items():
            gauge.labels(name).set(number)


async def alive(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """The database answers within a second and has the newest schema; else 503 with the reason."""
    reason = await _why_not_ready()
    if reason is None:
        return JSONResponse({"status": "ok"})
    return JSONResponse({"status": "not ready", "reason": reason}, 503, {"Retry-After": "1"})


async def _why_not_ready() -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), db.transaction() as session:
            found = await session.scalar(text(STANDS_AT))
    except TimeoutError:
        return f"the database did not answer within {PATIENCE_SECONDS:g} s"
    except SQLAlchemyError as error:
        return f"the database refused: {type(error).__name__}"
    return _compare(found)


def _compare(found: str | None) -> str | None:
    try:
        newest = head()
    except MigrationsMissing as error:
        return str(error)
    return None if found == newest else f"the schema is at {found}, the newest migration is {newest}"


@cache
def head() -> str | None:
    """The newest migration of this package. Raises `MigrationsMissing`."""
    config = Config()
    config.set_main_option("script_location", str(folder()))
    return ScriptDirectory.from_config(config).get_current_head()


def _may_count(request: Request, token: str) -> bool:
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # A proxy on this machine is a loopback caller too; it says for whom it asks.
    return _is_loopback(request) and "x-forwarded-for" not in request.headers and "forwarded" not in request.headers


def _is_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
