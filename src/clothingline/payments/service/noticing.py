"""Notices of the provider: verify the raw bytes, store, acknowledge. What they say is asked again at the provider."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import signing
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.payments.errors import NoticeNotSigned
from clothingline.payments.events import PaymentNoticed
from clothingline.payments.models import ProviderNotice


def verify_notice(*, notice: str, timestamp: str, signatures: str, body: bytes, now: int) -> None:
    """Check the signature over the raw bytes; `now` in seconds of the real clock. Raises `NoticeNotSigned`."""
    secret = signing.shared_secret()
    try:
        signing.verify(secret, notice=notice, timestamp=timestamp, signatures=signatures, body=body, now=now)
    except signing.NotSigned as error:
        raise NoticeNotSigned from error


async def keep_notice(
    session: AsyncSession, *, notice: str, charge: str, body: dict[str, Any], signatures: str
) -> bool:
    """Store a verified notice once; False for one that was received before."""
    statement = (
        insert(ProviderNotice)
        .values(id=new_id(), notice=notice, charge=charge, body=body, signature=signatures.encode())
        .on_conflict_do_nothing(index_elements=["notice"])
        .returning(ProviderNotice.id)
    )
    kept = await session.scalar(statement)
    if kept is not None:
        await emit(session, PaymentNoticed(kept))
    return kept is not None
