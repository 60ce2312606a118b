"""`clothingline ledger`, and what the doctor says of the chain."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from typer.testing import CliRunner, Result

from clothingline.cli import health, installation
from clothingline.cli.commands import commands
from clothingline.cli.exits import NOT_FOUND, USAGE, Stop
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.ledger.chart import available
from clothingline.settings import Settings
from tests.cast import Cast
from tests.ledger.booking import ESCROW, booked, comes_in, goes_out
from tests.parties import make_tailor, member

CHOSEN = Settings(environment="test")


@pytest.fixture(autouse=True)
def _this_installation(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The commands find the database of the test."""
    database: db.Database = request.getfixturevalue("database")

    @contextmanager
    def opened(chosen: Settings) -> Iterator[installation.Installation]:
        yield installation.Installation(chosen, database.url, None)

    monkeypatch.setattr(installation, "opened", opened)
    monkeypatch.setattr(installation, "read_settings", lambda: CHOSEN)


@pytest.fixture
async def token(cast: Cast, client: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options of a command that an auditor gives; its requests arrive at the API of this test."""
    async with db.transaction() as session:
        auditor = await member(cast, session, "081234567804", Role.AUDITOR)
    (tmp_path / "token").write_text(auditor.token)
    loop = asyncio.get_running_loop()

    def request(method: str, url: str, *, timeout: int, **rest: Any) -> httpx.Response:
        assert timeout
        path = "/" + url.partition("//")[2].partition("/")[2]
        return asyncio.run_coroutine_threadsafe(client.request(method, path, **rest), loop).result()

    monkeypatch.setattr(httpx, "request", request)
    return ["--token-file", str(tmp_path / "token")]


async def run(*arguments: str) -> Result:
    """One command, in a thread of its own."""
    return await asyncio.to_thread(CliRunner().invoke, commands, ["ledger", *arguments])


async def test_the_whole_chain_is_verified_and_its_end_can_be_noted() -> None:
    assert json.loads((await run("verify", "--json")).stdout)["places"] == 0
    await booked(comes_in(1_000), goes_out(300))
    first = json.loads((await run("verify", "--json")).stdout)
    await booked(comes_in(5))
    again = await run("verify", "--json", "--seen", first["newest"])
    assert (first["places"], first["fault"], again.exit_code) == (2, None, 0)
    assert json.loads(again.stdout)["newest"].startswith("3:")


async def test_a_changed_row_and_a_shortened_chain_end_with_1(database: db.Database) -> None:
    await booked(comes_in(1_000), goes_out(300))
    await booked(comes_in(5))
    newest = json.loads((await run("verify", "--json")).stdout)["newest"]
    with psycopg.connect(db.libpq(database.url), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("UPDATE ledger_transaction SET kind = kind || 'x'")
        changed, said = await run("verify", "--json"), health._ledger_chain(CHOSEN, owner)
        owner.execute("UPDATE ledger_transaction SET kind = left(kind, -1)")
        owner.execute("CREATE TEMPORARY TABLE lost AS SELECT * FROM ledger_link WHERE position = 3")
        owner.execute("DELETE FROM ledger_link WHERE position = 3")
        shortened, unnoticed = await run("verify", "--json", "--seen", newest), await run("verify", "--json")
        owner.execute("INSERT INTO ledger_link SELECT * FROM lost")
        assert (await run("verify", "--seen", newest)).exit_code == 0
        assert health._ledger_chain(CHOSEN, owner) == (True, newest)
    assert (changed.exit_code, json.loads(changed.stdout)["fault"][:2]) == (1, "1:")
    assert said == (False, json.loads(changed.stdout)["fault"])
    assert (shortened.exit_code, json.loads(shortened.stdout)["seen"], unnoticed.exit_code) == (1, False, 0)


@pytest.mark.parametrize("seen", ["", "3", "3:xy", f"x:{'0' * 64}"])
async def test_what_was_never_printed_is_no_place(seen: str) -> None:
    refused = (await run("verify", f"--seen={seen or 'x'}")).exception
    assert isinstance(refused, Stop)
    assert refused.code == USAGE


async def test_the_balance_of_a_day_is_shown_by_kind(token: list[str]) -> None:
    await booked(comes_in(1_000), goes_out(300))
    shown = await run("balance", "--plain", *token)
    assert shown.stdout.splitlines() == [
        "escrow\t1\tRp 0\t−Rp 700",
        "provider\t1\tRp 1.000\tRp 0",
        "transport\t1\tRp 0\t−Rp 300",
    ]
    assert "sejauh ini / so far" in shown.stderr
    before = await run("balance", "--day", "2020-01-01", "--json", *token)
    assert json.loads(before.stdout)["kinds"] == []


async def test_a_statement_is_asked_for_by_the_code_of_the_account(token: list[str]) -> None:
    await booked(comes_in(1_000))
    await booked(goes_out(300))
    lines = json.loads((await run("statement", ESCROW.code, "--json", *token)).stdout)
    assert [(one["kind"], one["balance"]["amount"]) for one in lines] == [("release", -700), ("capture", -1_000)]
    shown = (await run("statement", ESCROW.code, *token)).stdout.splitlines()
    assert [line.split() for line in shown[-2:]] == [["opening", "Rp", "0"], ["closing", "−Rp", "700"]]


async def test_an_account_without_entries_is_not_found(token: list[str]) -> None:
    async with db.transaction() as session:
        code = available((await make_tailor(session)).id).code
    refused = (await run("statement", code, *token)).exception
    assert isinstance(refused, Stop)
    assert refused.code == NOT_FOUND
