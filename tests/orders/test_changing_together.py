"""Two people, or one on two devices, change an order on top of the same reading."""

import asyncio
from collections.abc import Awaitable, Sequence

import httpx
import psycopg
import pytest

from clothingline.accounts.models import Account
from clothingline.kit import db, ids
from clothingline.kit.db.embedded import Server
from clothingline.kit.http import conditional
from tests.routing.street import Street

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def together(server: Server, database: str, table: str, acts: Sequence[Awaitable[httpx.Response]]) -> list[int]:
    """Hold the rows of a table until both acts wait, then let them go on; the statuses of their answers."""
    with psycopg.connect(server.dsn(database)) as other, psycopg.connect(server.dsn(database)) as watch:
        watch.autocommit = True
        other.execute(f"SELECT FROM {table} FOR UPDATE")
        begun = [asyncio.ensure_future(act) for act in acts]
        async with asyncio.timeout(20):
            while watch.execute(WAITING).fetchone() != (len(acts),):  # noqa: ASYNC110  # another process knows it
                await asyncio.sleep(0.01)
    return [answer.status_code for answer in await asyncio.gather(*begun)]


@pytest.mark.parametrize("name", ["id", "code"])
async def test_of_two_changes_on_top_of_the_same_reading_one_is_made_by_whatever_name_of_the_order(
    street: Street, server: Server, database_name: str, name: str
) -> None:
    order = await street.draft()
    seen = await street.rina.get(f"/v1/orders/{order}")
    acts = [
        street.rina.call("PUT", f"/v1/orders/{ref}", await street.wish(sizes=sizes), if_match=seen.headers["etag"])
        for ref, sizes in ((order, {"M": 2}), (seen.json()[name], {"M": 3}))
    ]
    answers = await together(server, database_name, "orders", acts)
    assert sorted(answers) == [200, 412]
    after = await street.order(order)
    assert (after["version"], after["line"]["sizes"]) == (2, {"M": 2 if answers[0] == 200 else 3})


async def test_what_the_second_has_read_before_its_turn_is_read_anew(street: Street) -> None:
    rina = ids.read("acc", street.rina.account)
    async with db.transaction() as session:
        before = await session.get_one(Account, rina)
        assert (await street.rina.call("PATCH", "/v1/me", {"name": "Rina K."})).status_code == 200
        await conditional.take_turn(session, b"{}", path="/v1/me")
        after = await session.get_one(Account, rina)
    assert (before.name, after.name) == ("Rina Kartika", "Rina K.")
