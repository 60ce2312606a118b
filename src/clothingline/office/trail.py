"""The audit trail as an officer reads it: who did what when, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.event_schemas import wire_facts
from clothingline.accounts.models import Account, RoleHeld
from clothingline.kit.clock import WIB
from clothingline.kit.events import Event
from clothingline.kit.ids import show
from clothingline.kit.page import Page, Window, take

EXPORTED = 10_000
VIEWS = {
    "pengalihan": ("OfferPassedOver",),
    "sertifikat": ("CertificateVerified", "CertificateRefused", "CertificateRevoked"),
    "ukuran": ("MeasurementsRead", "MeasurementSetRead", "PersonErased"),
    "ulasan": ("ReviewHidden", "ReviewRestored"),
    "uang": ("RefundApproved", "RefundRejected", "PayoutApproved", "CorrectionBooked", "DifferenceResolved"),
}
"""Saved views: the events that each one shows."""


@dataclass(frozen=True)
class Sought:
    """Which events; what is None is not asked. Days are in western Indonesian time, both included."""

    names: tuple[str, ...] = ()
    actor: UUID | None = None
    since: date | None = None
    until: date | None = None

    def limits(self) -> list[ColumnElement[bool]]:
        """The same as conditions."""
        found: list[ColumnElement[bool]] = []
        if self.names:
            found.append(Event.name.in_(self.names))
        if self.actor:
            found.append(Event.actor == self.actor)
        if self.since:
            found.append(Event.at >= datetime.combine(self.since, time(), WIB))
        if self.until:
            found.append(Event.at < datetime.combine(self.until + timedelta(days=1), time(), WIB))
        return found


@dataclass(frozen=True)
class Actor:
    """Who did it, and in which roles."""

    name: str
    roles: tuple[str, ...]


async def list_events(session: AsyncSession, sought: Sought, *, asked: Window) -> Page[Event]:
    """Events, newest first."""
    return await take(session, select(Event).where(*sought.limits()), key=Event.id, asked=asked)


async def actors_of(session: AsyncSession, events: Sequence[Event]) -> dict[UUID, Actor]:
    """Who did these, by account. One statement."""
    query = (
        select(Account.id, Account.name, RoleHeld.role)
        .outerjoin(RoleHeld, RoleHeld.account_id == Account.id)
        .where(Account.id.in_({one.actor for one in events if one.actor}))
        .order_by(Account.id, RoleHeld.role)
    )
    found: dict[UUID, tuple[str, list[str]]] = {}
    for account, name, role in await session.execute(query):
        found.setdefault(account, (name, []))[1].append(role)
    return {account: Actor(name, tuple(filter(None, roles))) for account, (name, roles) in found.items()}


async def list_for_file(session: AsyncSession, sought: Sought) -> Sequence[Event]:
    """The same events, oldest first, for a file; at most 10,000."""
    query = select(Event).where(*sought.limits()).order_by(Event.seq).limit(EXPORTED)
    return (await session.scalars(query)).all()


def line_of(event: Event) -> dict[str, Any]:
    """An event as a line of an export, ids as they are written on the wire."""
    return {
        "id": show("evt", event.id),
        "seq": event.seq,
        "at": event.at.isoformat(),
        "name": event.name,
        "actor": show("acc", event.actor) if event.actor else None,
        "request": event.request,
        "facts": wire_facts(event.facts),
    }
