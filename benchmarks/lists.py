"""Statements of every list, counted as the tests count them, on the database of the run."""

import asyncio
from dataclasses import dataclass

import httpx

from benchmarks.ground import Ground
from clothingline.accounts import queries, service
from clothingline.accounts.secrets import phone_number
from clothingline.app import create_app
from clothingline.cli import installation, logs
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.pilot import cast
from clothingline.settings import settings
from tests.api.test_query_budgets import LISTS, MOST, ask, budget_of, reader_of


@dataclass(frozen=True)
class Counted:
    """Statements of one list with the largest page, the rows that it showed, and what it may take."""

    operation: str
    statements: int
    rows: int
    budget: int


def measure(ground: Ground) -> list[Counted]:
    """Every list, once."""
    return asyncio.run(_measure(ground))


async def _measure(ground: Ground) -> list[Counted]:
    used = db.use(db.Database(ground.url, installation.limits(settings())))
    logs.configure(settings().model_copy(update={"log_level": "WARNING"}))
    tokens = {Role.ADMIN: await _token_of_the_admin(used), Role.CONSUMER: ground.consumers[0].token}
    transport = httpx.ASGITransport(create_app(settings()))
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        found = [await _count(client, name, tokens[reader_of(name)]) for name in LISTS]
    await used.close()
    return found


async def _token_of_the_admin(used: db.Database) -> str:
    async with used.transaction() as session:
        account = await queries.find_account(session, phone_number(cast.ADMIN.phone))
        assert account is not None, "the pilot has an admin"
        now = await business_now(session)
        return (await service.open_session(session, account=account, device="bench", now=now, days=1))[1]


async def _count(client: httpx.AsyncClient, operation: str, token: str) -> Counted:
    rows, said = await ask(client, operation, token, limit=MOST)
    return Counted(operation, len(said), rows, budget_of(operation))
