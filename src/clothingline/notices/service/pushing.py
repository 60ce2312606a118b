"""Browsers that take messages while they are closed: which they are, and whether they still are."""

import base64
import binascii
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import DeviceSession, RoleHeld
from clothingline.kit import outgoing
from clothingline.kit.clock import business_time
from clothingline.kit.errors import Invalid
from clothingline.kit.ids import new_id
from clothingline.notices.models import PushTarget

POINT_BYTES, SECRET_BYTES = 65, 16


async def keep_target(
    session: AsyncSession, *, account_id: UUID, session_id: UUID, endpoint: str, public: str, secret: str, private: bool
) -> None:
    """From now on this browser is told; the same address again is the same browser, whoever has it now.

    `public` and `secret` are base64url, as a browser says them. Raises `Invalid` for an address to which nothing is
    sent (`private` lets through those of this machine), and for keys that are none.
    """
    try:
        outgoing.read(endpoint, private=private)
    except outgoing.Forbidden as error:
        raise _wrong("/endpoint") from error
    keys = {"public": _bytes(public, POINT_BYTES, "/p256dh"), "secret": _bytes(secret, SECRET_BYTES, "/auth")}
    row = {"account_id": account_id, "session_id": session_id, **keys}
    statement = insert(PushTarget).values(id=new_id(), endpoint=endpoint, **row)
    await session.execute(statement.on_conflict_do_update(index_elements=["endpoint"], set_=row))


def _bytes(said: str, length: int, pointer: str) -> bytes:
    try:
        found = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
    except (binascii.Error, ValueError) as error:
        raise _wrong(pointer) from error
    if len(found) != length:
        raise _wrong(pointer)
    return found


def _wrong(pointer: str) -> Invalid:
    return Invalid(pointer, "Nyalakan kabar sekali lagi dari HP ini.", "Turn notifications on again on this phone.")


async def list_targets(session: AsyncSession, organisation_id: UUID) -> Sequence[PushTarget]:
    """Browsers of the people of an organisation, on devices that are still signed in."""
    signed_in = (DeviceSession.revoked_at.is_(None), DeviceSession.expires_at > business_time())
    people = select(RoleHeld.account_id).where(RoleHeld.organisation_id == organisation_id)
    query = select(PushTarget).join(DeviceSession, DeviceSession.id == PushTarget.session_id)
    return (await session.scalars(query.where(PushTarget.account_id.in_(people), *signed_in))).all()


async def drop_targets(session: AsyncSession, gone: Collection[UUID]) -> None:
    """Forget browsers that take no more."""
    await session.execute(delete(PushTarget).where(PushTarget.id.in_(gone)))
