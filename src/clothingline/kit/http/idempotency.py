"""Idempotency keys: the answer of a mutation is stored in the mutation's own transaction and replayed to a repeat.

A refused or failed request leaves no trace, so it may be repeated with the same key. A repeat that arrives while the
first is still running finds its advisory lock taken.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from psycopg import AsyncConnection, AsyncCursor
from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb
from sqlalchemy import LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, with_commit
from clothingline.kit.errors import Conflict, Refusal

HEADER = "Idempotency-Key"
LONGEST = 255
SECRET = "secret"  # noqa: S105  # the name of a mark, no secret


class IdempotencyKeyMissing(Refusal):
    """Kepala `Idempotency-Key` belum ada. Kirim nilai acak untuk setiap perbuatan, nilai yang sama bila mengulang.

    en: The header `Idempotency-Key` is missing. Send a random value for each act, and the same value to repeat it.
    """


class IdempotencyKeyReused(Refusal):
    """Kunci ini sudah dipakai untuk permintaan lain. Pakai nilai baru.

    en: This key was used for another request. Use a new value.
    """

    status = 422


class IdempotencyInProgress(Conflict):
    """Permintaan pertama dengan kunci ini masih berjalan. Tunggu sebentar, lalu ulangi.

    en: The first request with this key is still running. Wait a moment, then repeat.
    """

    retryable = True


class AnswerNotKept(Conflict):
    """Permintaan ini sudah dijalankan; jawabannya rahasia dan tidak disimpan. Hilang? Minta lagi dengan kunci baru.

    en: This request was carried out, but its answer was secret and is not kept. Lost? Ask again with a new key.
    """


class IdempotencyKey(Base):
    """One stored answer; kept 30 days. Of a secret answer only its status is stored."""

    __tablename__ = "idempotency_key"
    principal: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=business_time(), index=True)


@dataclass(frozen=True)
class Claim:
    """The right to carry out one mutation once."""

    principal: str
    key: str
    fingerprint: bytes


# Whether a key is ours, the time at which it was taken, and the answer that is stored under it (else NULLs).
Found = AsyncCursor[Any]

# Whose key it is: the account that the question before has found, else the address that asks.
_TAKE = "SELECT held, at, fingerprint, status, headers, body FROM take_key(%s, %s)"
_KEEP = """
    INSERT INTO idempotency_key (principal, key, fingerprint, status, headers, body) VALUES (%s, %s, %s, %s, %s, %s)
"""


def key_of(request: Request) -> str | None:
    """The key that a request carries, if it carries a sane one: in its header, or in the form that came with it."""
    key = getattr(request.state, "key", None) or request.headers.get(HEADER, "")
    return key if 0 < len(key) <= LONGEST and "\0" not in key else None


async def look(connection: AsyncConnection, host: str, key: str) -> Found:
    """Take the lock of a key and look for its answer, on a connection in pipeline mode whose caller is known."""
    return await connection.execute(_TAKE, (host, key))


async def claim(
    request: Request, principal: str, key: str | None, found: Found | None
) -> tuple[Claim, Response | None]:
    """The key of this request, and the answer that is stored under it, if any; `request.state.now` is set.

    Raises `IdempotencyKeyMissing`, `IdempotencyInProgress`, `IdempotencyKeyReused` for another body, and
    `AnswerNotKept` where the answer was a secret.
    """
    row = await found.fetchone() if found else None
    if key is None or row is None:
        raise IdempotencyKeyMissing
    held, request.state.now, *stored = row
    if not held:
        raise IdempotencyInProgress
    taken = Claim(principal, key, await _fingerprint(request))
    return taken, _replayed(taken, *stored)


async def _fingerprint(request: Request) -> bytes:
    """The same for the same request; a form, which a browser packs anew each time, brings its own of the content."""
    path, query = request.scope["path"], request.scope["query_string"]
    said = f"{request.method} {path}?".encode() + query + b"\n"
    content = getattr(request.state, "fingerprint", None) or await request.body()
    return hashlib.sha256(said + content).digest()


def _replayed(
    taken: Claim, fingerprint: bytes | None, status: int, headers: dict[str, Any], body: bytes
) -> Response | None:
    if fingerprint is None:
        return None
    if fingerprint != taken.fingerprint:
        raise IdempotencyKeyReused
    if headers.get(SECRET):
        raise AnswerNotKept
    return Response(body, status, {**headers, "Idempotent-Replayed": "true"})


async def remember(session: AsyncSession, taken: Claim, response: Response, *, secret: bool = False) -> None:
    """Store the answer, or that it was `secret`, together with the commit of the change."""
    shown = {name: value for name, value in response.headers.items() if name != "content-length"}
    headers, body = ({SECRET: True}, b"") if secret else (shown, bytes(response.body))
    row = (taken.principal, taken.key, taken.fingerprint, response.status_code, Jsonb(headers), body)
    await with_commit(session, _KEEP, row)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Raises `IdempotencyInProgress` where another request has stored its answer under the same key first."""
    try:
        yield
    except UniqueViolation as error:
        if error.diag.table_name != IdempotencyKey.__tablename__:
            raise
        raise IdempotencyInProgress from error
