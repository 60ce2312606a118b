"""`clothingline demo run` when its story cannot go on."""

from pathlib import Path

import psycopg
import pytest

from clothingline.cli.demo.command import check
from clothingline.cli.demo.payday import Closing
from clothingline.cli.exits import FAILED, Stop
from clothingline.cli.installation import NAME
from clothingline.kit.db.embedded import acquire
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
    assert "× sertifikat tidak berlaku pada tanggal selesai" in line
    assert line.endswith("/ the story stopped there.")
