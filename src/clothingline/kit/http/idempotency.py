"""Idempotency keys: the answer of a mutation is stored in the mutation's own transaction and replayed to a repeat.

A refused or failed request leaves no trace, so it may be repeated with the same key. A repeat that arrives while the first is
still running finds its advisory lock taken.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from sqlalchemy import LargeBinary, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base
from clothingline.kit.errors import Conflict, Refusal

HEADER = "Idempotency-Key"
LONGEST = 255
SECRET = "secret"


class IdempotencyKeyMissing(Refusal):
    """Kepala `Idempotency-Key` belum ada. Kirim satu nilai acak untuk setiap perbuatan, dan nilai yang sama bila mengulang.

    en: The header `Idempotency-Key` is missing. Send one random value for each act, and the same value when you repeat it.
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
    """Permintaan ini sudah dijalankan, tetapi jawabannya rahasia dan tidak disimpan. Bila hilang, minta lagi dengan kunci baru.

    en: This request was carried out, but its answer was secret and is not kept. If you lost it, ask again with a new key.
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


async def claim(session: AsyncSession, request: Request, *, principal: str) -> Claim:
    """Take the key of this request. Raises `IdempotencyKeyMissing` or `IdempotencyInProgress`."""
    key = request.headers.get(HEADER, "")
    if not key or len(key) > LONGEST:
        raise IdempotencyKeyMissing
    taken = Claim(principal, key, await _fingerprint(request))
    free = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    if not (await session.execute(free, {"name": f"{principal} {key}"})).scalar_one():
        raise IdempotencyInProgress
    return taken


async def _fingerprint(request: Request) -> bytes:
    said = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(said + await request.body()).digest()


async def find_answer(session: AsyncSession, taken: Claim) -> Response | None:
    """The stored answer of an earlier request with this key.

    Raises `IdempotencyKeyReused` for another body, and `AnswerNotKept` where the answer was a secret.
    """
    stored = await session.get(IdempotencyKey, (taken.principal, taken.key))
    if stored is None:
        return None
    if stored.fingerprint != taken.fingerprint:
        raise IdempotencyKeyReused
    if stored.headers.get(SECRET):
        raise AnswerNotKept
    return Response(stored.body, stored.status, {**stored.headers, "Idempotent-Replayed": "true"})


async def remember(session: AsyncSession, taken: Claim, response: Response, *, secret: bool = False) -> None:
    """Store the answer, or that it was `secret`, beside the change.

    Raises `IdempotencyInProgress` when another request was faster.
    """
    shown = {name: value for name, value in response.headers.items() if name != "content-length"}
    row = IdempotencyKey(
        principal=taken.principal,
        key=taken.key,
        fingerprint=taken.fingerprint,
        status=response.status_code,
        headers={SECRET: True} if secret else shown,
        body=b"" if secret else bytes(response.body),
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        if "pk_idempotency_key" not in str(error):
            raise
        raise IdempotencyInProgress from error
