"""Opens the database that an installation means: the one of its URL, or the embedded server under its home.

Everything that may be wrong with it is said in one line, as `Stop`.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg import errors, sql
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from clothingline.cli.exits import Stop
from clothingline.kit import db, failpoints, migrating
from clothingline.kit.db.embedded import EmbeddedServerError, Lease, acquire
from clothingline.kit.http.health import head
from clothingline.settings import Settings, settings

NAME: Final = "clothingline"
UPGRADE_LOCK: Final = 0x636C6F7468  # any number, the same for everybody who migrates
CONNECT_SECONDS: Final = 3


@dataclass(frozen=True)
class Installation:
    """A database that answers. `url` is the address of the schema's owner; `lease` is held for the embedded server."""

    settings: Settings
    url: str
    lease: Lease | None

    @property
    def embedded(self) -> bool:
        """Whether the server is our own."""
        return self.lease is not None

    @property
    def may_play(self) -> bool:
        """Whether this is a development database of our own, which is migrated and seeded unasked."""
        return self.embedded and self.settings.environment != "production"

    def use(self) -> db.Database:
        """Make it the database of this process, as the role of the service, which owns nothing."""
        return db.use(db.Database(self.url, limits(self.settings)))


def limits(chosen: Settings) -> db.Limits:
    """What a connection of the service may take."""
    wished = chosen.database
    return db.Limits(
        statement=wished.statement_timeout,
        idle=wished.idle_timeout,
        role=wished.app_role,
        pool_size=wished.pool_size,
        pool_patience=wished.pool_timeout_seconds,
    )


def read_settings() -> Settings:
    """The settings of this process. Raises `Stop` for a variable that cannot be read or a secret that is missing."""
    try:
        chosen = settings()
    except ValidationError as error:
        names = ", ".join(_variable(one["loc"]) for one in error.errors())
        raise Stop(f"periksa nilai {names}.", f"check the value of {names}.") from error
    if missing := _missing(chosen):
        raise Stop(f"{missing} belum diisi.", f"{missing} is not set, and is needed.")
    if chosen.environment == "production":
        _refuse_trials(chosen)
        _refuse_open_ways(chosen.public_url)
    return chosen


def _refuse_trials(chosen: Settings) -> None:
    """Production takes nothing that is meant for trying out. Raises `Stop`."""
    key = chosen.payments.stripe_key.get_secret_value()
    if chosen.payments.provider == "stripe" and "_test_" in key:
        name = _variable(("payments", "stripe_key"))
        raise Stop(f"{name} adalah kunci uji; produksi menolaknya.", f"{name} is a test key; production refuses it.")
    if os.environ.get(failpoints.VARIABLE):
        name = failpoints.VARIABLE
        raise Stop(f"{name} hanya untuk mencoba; produksi menolaknya.", f"{name} is for trials; production refuses it.")
    if chosen.notices.reach_private:
        name = _variable(("notices", "reach_private"))
        raise Stop(f"{name} hanya untuk mencoba; produksi menolaknya.", f"{name} is for trials; production refuses it.")


def _refuse_open_ways(address: str) -> None:
    """Production is reached encrypted, unless nobody but this machine reaches it. Raises `Stop`."""
    parts, name = urlsplit(address), _variable(("public_url",))
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))
    if not (safe and parts.netloc) or parts.path or parts.query:
        raise Stop(f"{name} harus https://nama, tanpa jalur.", f"{name} must be https://name, without a path.")


def _variable(path: tuple[int | str, ...]) -> str:
    return "CLOTHINGLINE_" + "__".join(str(part) for part in path).upper()


def _missing(chosen: Settings) -> str:
    wanted = _production(chosen) if chosen.environment == "production" else {}
    if chosen.payments.provider == "stripe":
        wanted["CLOTHINGLINE_PAYMENTS__STRIPE_KEY"] = chosen.payments.stripe_key.get_secret_value()
        wanted["CLOTHINGLINE_PAYMENTS__STRIPE_NOTICE_SECRET"] = chosen.payments.stripe_notice_secret.get_secret_value()
    return ", ".join(name for name, value in wanted.items() if not value)


