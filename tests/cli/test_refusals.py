"""What is wrong with an installation is said in one line, in Indonesian and in English, and ends with 1."""

import socket
from pathlib import Path

import psycopg
import pytest

from clothingline.kit.db.embedded import Server
from tests.cli.command import run

PRODUCTION = {
    "CLOTHINGLINE_ENVIRONMENT": "production",
    "CLOTHINGLINE_MESSAGING__URL": "https://pesan.example/kirim",
    "CLOTHINGLINE_PAYMENTS__NOTICE_SECRET": "whsec_cmFoYXNpYQ==",
}


@pytest.mark.parametrize("url", ["mysql://orang@mesin/toko", "bukan alamat", "postgresql://mesin"])
def test_a_wrong_database_url_is_said_in_one_line(tmp_path: Path, url: str) -> None:
    refused = run(tmp_path, "db", "status", CLOTHINGLINE_DATABASE__URL=url)
    _one_line(refused.stderr, "CLOTHINGLINE_DATABASE__URL")
    assert refused.returncode == 1


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://orang:kata-sandi@127.0.0.1:1/toko"
    refused = run(tmp_path, "worker", CLOTHINGLINE_DATABASE__URL=url)
    _one_line(refused.stderr, "127.0.0.1")
    assert "kata-sandi" not in refused.stderr
    assert refused.returncode == 1


def test_a_port_that_is_taken_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    _one_line(refused.stderr, "--port")
    assert refused.returncode == 1
    assert not (tmp_path / "postgres").exists()


def test_production_without_its_secret_does_not_start(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--port", "0", **PRODUCTION)
    _one_line(refused.stderr, "CLOTHINGLINE_SECRET")
    assert refused.returncode == 1


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", CLOTHINGLINE_ORDERS__PAYMENT_MINUTES="sebentar")
    _one_line(refused.stderr, "CLOTHINGLINE_ORDERS__PAYMENT_MINUTES")
    assert refused.returncode == 1


def test_a_schema_that_is_too_old_names_the_command_that_helps(
    tmp_path: Path, server: Server, database_name: str
) -> None:
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    refused = run(tmp_path, "worker", CLOTHINGLINE_DATABASE__URL=server.url(database_name))
    _one_line(refused.stderr, "clothingline db upgrade")
    assert refused.returncode == 1


def test_migrations_never_run_as_the_role_of_the_service(tmp_path: Path, server: Server, database_name: str) -> None:
    url = server.url(database_name, user="clothingline_app")
    refused = run(tmp_path, "db", "upgrade", CLOTHINGLINE_DATABASE__URL=url)
    _one_line(refused.stderr, "clothingline_app")
    assert refused.returncode == 1


def test_an_unknown_option_ends_with_2(tmp_path: Path) -> None:
    assert run(tmp_path, "db", "status", "--sekarang").returncode == 2


def _one_line(said: str, word: str) -> None:
    [line] = said.splitlines()
    assert line.startswith("Kesalahan: ")
    assert " / " in line
    assert word in line
