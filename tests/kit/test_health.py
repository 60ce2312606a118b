"""What operators ask: alive, ready, counted."""

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from clothingline.app import create_app
from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from clothingline.kit.http import health
from clothingline.settings import Settings


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is not what these tests are about."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30.0)


async def ask(app: FastAPI, path: str, host: str = "127.0.0.1", **headers: str) -> httpx.Response:
    """One question from a given address."""
    transport = httpx.ASGITransport(app, client=(host, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test") as client:
        return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def test_a_process_with_a_database_at_head_is_ready(app: FastAPI) -> None:
    assert (await ask(app, "/healthz")).json() == {"status": "ok"}
    ready = await ask(app, "/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})


async def test_a_process_without_its_database_is_alive_but_not_ready(app: FastAPI) -> None:
    away = db.use(db.Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    ready = await ask(app, "/readyz")
    await away.close()
    assert ready.status_code == 503
    assert "database" in ready.json()["reason"]
    assert (await ask(app, "/healthz")).status_code == 200


async def test_a_schema_that_is_behind_is_not_ready(app: FastAPI, server: Server, database_name: str) -> None:
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    ready = await ask(app, "/readyz")
    assert ready.status_code == 503
    assert "0001" in ready.json()["reason"]


async def test_a_database_that_keeps_it_waiting_makes_the_process_not_ready(
    app: FastAPI, server: Server, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.2)
    with psycopg.connect(server.dsn(database_name)) as connection:
        connection.execute("LOCK TABLE alembic_version")
        ready = await ask(app, "/readyz")
    assert ready.status_code == 503
    assert "within 0.2 s" in ready.json()["reason"]


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, 404),
        ("203.0.113.9", {"authorization": "Bearer "}, 404),
    ],
)
async def test_without_a_token_metrics_are_for_this_machine_only(
    app: FastAPI, host: str, headers: dict[str, str], status: int
) -> None:
    assert (await ask(app, "/metrics", host, **headers)).status_code == status


@pytest.mark.parametrize(
    ("host", "given", "status"),
    [("203.0.113.9", "Bearer rahasia", 200), ("127.0.0.1", "Bearer salah", 404), ("127.0.0.1", "", 404)],
)
async def test_with_a_token_metrics_are_for_who_knows_it(
    database: db.Database, host: str, given: str, status: int
) -> None:
    app = create_app(Settings(environment="test", metrics_token="rahasia"))
    assert (await ask(app, "/metrics", host, authorization=given)).status_code == status


async def test_operators_routes_are_not_in_the_document(app: FastAPI) -> None:
    assert not {"/healthz", "/readyz", "/metrics", "/"} & app.openapi()["paths"].keys()
