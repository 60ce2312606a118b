"""`clothingline payout`: what leaves, who agrees, and whether the provider says the same."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from clothingline.cli.commands import commands
from clothingline.cli.exits import CONFLICT, FAILED
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import show
from clothingline.reconciliation import service
from tests.cast import Cast
from tests.parties import member
from tests.payouts.stage import Advance, Drain, collect, ready
from tests.reconciliation.stage import clean, differences

LARGE = 10_000_000
PHONES = ("081234567804", "081234567805")


@pytest.fixture
async def tokens(
    cast: Cast, client: httpx.AsyncClient, drain: Drain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[list[str]]:
    """Options of a command that one and another officer give; requests arrive at the API of this test."""
    files = []
    for number, phone in enumerate(PHONES):
        async with db.transaction() as session:
            officer = await member(cast, session, phone, Role.ADMIN)
        (tmp_path / str(number)).write_text(officer.token)
        files.append(["--token-file", str(tmp_path / str(number))])
    loop = asyncio.get_running_loop()

    def request(method: str, url: str, *, timeout: int, **rest: Any) -> httpx.Response:
        assert timeout
        path = "/" + url.partition("//")[2].partition("/")[2]
        return asyncio.run_coroutine_threadsafe(client.request(method, path, **rest), loop).result()

    async def work() -> None:
        await drain()

    def wait() -> None:
        asyncio.run_coroutine_threadsafe(work(), loop).result()

    monkeypatch.setattr(httpx, "request", request)
    monkeypatch.setattr("clothingline.cli.payout._wait", wait)
    return files


async def run(*arguments: str) -> Result:
    """One command, in a thread of its own."""
    return await asyncio.to_thread(CliRunner().invoke, commands, ["payout", *arguments])


async def test_what_would_leave_is_shown_before_it_does_and_two_people_let_it_go(
    provider: FakeProvider, drain: Drain, advance: Advance, tokens: list[list[str]]
) -> None:
    stage = await ready(provider, drain, advance, LARGE)
    first, second = tokens
    [waiting] = json.loads((await run("preview", "--json", *first)).stdout)
    assert (waiting["id"], waiting["available"]["amount"]) == (show("pye", stage.tailor), LARGE)
    await collect(stage.tailor)
    assert json.loads((await run("preview", "--json", *first)).stdout) == []
    [draft] = json.loads((await run("list", "--json", *first)).stdout)
    assert (draft["state"], draft["amount"]["amount"]) == ("draft", LARGE)
    assert json.loads((await run("approve", draft["id"], "--json", *first)).stdout)["state"] == "draft"
    assert getattr((await run("approve", draft["id"], *first)).exception, "code", None) == CONFLICT
    approved = json.loads((await run("approve", draft["id"], "--json", *second)).stdout)
    assert (approved["state"], [one["amount"]["amount"] for one in approved["items"]]) == ("approved", [LARGE])
    await drain()
    listed = await run("list", "--state", "sent", "--plain", *first)
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == [draft["id"]]


async def test_a_reconciliation_ends_with_0_only_if_nothing_differs(
    provider: FakeProvider, drain: Drain, advance: Advance, tokens: list[list[str]]
) -> None:
    await clean(provider, drain, advance, 1)
    same = await run("reconcile", "--json", *tokens[0])
    assert (same.exit_code, json.loads(same.stdout)["differences"]) == (0, [])
    provider.books.top_up(7_000)
    async with db.transaction() as session:
        running = await service.begin(session)
    assert running is not None
    other = await run("reconcile", "--json", *tokens[0])
    said = json.loads(other.stdout[other.stdout.index("{\n") :])  # the alarms of the job are told before it
    assert (other.exit_code, said["reconciliation"]["id"]) == (FAILED, show("rcn", running.id))
    assert sorted((one["code"], one["theirs"]["amount"]) for one in said["differences"]) == [
        ("balance", 100_007_000),
        ("unknown_object", 7_000),
    ]
    assert len((await run("reconcile", "--plain", *tokens[0])).stdout.splitlines()) == 2


async def test_a_reconciliation_that_nobody_works_on_says_what_to_look_at(
    provider: FakeProvider, tokens: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clothingline.cli.payout._wait", lambda: None)
    ended = await run("reconcile", *tokens[0])
    assert (ended.exit_code, await differences()) == (FAILED, [])
    assert "clothingline worker" in str(ended.exception)
