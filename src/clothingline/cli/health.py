"""What `doctor` looks at. A check never raises: what goes wrong is its finding."""

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final, LiteralString

import psycopg

from clothingline import invariants
from clothingline.cli import chain, installation
from clothingline.cli.exits import Stop
from clothingline.kit import db
from clothingline.kit.http.health import head
from clothingline.kit.migrating import STANDS_AT
from clothingline.settings import Settings

OLDEST_PYTHON: Final = (3, 11)
ALIVE_SECONDS: Final = 30
PATIENCE_SECONDS: Final = 60
_ROLE = "SELECT current_user, pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = 'public.event'::regclass"
_HEARTBEAT = "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM jobs.procrastinate_workers"
_QUEUE = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(event.at)), 0)::int
      FROM jobs.procrastinate_jobs AS job
      LEFT JOIN jobs.procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
     WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
_FAILED = """
    SELECT job.task_name, coalesce(why.cause, '?'), count(*)
      FROM jobs.procrastinate_jobs AS job LEFT JOIN job_failure AS why ON why.job_id = job.id
     WHERE job.status = 'failed' GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 5
"""
_LEDGER = "SELECT currency, sum(amount) FROM ledger_entry GROUP BY currency HAVING sum(amount) <> 0"
_ALARMS = "SELECT name, subject, since::date FROM alarm WHERE cleared_at IS NULL ORDER BY since LIMIT 5"


@dataclass(frozen=True)
class Finding:
    """One check, whether it is well, and what was seen."""

    check: str
    ok: bool
    detail: str


Connection = psycopg.Connection[tuple[Any, ...]]
Check = Callable[[Settings, Connection], tuple[bool, str]]


def examine_all() -> list[Finding]:
    """Every check, in the order in which they build on each other; without a database there are fewer."""
    findings = [_python()]
    try:
        chosen = installation.read_settings()
    except Stop as stop:
        return [*findings, Finding("settings", False, str(stop))]
    return [*findings, Finding("settings", True, chosen.environment), _files(chosen), _help(chosen), *_database(chosen)]


def _python() -> Finding:
    return Finding("python", sys.version_info >= OLDEST_PYTHON, platform.python_version())


def _files(chosen: Settings) -> Finding:
    if chosen.files:
        return Finding("files", True, chosen.files)
    folder = chosen.home / "files"
    try:
        _write_into(folder)
    except OSError as error:
        return Finding("files", False, f"{folder}: {error.strerror}")
    return Finding("files", True, str(folder))


def _write_into(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        file.write(b".")


def _help(chosen: Settings) -> Finding:
    missing = "CLOTHINGLINE_HELP_WHATSAPP belum diisi / is not set"
    return Finding("help", bool(chosen.help_number), chosen.help_number or missing)


def _database(chosen: Settings) -> Iterator[Finding]:
    try:
        with installation.opened(chosen) as opened, psycopg.connect(_as_service(opened), autocommit=True) as connection:
            version = connection.info.server_version // 10_000
            yield Finding("database", True, f"PostgreSQL {version}, {'embedded' if opened.embedded else 'external'}")
            yield from _rows(chosen, connection)
    except (Stop, psycopg.Error) as error:
        yield Finding("database", False, " ".join(str(error).split()))


def _as_service(opened: installation.Installation) -> str:
    options = installation.limits(opened.settings).options
    return psycopg.conninfo.make_conninfo(db.libpq(opened.url), options=options)


def _rows(chosen: Settings, connection: Connection) -> Iterator[Finding]:
    checks: dict[str, Check] = {
        "schema": _schema,
        "role": _role,
        "clock": _clock,
        "worker": _worker,
        "queue": _queue,
        "jobs": _jobs,
        "ledger": _ledger,
        "ledger_chain": _ledger_chain,
        "invariants": _invariants,
        "alarms": _alarms,
    }
    for name, check in checks.items():
        try:
            yield Finding(name, *check(chosen, connection))
        except psycopg.Error as error:
            yield Finding(name, False, " ".join(str(error).split()))


def _schema(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    newest, (found,) = head(), _first(connection, STANDS_AT)
    return found == newest, f"{found} ({newest})"


def _first(connection: Connection, query: LiteralString) -> tuple[Any, ...]:
    """The one row of a query that always has one. Raises `psycopg.ProgrammingError` when it has none."""
    row = connection.execute(query).fetchone()
    if row is None:
        raise psycopg.ProgrammingError("tidak ada baris / no row")
    return row


def _role(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    role, owns = _first(connection, _ROLE)
    return role == chosen.database.app_role and not owns, f"{role}{', pemilik tabel / owns tables' if owns else ''}"


def _clock(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    ahead, movable = _first(connection, "SELECT ahead, movable FROM clock_offset")
    wrong = chosen.environment == "production" and (ahead or movable)
    return not wrong, f"+{ahead}"


def _worker(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    (seconds,) = _first(connection, _HEARTBEAT)
    if seconds is not None and seconds <= ALIVE_SECONDS:
        return True, f"{seconds} s"
    waiting, _oldest = _first(connection, _QUEUE)
    return waiting == 0 and chosen.environment != "production", "tidak ada / none"


def _queue(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    waiting, oldest = _first(connection, _QUEUE)
    return oldest <= PATIENCE_SECONDS, f"{waiting} menunggu / waiting, {oldest} s"


def _jobs(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    failed = connection.execute(_FAILED).fetchall()
    return not failed, "; ".join(f"{number} × {task}: {cause}" for task, cause, number in failed) or "0"


def _ledger(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    wrong = connection.execute(_LEDGER).fetchall()
    return not wrong, ", ".join(f"{currency} {amount}" for currency, amount in wrong) or "0"


def _ledger_chain(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    newest = chain.newest(connection)
    broken = chain.first_fault(connection, since=max(newest.place - chain.PAGE, 0), until=newest.place)
    return broken is None, str(broken or newest)


def _invariants(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    with connection.transaction():
        connection.execute(invariants.PATIENCE)
        found = invariants.gather(connection.execute(invariants.together(invariants.statements())))
    said = "; ".join(f"{says}: {rows[0]}" for says, rows in found.items())
    return not found, said or str(len(invariants.statements()))


def _alarms(chosen: Settings, connection: Connection) -> tuple[bool, str]:
    standing = connection.execute(_ALARMS).fetchall()
    return not standing, "; ".join(f"{name} {subject} ({since})" for name, subject, since in standing) or "0"
