"""Notices of the provider: verify the raw bytes, store, acknowledge. What they say is asked again at the provider."""

from collections.abc import Mapping
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.kit import alarms
from clothingline.kit.events import Happening, emit
from clothingline.kit.ids import new_id, show
from clothingline.payments.errors import NoticeNotSigned
from clothingline.payments.events import NoticeQuarantined, PaymentNoticed, PayoutNoticed
from clothingline.payments.models import NoticeVerdict, ProviderNotice

log = structlog.get_logger("payments")
QUARANTINED = Counter("payment_notices_quarantined_total", "Genuine notices that fit no payment, by reason", ["reason"])
OURS = ("charge", "refund", "dispute")
THEIRS = ("transfer", "payout", "payee")
UNHEEDED = "other"
"""Kind of an object that no house looks at: its notices are kept, and nothing follows."""


def read_notice(headers: Mapping[str, str], body: bytes, now: int) -> providers.Told:
    """What a notice is about, its signature checked over the raw bytes; `now` in seconds of the real clock.

    Raises `NoticeNotSigned`.
    """
    try:
        return providers.current().read_notice(headers, body, now)
    except providers.NotSigned as error:
        raise NoticeNotSigned from error


async def keep_notice(session: AsyncSession, told: providers.Told, *, signature: bytes) -> bool:
    """Store a verified notice once; False for one that was received before."""
    kind = told.object_kind or UNHEEDED
    statement = (
        insert(ProviderNotice)
        .values(
            id=new_id(),
            notice=told.notice,
            provider=providers.current().name,
            object_kind=kind,
            object=told.object,
            account=told.account,
            livemode=told.livemode,
            body=told.body,
            signature=signature,
        )
        .on_conflict_do_nothing(index_elements=["notice"])
        .returning(ProviderNotice.id)
    )
    kept = await session.scalar(statement)
    if kept is not None and (happening := _said_of(kind, kept)) is not None:
        await emit(session, happening)
    return kept is not None


def _said_of(kind: str, notice_id: UUID) -> Happening | None:
    if kind in OURS:
        return PaymentNoticed(notice_id)
    return PayoutNoticed(notice_id) if kind in THEIRS else None


async def quarantine(session: AsyncSession, *, notice_id: UUID, reason: str) -> str:
    """A genuine notice that fits nothing: keep why, sound the alarm, pay nothing."""
    if await decide(session, notice_id, "quarantined", reason=reason):
        await emit(session, NoticeQuarantined(notice_id))
        await sound(session, "notice_quarantined", show("ntc", notice_id), reason)
    return "quarantined"


async def sound(session: AsyncSession, name: str, subject: str, reason: str) -> str:
    """Count what does not fit, and call a person."""
    QUARANTINED.labels(reason).inc()
    log.error("does not fit", name=name, subject=subject, reason=reason)
    await alarms.sound(session, name=name, subject=subject, detail={"reason": reason})
    return "quarantined"


async def decide(
    session: AsyncSession,
    notice_id: UUID,
    verdict: str,
    *,
    payment_id: UUID | None = None,
    subject: tuple[str, UUID] | None = None,
    reason: str | None = None,
) -> bool:
    """Write down what came of a notice; False when that was known. `subject`: kind and id of our row."""
    subject_type, subject_id = subject or (None, None)
    statement = (
        insert(NoticeVerdict)
        .values(
            id=new_id(),
            notice_id=notice_id,
            payment_id=payment_id,
            subject_type=subject_type,
            subject_id=subject_id,
            verdict=verdict,
            reason=reason,
        )
        .on_conflict_do_nothing(index_elements=["notice_id"])
        .returning(NoticeVerdict.id)
    )
    return await session.scalar(statement) is not None
