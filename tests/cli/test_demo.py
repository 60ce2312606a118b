"""`clothingline demo run` when its story cannot go on."""

import asyncio
import io
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from clothingline import worker
from clothingline.cli.demo.command import check, refuse_beside_a_worker
from clothingline.cli.demo.payday import Closing
from clothingline.cli.demo.telling import Teller, label_word
from clothingline.cli.exits import FAILED, Stop
from clothingline.cli.installation import NAME, Installation
from clothingline.cli.seeding import lead_in_words
from clothingline.kit import db
from clothingline.kit.db.embedded import acquire
from clothingline.settings import Settings
from tests.cli.command import run


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        (Closing(1, 0, 0), "buku besar tidak seimbang: Rp 1"),
        (Closing(0, 250_000, 0), "uang masih di perjalanan: Rp 250.000"),
        (Closing(0, 0, 2), "2 selisih dengan pembukuan penyedia pembayaran"),
    ],
)
def test_a_demo_whose_books_do_not_close_fails_and_says_what_is_left(closing: Closing, words: str) -> None:
    with pytest.raises(Stop, match=words) as stopped:
        check(closing)
    assert stopped.value.code == FAILED


def test_a_demo_whose_books_close_does_not_fail() -> None:
    check(Closing(0, 0, 0))


async def test_a_demo_beside_a_service_that_works_on_the_same_data_says_what_to_stop_before_it_begins(
    database: db.Database, tmp_path: Path
) -> None:
    here = Installation(Settings(), database.url, None)
    refuse_beside_a_worker(here)
    working = asyncio.create_task(worker.work(1, signals=False))
    try:
        await _begun(here)
        played = await asyncio.to_thread(run, tmp_path, "demo", "run", CLOTHINGLINE_DATABASE__URL=database.url)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    [line] = played.stderr.splitlines()
    assert (played.returncode, played.stdout) == (FAILED, "")
    assert line.startswith("Kesalahan: Hentikan dulu `make run`")
    assert "/ first stop `make run`" in line
    refuse_beside_a_worker(here)


async def _begun(here: Installation) -> None:
    """Wait until a worker is seen."""
    async with asyncio.timeout(30):
        while True:
            try:
                refuse_beside_a_worker(here)
            except Stop:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        (timedelta(days=45, minutes=21, seconds=11.440948), ("45 hari 21 menit", "45 days and 21 minutes")),
        (timedelta(days=1, hours=1, minutes=5), ("1 hari 1 jam", "1 day and 1 hour")),
        (timedelta(hours=3), ("3 jam", "3 hours")),
        (timedelta(seconds=40), ("kurang dari satu menit", "less than a minute")),
    ],
)
def test_how_far_ahead_the_demo_has_left_the_clock_is_said_in_words(lead: timedelta, words: tuple[str, str]) -> None:
    assert lead_in_words(lead) == words


def test_the_story_calls_stages_plans_and_events_by_their_indonesian_words() -> None:
    told = io.StringIO()
    teller = Teller(Console(file=told, width=200))
    job = {"tailor": "t", "pieces": 1, "sizes": {}, "pay": {"amount": 1_000}, "due_on": "2026-06-01"}
    teller.jobs([{**job, "state": "handed_over"}, {**job, "state": "passed"}], {"t": "Siti"})
    names = ("OrderPaid", "PaymentWished", "JobPassed", "JobPassed")
    entries = [{"at": "2026-06-01T03:00:00+00:00", "event": name} for name in names]
    teller.timeline(entries, datetime.fromisoformat)
    said = told.getvalue()
    assert ("diserahkan" in said, "lolos periksa" in said) == (True, True)
    assert "01-06-2026 10.00  Pembayaran masuk · 2 × Lolos periksa mutu\n" in said
    assert [label_word(one) for one in ("balanced", "soonest")] == ["Seimbang", "Cepat"]


@pytest.mark.prove
def test_a_demo_after_the_last_certificate_has_ended_says_so_in_a_line_and_fails(tmp_path: Path) -> None:
    with acquire(tmp_path / "postgres") as lease:
        assert run(tmp_path, "db", "seed").returncode == 0
        with psycopg.connect(lease.server.dsn(NAME)) as connection:
            connection.execute("SELECT advance_business_now('1100 days')")
        played = run(tmp_path, "demo", "run")
    assert played.returncode == FAILED
    assert "Traceback" not in played.stderr
    *_, line = played.stderr.strip().splitlines()
    assert line.startswith("Kesalahan: cerita terhenti: Rina Kartika: POST /v1/orders/")
    assert "× tanpa sertifikat yang diperlukan pada tanggal selesai" in line
    assert line.endswith("/ the story stopped there.")