def _production(chosen: Settings) -> dict[str, str]:
    provider = chosen.payments.provider
    return {
        "CLOTHINGLINE_PUBLIC_URL": chosen.public_url if "public_url" in chosen.model_fields_set else "",
        "CLOTHINGLINE_SECRET": chosen.secret.get_secret_value(),
        "CLOTHINGLINE_MESSAGING__URL": chosen.messaging.url,
        "CLOTHINGLINE_PAYMENTS__PROVIDER": "" if provider == "fake" else provider,
    }


@contextmanager
def opened(chosen: Settings) -> Iterator[Installation]:
    """The installation's database for the time of a block; the embedded server is brought up to date first."""
    if chosen.database.url:
        url = address(chosen.database.url)
        _reach(url)
        yield Installation(chosen, url, None)
        return
    with _embedded(chosen) as lease:
        url = lease.server.url(NAME)
        bring_up_to_date(chosen, url)
        yield Installation(chosen, url, lease)


def address(text: str) -> str:
    """The URL with the driver that is used. Raises `Stop` for anything that is no PostgreSQL URL."""
    try:
        found = make_url(text)
    except ArgumentError as error:
        raise _wrong_url() from error
    if found.get_backend_name() not in ("postgresql", "postgres") or not found.database:
        raise _wrong_url()
    return found.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _wrong_url() -> Stop:
    form = "postgresql+psycopg://user:password@host:5432/clothingline"
    return Stop(f"CLOTHINGLINE_DATABASE__URL bukan alamat PostgreSQL ({form}).", f"it is no PostgreSQL URL ({form}).")


def _reach(url: str) -> None:
    try:
        psycopg.connect(db.libpq(url), connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as error:
        where = make_url(url).render_as_string(hide_password=True)
        why = (str(error).strip().splitlines() or ["?"])[0]
        raise Stop(f"basis data {where} tidak terjangkau: {why}", "the database cannot be reached.") from error


@contextmanager
def _embedded(chosen: Settings) -> Iterator[Lease]:
    try:
        lease = acquire(server_folder(chosen))
    except EmbeddedServerError as error:
        raise Stop(error.indonesian, error.english) from error
    with lease:
        _create(lease)
        yield lease


def server_folder(chosen: Settings) -> Path:
    """Where the embedded server keeps everything."""
    return chosen.home / "postgres"


def _create(lease: Lease) -> None:
    with psycopg.connect(lease.server.dsn(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            return  # another process was faster


def bring_up_to_date(chosen: Settings, url: str) -> None:
    """Apply missing migrations as the owner of the schema and settle what the code knows; one process at a time.

    Raises `Stop` when the address belongs to the role of the service, which must own nothing.
    """
    with psycopg.connect(db.libpq(url), autocommit=True) as held:
        _refuse_the_service(held, chosen.database.app_role)
        held.execute("SELECT pg_advisory_lock(%s)", (UPGRADE_LOCK,))
        try:
            migrating.upgrade(url)
        except migrating.MigrationsMissing as error:
            raise Stop(str(error), "the folder `migrations` was not found; run this from the repository.") from error
        asyncio.run(migrating.settle(url, clock_movable=chosen.environment != "production"))


def _refuse_the_service(connection: psycopg.Connection, role: str) -> None:
    row = connection.execute("SELECT current_user").fetchone()
    if row is not None and row[0] == role:
        raise Stop(
            f"migrasi tidak boleh berjalan sebagai {role}; pakai alamat pemilik skema.",
            f"migrations may not run as {role}; use the address of the schema's owner.",
        )


def require_newest_schema(url: str) -> None:
    """Raise `Stop` when the schema is not the one that this package was written for."""
    found, newest = schema_version(url), head()
    if found != newest:
        raise Stop(
            f"skema basis data {found or 'kosong'}, paket ini memerlukan {newest}; jalankan `clothingline db upgrade`.",
            f"the schema is at {found or 'nothing'}, this package needs {newest}; run `clothingline db upgrade`.",
        )


def schema_version(url: str) -> str | None:
    """The migration at which a database stands, None before the first."""
    with psycopg.connect(db.libpq(url), connect_timeout=CONNECT_SECONDS) as connection:
        try:
            row = connection.execute(migrating.STANDS_AT).fetchone()
        except errors.UndefinedTable:
            return None
    return str(row[0]) if row else None
