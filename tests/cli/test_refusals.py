"""What is wrong with an installation is said in one line, in Indonesian and in English, and ends with 1."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from clothingline.cli import installation
from clothingline.cli.exits import FAILED, Stop
from clothingline.kit.db.embedded import Server
from clothingline.settings import DatabaseSettings, Settings
from tests.cli.command import run

PRODUCTION = {
    "CLOTHINGLINE_ENVIRONMENT": "production",
    "CLOTHINGLINE_PUBLIC_URL": "https://baju.example",
    "CLOTHINGLINE_MESSAGING__URL": "https://pesan.example/kirim",
    "CLOTHINGLINE_PAYMENTS__PROVIDER": "stripe",
    "CLOTHINGLINE_PAYMENTS__STRIPE_KEY": "sk_live_contoh",
    "CLOTHINGLINE_PAYMENTS__STRIPE_NOTICE_SECRET": "whsec_contoh",
}


@pytest.mark.parametrize("url", ["mysql://orang@mesin/toko", "bukan alamat", "postgresql://mesin"])
def test_a_wrong_database_url_is_named_with_the_form_that_it_should_have(url: str) -> None:
    _refused(lambda: installation.address(url), "CLOTHINGLINE_DATABASE__URL", "postgresql+psycopg://")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    chosen = Settings(database=DatabaseSettings(url="postgresql+psycopg://orang:kata-sandi@127.0.0.1:1/toko"))
    said = _refused(lambda: installation.opened(chosen).__enter__(), "orang:***@127.0.0.1:1")
    assert "kata-sandi" not in said


def test_a_schema_that_is_too_old_names_the_command_that_helps(server: Server, database_name: str) -> None:
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    _refused(lambda: installation.require_newest_schema(server.url(database_name)), "clothingline db upgrade")


def test_a_database_without_a_schema_is_refused_as_well(server: Server) -> None:
    _refused(lambda: installation.require_newest_schema(server.url("postgres")), "clothingline db upgrade")


def test_migrations_never_run_as_the_role_of_the_service(server: Server, database_name: str) -> None:
    url = server.url(database_name, user="clothingline_app")
    _refused(lambda: installation.bring_up_to_date(Settings(), url), "clothingline_app")


def test_a_port_that_is_taken_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run(tmp_path, "serve", "--port", port)
        named = run(tmp_path, "serve", CLOTHINGLINE_PORT=port)
    _one_line(refused.stderr, "--port", "CLOTHINGLINE_PORT=8010 make run")
    assert (refused.returncode, named.returncode, named.stderr) == (1, 1, refused.stderr)
    assert not (tmp_path / "postgres").exists()


def test_production_without_its_secret_does_not_start(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--port", "0", **PRODUCTION)
    _one_line(refused.stderr, "CLOTHINGLINE_SECRET")
    assert refused.returncode == 1


@pytest.mark.parametrize(
    "public", [None, "http://baju.example", "baju.example", "https://", "https://baju.example/toko"]
)
def test_production_starts_only_with_the_encrypted_address_that_people_type(tmp_path: Path, public: str | None) -> None:
    chosen = {**PRODUCTION, "CLOTHINGLINE_SECRET": "rahasia", "CLOTHINGLINE_PUBLIC_URL": public}
    said = {name: value for name, value in chosen.items() if value is not None}
    _one_line(run(tmp_path, "serve", "--port", "0", **said).stderr, "CLOTHINGLINE_PUBLIC_URL")


def test_production_does_not_start_on_the_provider_that_moves_no_money(tmp_path: Path) -> None:
    chosen = {**PRODUCTION, "CLOTHINGLINE_SECRET": "rahasia", "CLOTHINGLINE_PAYMENTS__PROVIDER": "fake"}
    _one_line(run(tmp_path, "serve", "--port", "0", **chosen).stderr, "CLOTHINGLINE_PAYMENTS__PROVIDER")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLOTHINGLINE_PAYMENTS__STRIPE_KEY", "sk_test_contoh"),
        ("CLOTHINGLINE_FAILPOINTS", "payouts.send:paid=kill"),
        ("CLOTHINGLINE_NOTICES__REACH_PRIVATE", "true"),
    ],
)
def test_production_does_not_start_with_what_is_for_trials(tmp_path: Path, name: str, value: str) -> None:
    refused = run(tmp_path, "serve", "--port", "0", **{**PRODUCTION, "CLOTHINGLINE_SECRET": "rahasia", name: value})
    _one_line(refused.stderr, name)
    assert refused.returncode == 1


@pytest.mark.parametrize("name", ["STRIPE_KEY", "STRIPE_NOTICE_SECRET"])
def test_stripe_is_not_used_without_its_key_or_the_secret_of_its_notices(tmp_path: Path, name: str) -> None:
    chosen = {key: value for key, value in PRODUCTION.items() if not key.endswith((name, "ENVIRONMENT"))}
    _one_line(run(tmp_path, "serve", "--port", "0", **chosen).stderr, f"CLOTHINGLINE_PAYMENTS__{name}")


def test_the_doctor_says_that_nobody_is_named_whom_people_could_ask_for_help(tmp_path: Path) -> None:
    nowhere = {"CLOTHINGLINE_SECRET": "rahasia", "CLOTHINGLINE_DATABASE__URL": "postgresql+psycopg://a@127.0.0.1:1/a"}
    for number, said in (
        (None, r"^help\ttidak\t.*CLOTHINGLINE_HELP_WHATSAPP"),
        ("+6281100001111", r"^help\tya\t\+62811"),
    ):
        named = {"CLOTHINGLINE_HELP_WHATSAPP": number} if number else {}
        examined = run(tmp_path, "doctor", "--plain", **PRODUCTION, **nowhere, **named)
        assert re.search(said, examined.stdout, re.MULTILINE), examined.stdout


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", CLOTHINGLINE_ORDERS__PAYMENT_MINUTES="sebentar")
    _one_line(refused.stderr, "CLOTHINGLINE_ORDERS__PAYMENT_MINUTES")
    assert refused.returncode == 1


def test_an_unknown_option_ends_with_2(tmp_path: Path) -> None:
    assert run(tmp_path, "db", "status", "--sekarang").returncode == 2


def _refused(act: Callable[[], object], *words: str) -> str:
    with pytest.raises(Stop) as stopped:
        act()
    _one_line(str(stopped.value), *words)
    assert stopped.value.code == FAILED
    return str(stopped.value)


def _one_line(said: str, *words: str) -> None:
    [line] = said.splitlines()
    assert line.startswith("Kesalahan: ")
    assert " / " in line
    assert all(word in line for word in words)
