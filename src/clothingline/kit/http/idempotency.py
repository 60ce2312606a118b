"""Idempotency keys: the answer of a mutation is stored in the mutation's own transaction and replayed to a repeat.

A refused or failed request leaves no trace, so it may be repeated with the same key. A repeat that arrives while the
first is still running finds its advisory lock taken.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb
from sqlalchemy import LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, raw_connection
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


_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
_FIND = "SELECT fingerprint, status, headers, body FROM idempotency_key WHERE principal = %s AND key = %s"
_NOW = "SELECT business_now()"
_KEEP = """
    INSERT INTO idempotency_key (principal, key, fingerprint, status, headers, body) VALUES (%s, %s, %s, %s, %s, %s)
"""


async def claim(session: AsyncSession, request: Request, *, principal: str) -> tuple[Claim, Response | None]:
    """Take the key of this request, and the answer that is stored under it, if any; `request.state.now` is set.

    Raises `IdempotencyKeyMissing`, `IdempotencyInProgress`, `IdempotencyKeyReused` for another body, and
    `AnswerNotKept` where the answer was a secret.
    """
    key = request.headers.get(HEADER, "")
    if not 0 < len(key) <= LONGEST or "\0" in key:
        raise IdempotencyKeyMissing
    taken = Claim(principal, key, await _fingerprint(request))
    connection = await raw_connection(session)
    # One trip, yet three statements with a snapshot each: the stored answer is looked for after the lock is held.
    async with connection.pipeline():
        lock = await connection.execute(_LOCK, (f"{principal} {key}",))
        stored = await connection.execute(_FIND, (principal, key))
        now = await connection.execute(_NOW)
    if await lock.fetchone() != (True,):
        raise IdempotencyInProgress
    (request.state.now,) = await now.fetchone() or ()
    return taken, _replayed(taken, await stored.fetchone())


async def _fingerprint(request: Request) -> bytes:
    said = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(said + await request.body()).digest()


def _replayed(taken: Claim, stored: tuple[Any, ...] | None) -> Response | None:
    if stored is None:
        return None
    fingerprint, status, headers, body = stored
    if fingerprint != taken.fingerprint:
        raise IdempotencyKeyReused
    if headers.get(SECRET):
        raise AnswerNotKept
    return Response(body, status, {**headers, "Idempotent-Replayed": "true"})


async def remember(session: AsyncSession, taken: Claim, response: Response, *, secret: bool = False) -> None:
    """Store the answer, or that it was `secret`, beside the change.

    Raises `IdempotencyInProgress` when another request was faster.
    """
    await session.flush()
    connection = await raw_connection(session)
    shown = {name: value for name, value in response.headers.items() if name != "content-length"}
    headers, body = ({SECRET: True}, b"") if secret else (shown, bytes(response.body))
    row = (taken.principal, taken.key, taken.fingerprint, response.status_code, Jsonb(headers), body)
    try:
        await connection.execute(_KEEP, row)
    except UniqueViolation as error:
        raise IdempotencyInProgress from error
