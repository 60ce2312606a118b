"""The street and the provider of the tests, in the same process as the API; a matching as a file."""

from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from clothingline.matching import Iterations, Matching, Params, route
from clothingline.routing.files import Instance, write_matching
from tests.matching.instances import pilot
from tests.routing.street import Street, open_street


@pytest.fixture
def provider(app: FastAPI, tmp_path: Path) -> FakeProvider:
    """The shipped fake; its notices arrive at the API of this test."""
    deliver = post_to("http://clothingline.test/v1/payment-notices", httpx.ASGITransport(app))
    chosen = FakeProvider(deliver, pages_url="http://bayar.test", path=tmp_path / "provider.db")
    providers.use(chosen)
    return chosen


@pytest.fixture
async def street(client: httpx.AsyncClient, provider: FakeProvider) -> Street:
    """One brand, two suppliers with a lot each, three makers."""
    return await open_street(client, provider)


@pytest.fixture
def owner(server: Server, database_name: str, database: db.Database) -> Callable[[str], None]:
    """Say something as the owner of the schema, such as taking a guard away."""

    def say(words: str) -> None:
        with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
            connection.execute(words)

    return say


@pytest.fixture(scope="session")
def instance() -> Instance:
    """A problem with scarcity."""
    return Instance(pilot(1, orders=16, brands=6, makers=12, lots=16, weeks=6, busy=200), Params(name="pilot-files"))


@pytest.fixture(scope="session")
def routed(instance: Instance) -> Matching:
    """Its matching, with a gap, with prices, with unmatched orders."""
    found = route(instance.problem, instance.params, Iterations(15))
    assert found.unmatched
    assert found.prices.second.any()
    return found


@pytest.fixture(scope="session")
def text(instance: Instance, routed: Matching, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of this matching."""
    path = tmp_path_factory.mktemp("matching") / "M.json"
    write_matching(path, instance, routed)
    return path.read_text()
