"""Adding endpoints, changing their secrets, trying them out, and ending them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit import outgoing
from clothingline.kit.access import Reach, Role, meant
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit, kinds
from clothingline.kit.states import move
from clothingline.notices import queries
from clothingline.notices.errors import EndpointNotFound, OrganisationNotYours, TooManyEndpoints
from clothingline.notices.events import (
    WebhookEndpointAdded,
    WebhookEndpointDeleted,
    WebhookPinged,
    WebhookSecretRotated,
)
from clothingline.notices.models import DELIVERY, WebhookDelivery, WebhookEndpoint

MOST_ENDPOINTS = 20
ALL = "*"


async def add_endpoint(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    url: str,
    events: Sequence[str],
    private: bool,
    reach: Reach,
    by: UUID | None,
) -> WebhookEndpoint:
    """An endpoint that is told of these events from now on; without `organisation_id` of the caller's only one.

    `private` allows http and addresses of this machine. Raises `OrganisationNotYours`, `TooManyEndpoints`, `Invalid`.
    """
    mine = _acting(organisation_id, reach)
    _check_url(url, private=private)
    _check_names(events)
    await _check_count(session, mine)
    row = WebhookEndpoint(organisation_id=mine, url=url, events=list(dict.fromkeys(events)))
    session.add(row)
    await session.flush()
    await emit(session, WebhookEndpointAdded(row.id, mine), by=by, audience=[mine])
    return row


def _acting(named: UUID | None, reach: Reach) -> UUID:
    acting = meant(named, reach.of(*Role))
    if acting is not None:
        return acting
    if named is not None:
        raise OrganisationNotYours
    raise Invalid(
        "/organisation",
        "Sebutkan organisasinya; Anda mewakili beberapa.",
        "Name the organisation; you act for several.",
    )


def _check_url(url: str, *, private: bool) -> None:
    try:
        outgoing.read(url, private=private)
    except outgoing.Forbidden as error:
        raise Invalid(
            "/url",
            "Tulis alamat https lengkap yang terbuka di internet, tanpa nama pengguna di dalamnya.",
            "Write a full https address that is open on the internet, without a user name in it.",
            code=error.cause,
        ) from error


def _check_names(events: Sequence[str]) -> None:
    known = {ALL, *(name for name in kinds() if not name.startswith("Webhook"))}
    for number, name in enumerate(events):
        if name not in known:
            raise Invalid(
                f"/events/{number}",
                "Peristiwa ini tidak dikenal; pakai nama seperti di `/v1/events`, atau `*` untuk semua.",
                "There is no event of this name; use names as in `/v1/events`, or `*` for all.",
                code="unknown_event",
            )


async def _check_count(session: AsyncSession, organisation_id: UUID) -> None:
    """Whoever adds at the same time waits for the organisation, so that the count holds."""
    await session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    )
    live = (WebhookEndpoint.organisation_id == organisation_id, WebhookEndpoint.disabled_at.is_(None))
    if (await session.scalar(select(func.count()).where(*live)) or 0) >= MOST_ENDPOINTS:
        raise TooManyEndpoints(most=MOST_ENDPOINTS)


async def rotate_secret(
    session: AsyncSession, *, endpoint_id: UUID, now: datetime, reach: Reach, by: UUID | None
) -> WebhookEndpoint:
    """A new secret; the one before it signs beside it for a day. Raises `EndpointNotFound`."""
    newer = {"generation": WebhookEndpoint.generation + 1, "rotated_at": now}
    row = await _change(session, endpoint_id, reach, newer)
    told = WebhookSecretRotated(row.id, row.generation)
    await emit(session, told, by=by, audience=[row.organisation_id])
    return row


async def delete_endpoint(
    session: AsyncSession, *, endpoint_id: UUID, now: datetime, reach: Reach, by: UUID | None
) -> None:
    """Deliver nothing more to it; what waited is parked. Raises `EndpointNotFound`."""
    row = await _change(session, endpoint_id, reach, {"disabled_at": now})
    waiting = WebhookDelivery.endpoint_id == row.id
    await move(session, DELIVERY, WebhookDelivery, "park", waiting, by=by, cause="endpoint_deleted", taken_until=None)
    await emit(session, WebhookEndpointDeleted(row.id), by=by, audience=[row.organisation_id])


async def _change(session: AsyncSession, endpoint_id: UUID, reach: Reach, values: dict[str, object]) -> WebhookEndpoint:
    mine = (WebhookEndpoint.id == endpoint_id, queries.within(reach))
    statement = update(WebhookEndpoint).where(*mine).values(values).returning(WebhookEndpoint)
    row: WebhookEndpoint | None = await session.scalar(
        statement.execution_options(synchronize_session=False, populate_existing=True)
    )
    if row is None:
        raise EndpointNotFound
    return row


async def ping_endpoint(session: AsyncSession, *, endpoint_id: UUID, reach: Reach, by: UUID | None) -> UUID:
    """Deliver an event that means nothing to this endpoint; returns its id. Raises `EndpointNotFound`."""
    row = await queries.get_endpoint(session, endpoint_id, reach)
    return await emit(session, WebhookPinged(row.id), by=by, audience=[row.organisation_id])
