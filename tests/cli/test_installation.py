"""An installation on the embedded server, from nothing to serving and back to rest."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
import yaml

from clothingline.cli.exits import INTERRUPTED
from clothingline.cli.installation import NAME
from clothingline.kit.db.embedded import acquire
from clothingline.pilot import cast
from tests.cli.command import COMMAND, PATIENCE_SECONDS, environment, run, start

SIX_DIGITS = re.compile(r"\b\d{6}\b")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation's home; its server outlives the single commands of this module."""
    folder = tmp_path_factory.mktemp("installation")
    with acquire(folder / "postgres"):
        yield folder


def test_help_names_every_noun(tmp_path: Path) -> None:
    said = run(tmp_path, "--help").stdout
    named = re.findall(r"^  ([a-z][a-z-]+) +[A-Z]", said, re.MULTILINE)
    assert named == [
        "serve",
        "worker",
        "doctor",
        "sign-in",
        "db",
        "demo",
        "api",
        "order",
        "match",
        "offer",
        "ledger",
        "payout",
    ]


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from clothingline.cli.commands import commands; print([m for m in sys.modules if '.' not in m])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"sqlalchemy", "fastapi", "numpy", "procrastinate", "httpx"} & set(re.findall(r"\w+", loaded))


def test_the_interface_document_is_yaml_and_needs_no_database(tmp_path: Path) -> None:
    printed = run(tmp_path, "api", "openapi")
    assert yaml.safe_load(printed.stdout)["info"]["title"] == "clothingline"
    assert not (tmp_path / "postgres").exists()


def test_a_seed_on_an_empty_home_migrates_and_fills_it_and_a_second_one_changes_nothing(home: Path) -> None:
    first = json.loads(run(home, "db", "seed", "--json").stdout)
    again = json.loads(run(home, "db", "seed", "--json").stdout)
    assert (first["brand"], first["tailor"], first["supplier"], first["sentra"]) == (20, 30, 8, 3)
    assert set(again.values()) == {0}


def test_the_doctor_finds_a_fresh_installation_well(home: Path) -> None:
    examined = run(home, "doctor", "--json")
    findings = {one["check"]: one["ok"] for one in json.loads(examined.stdout)}
    assert findings == dict.fromkeys(findings, True)
    assert {"database", "schema", "role", "clock", "worker", "queue", "ledger", "alarms", "files"} <= findings.keys()
    assert examined.returncode == 0


def test_the_doctor_ends_with_1_when_files_cannot_be_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("bukan folder")
    (tmp_path / "postgres").symlink_to(home / "postgres")
    examined = run(tmp_path, "doctor", "--plain")
    assert re.search(r"^files\ttidak\t", examined.stdout, re.MULTILINE)
    assert examined.returncode == 1


def test_a_person_signs_in_orders_and_is_told_what_is_missing(home: Path) -> None:
    with _serving(home) as (api, talk):
        signed_in = _sign_in(home, api, talk)
        orders = run(home, "order", "list", "--json", CLOTHINGLINE_API=api)
        missing = run(home, "order", "show", "CL-2611-9999", CLOTHINGLINE_API=api)
        wrong = run(home, "order", "cancel", "CL-2611-9999", CLOTHINGLINE_API=api)
    token = home / "config" / "clothingline" / "token"
    assert signed_in == 0
    assert token.stat().st_mode & 0o777 == 0o600
    assert json.loads(orders.stdout) == []
    assert (missing.returncode, wrong.returncode) == (3, 2)
    assert missing.stderr.startswith("Kesalahan: ")


def test_a_token_that_was_never_fetched_is_asked_for_in_one_line(tmp_path: Path) -> None:
    refused = run(tmp_path, "offer", "list")
    assert "clothingline sign-in" in refused.stderr
    assert refused.returncode == 1


def test_a_service_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("clk_ses_x")
    refused = run(
        tmp_path, "order", "list", "--token-file", str(tmp_path / "token"), CLOTHINGLINE_API="http://127.0.0.1:1"
    )
    [line] = refused.stderr.splitlines()
    assert "CLOTHINGLINE_API" in line
    assert refused.returncode == 1


def test_a_worker_that_is_interrupted_ends_by_itself_with_130(home: Path) -> None:
    working = start(home, "worker")
    _until(lambda: "Ctrl-C" in (home / "talk").read_text() and _heartbeats(home), working)
    working.send_signal(signal.SIGINT)
    assert working.wait(PATIENCE_SECONDS) == INTERRUPTED


@contextmanager
def _serving(home: Path) -> Iterator[tuple[str, Path]]:
    """A served installation with its worker: its address, and the file of what it says."""
    talk = home / "talk"
    process = start(home, "serve", "--with-worker", "--port", "0")
    try:
        _until(lambda: "Ctrl-C" in talk.read_text(), process)
        api = re.findall(r"http://[\d.]+:\d+", talk.read_text())[0]
        _until(lambda: _answers(api), process)
        yield api, talk
    finally:
        process.terminate()
        ended = process.wait(PATIENCE_SECONDS)
    assert ended == 0


def _until(true: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait for something that a process does; fail when it ends first."""
    for _ in range(10 * PATIENCE_SECONDS):
        if true():
            return
        assert process.poll() is None, "the process ended too early"
        time.sleep(0.1)
    pytest.fail(f"not within {PATIENCE_SECONDS} s")


def _answers(api: str) -> bool:
    try:
        return httpx.get(f"{api}/readyz").is_success
    except httpx.HTTPError:
        return False


def _heartbeats(home: Path) -> bool:
    with acquire(home / "postgres") as lease, psycopg.connect(lease.server.dsn(NAME)) as connection:
        return connection.execute("SELECT 1 FROM jobs.procrastinate_workers").fetchone() is not None


def _sign_in(home: Path, api: str, talk: Path) -> int:
    """Sign Rina in with the code that the service prints in the place of sending it."""
    signing_in = subprocess.Popen(
        [*COMMAND, "sign-in", cast.RINA.phone],
        env=environment(home, CLOTHINGLINE_API=api),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    _until(lambda: "✉" in talk.read_text(), signing_in)
    [code] = SIX_DIGITS.findall(talk.read_text().partition("✉")[2].partition("\n")[0])
    signing_in.communicate(code + "\n", timeout=PATIENCE_SECONDS)
    return signing_in.returncode
