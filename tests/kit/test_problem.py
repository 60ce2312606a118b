"""Problem documents: in the reader's language, always of one form, and patient when the database is away."""

from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from psycopg import errors
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from clothingline.kit import db, ids
from clothingline.kit.db.embedded import Server
from clothingline.kit.http.problem import is_busy
from tests.cast import Cast

FORM = {"type", "title", "status", "detail", "instance", "code", "request_id", "retryable", "errors"}
NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


LANGUAGES = {
    "id": "Tidak ditemukan.",
    "id-ID,id;q=0.9,en;q=0.8": "Tidak ditemukan.",
    "ID": "Tidak ditemukan.",
    "en-GB": "Not found.",
    "fr": "Not found.",
    "": "Not found.",
}


async def test_the_language_is_the_one_that_was_asked_for_and_english_otherwise(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/tidak-ada")).json()["title"] == "Not found."
    for asked, title in LANGUAGES.items():
        answer = await client.get("/v1/tidak-ada", headers={"accept-language": asked})
        assert answer.json()["title"] == title, asked


async def test_a_problem_has_one_form_and_names_the_request(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/me", headers={"request-id": "req_of-rina"})
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said.keys() == FORM
    assert (said["status"], said["code"], said["type"]) == (401, "sign_in_needed", "/api/masalah/sign-in-needed")
    assert (said["instance"], said["request_id"]) == ("/v1/me", "req_of-rina")


async def test_a_malformed_id_is_a_row_that_is_not_there(cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    missing = await rina.get(f"/v1/payments/{ids.show('pay', ids.new_id())}")
    for text in ("pay_1", "x", "pay_" + "8" * 26, "off_" + "0" * 26, "%00", "pay_%F0%9F%A7%B5"):
        malformed = await rina.get(f"/v1/payments/{text}")
        assert (malformed.status_code, missing.status_code) == (404, 404), text
        assert malformed.json().keys() == missing.json().keys() == FORM


async def test_a_body_is_corrected_field_by_field_in_the_language_of_the_reader(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "a", "accept-language": "id"}
    answer = await client.post("/v1/sessions", json={"phone": 1, "warna": "biru"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    said = {one["pointer"]: one for one in answer.json()["errors"]}
    assert said.keys() >= {"/phone", "/warna"}
    assert all(one["message"] and one["code"] for one in said.values())


async def test_a_method_that_is_not_served_names_those_that_are(client: httpx.AsyncClient) -> None:
    for method in ("PUT", "DELETE", "POST"):
        answer = await client.request(method, "/v1/calendar")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "GET" in answer.headers["allow"]


@pytest.fixture
async def away(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of a service whose database is away."""
    used = db.use(db.Database(NOWHERE))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test") as client:
        yield client
    await used.close()


async def test_without_its_database_the_service_asks_for_patience(away: httpx.AsyncClient) -> None:
    headers = {"authorization": "Bearer clk_ses_x", "idempotency-key": "a"}
    for method, path in (("GET", "/v1/me"), ("POST", "/v1/sign-in-codes"), ("GET", "/v1/brands")):
        answer = await away.request(method, path, json={"phone": "081234567801"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["retryable"]
        assert "127.0.0.1" not in answer.text


async def test_after_the_database_has_cut_every_connection_the_next_request_but_one_is_served(
    client: httpx.AsyncClient, server: Server, database_name: str, database: db.Database
) -> None:
    assert (await client.get("/v1/brands")).status_code == 200
    with psycopg.connect(server.dsn(database_name), autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [database_name],
        )
    cut = await client.get("/v1/brands")
    assert (cut.status_code, cut.headers["retry-after"]) == (503, "1")
    assert (await client.get("/v1/brands")).status_code == 200


async def test_a_row_that_somebody_holds_too_long_asks_for_patience(
    app: FastAPI, server: Server, database_name: str
) -> None:
    used = db.use(db.Database(server.url(database_name), db.Limits(role="clothingline_app", lock="50ms", pool_size=1)))
    transport = httpx.ASGITransport(app)
    with psycopg.connect(server.dsn(database_name)) as owner:
        owner.execute("LOCK TABLE sign_in_code")
        async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test") as client:
            answer = await client.post(
                "/v1/sign-in-codes", json={"phone": "081234567801"}, headers={"idempotency-key": "a"}
            )
    await used.close()
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "1")


def _said(error: Exception) -> DBAPIError:
    return OperationalError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (_said(errors.SerializationFailure()), True),
        (_said(errors.DeadlockDetected()), True),
        (_said(errors.LockNotAvailable()), True),
        (_said(errors.QueryCanceled()), True),
        (_said(errors.TooManyConnections()), True),
        (_said(errors.AdminShutdown()), True),
        (_said(errors.ConnectionFailure()), True),
        (_said(psycopg.OperationalError("server closed the connection unexpectedly")), True),
        (PoolTimeout("no connection was free"), True),
        (errors.AdminShutdown(), True),
        (_said(errors.CheckViolation()), False),
        (_said(errors.NumericValueOutOfRange()), False),
        (_said(errors.UndefinedTable()), False),
        (errors.UniqueViolation(), False),
        (_said(psycopg.ProgrammingError("the query has 2 placeholders but 1 was passed")), False),
    ],
    ids=lambda value: value if isinstance(value, bool) else type(getattr(value, "orig", value)).__name__,
)
def test_only_what_may_pass_by_waiting_is_called_busy(error: Exception, busy: bool) -> None:
    assert is_busy(error) is busy
