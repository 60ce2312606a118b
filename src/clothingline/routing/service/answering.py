"""What a party answers to an offer: open, accept, take back, decline, ask for time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification import queries as certification
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now, business_time
from clothingline.kit.errors import Conflict
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.materials.models import Reservation
from clothingline.orders import queries as orders
from clothingline.routing import queries
from clothingline.routing.errors import (
    CertificateEndsBeforeDueDay,
    NoMoreExtensions,
    OfferAlreadyAccepted,
    OfferClosed,
    OfferExpired,
    OfferMovedMeanwhile,
    OfferNotAccepted,
    UndoTooLate,
)
from clothingline.routing.events import (
    OfferAccepted,
    OfferDeclined,
    OfferExtended,
    OfferSeen,
    OfferUndone,
)
from clothingline.routing.events import OfferExpired as OfferHasExpired
from clothingline.routing.models import OFFER, OPEN, Forbidden, Offer
from clothingline.settings import OfferSettings
from clothingline.tailors import service as tailors

LOCK_NOT_AVAILABLE = "55P03"


async def open_offer(session: AsyncSession, *, offer: Offer, by: UUID | None) -> Offer:
    """The party looks at the offer for the first time."""
    seen = await move(session, OFFER, Offer, "open", Offer.id == offer.id, by=by)
    if not seen:
        return offer
    await emit(session, OfferSeen(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return seen[0]


async def accept_offer(
    session: AsyncSession,
    *,
    offer_id: UUID,
    reach: Reach,
    by: UUID | None,
    age: timedelta | None = None,
    rules: OfferSettings | None = None,
) -> Offer:
    """The party will do it. The first answer wins; the database's clock decides the deadline.

    A yes that a phone without signal took down `age` ago counts as of then, for some hours after the deadline and while
    nobody else was asked in this place.

    Raises `OfferNotFound`, `OfferExpired`, `OfferAlreadyAccepted`, `OfferClosed`, `OfferMovedMeanwhile` or
    `CertificateEndsBeforeDueDay`.
    """
    await _get_open(session, offer_id, reach)
    mine = (Offer.id == offer_id, queries.addressed(reach), *_in_time(age, rules or OfferSettings()))
    said = None if age is None else func.greatest(business_time() - age, Offer.created_at)
    with waiting_briefly():
        taken = await move(session, OFFER, Offer, "accept", *mine, by=by, accepted_at=business_time(), captured_at=said)
    if not taken:
        await refuse_answer(session, offer_id, reach)
    [offer] = taken
    await _bind(session, offer, by)
    await emit(session, OfferAccepted(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer


def _in_time(age: timedelta | None, rules: OfferSettings) -> tuple[ColumnElement[bool], ...]:
    if age is None:
        return (Offer.expires_at > business_time(),)
    grace = timedelta(hours=rules.offline_hours)
    return Offer.expires_at > business_time() - age, Offer.expires_at + grace > business_time()


@contextmanager
def waiting_briefly() -> Iterator[None]:
    """Somebody else has been answering for longer than we wait for the row: no fault, but a reason to reload."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise OfferMovedMeanwhile from error


async def _get_open(session: AsyncSession, offer_id: UUID, reach: Reach) -> Offer:
    """Who comes too late learns it from a plain read, without waiting for the row; the next statement decides."""
    offer = await queries.get_offer(session, offer_id, reach)
    if offer.state not in OPEN:
        raise _why_closed(offer)
    return offer


def _why_closed(offer: Offer) -> Conflict:
    if offer.state == "accepted":
        return OfferAlreadyAccepted()
    if offer.state == "expired":
        return OfferExpired(expired_at=offer.expires_at)
    return OfferClosed(state=offer.state)


async def refuse_answer(session: AsyncSession, offer_id: UUID, reach: Reach) -> NoReturn:
    """Say why a conditional statement found nothing to move."""
    offer = await _get_open(session, offer_id, reach)
    if offer.expires_at > await business_now(session):
        raise OfferMovedMeanwhile
    raise OfferExpired(expired_at=offer.expires_at)


async def _bind(session: AsyncSession, offer: Offer, by: UUID | None) -> None:
    if offer.kind == "tailor":
        await _check_certificates(session, offer)
        await tailors.book_time(session, claim=offer.claim)
    elif offer.kind == "supplier":
        await materials.confirm_cloth(session, claim=offer.claim, by=by)


async def _check_certificates(session: AsyncSession, offer: Offer) -> None:
    order = await orders.get_order_by_id(session, offer.order_id)
    missing = await certification.in_force(
        session, tailor_id=offer.organisation_id, skills=order.line.skills, day=offer.due_on
    )
    if missing:
        raise CertificateEndsBeforeDueDay(skills=", ".join(sorted(missing)), due_on=offer.due_on.isoformat())


async def undo_acceptance(
    session: AsyncSession, *, offer_id: UUID, reach: Reach, by: UUID | None, rules: OfferSettings
) -> Offer:
    """Take an acceptance back within its minutes; the offer stands as before, for at least one hour more.

    Raises `OfferNotFound`, `OfferNotAccepted`, `OfferMovedMeanwhile` or `UndoTooLate`.
    """
    with waiting_briefly():
        await _lock_order(session, offer_id, reach)
    now = await business_now(session)
    in_time = Offer.accepted_at > business_time() - timedelta(minutes=rules.undo_minutes)
    mine = (Offer.id == offer_id, queries.addressed(reach), in_time)
    with waiting_briefly():
        undone = await move(session, OFFER, Offer, "undo", *mine, by=by, accepted_at=None, captured_at=None)
    if not undone:
        offer = await queries.get_offer(session, offer_id, reach)
        raise UndoTooLate if offer.state == "accepted" else OfferNotAccepted
    [offer] = undone
    await _loosen(session, offer, by)
    await _leave_an_hour(session, offer, max(offer.expires_at, now + timedelta(hours=1)))
    await emit(session, OfferUndone(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer


async def _lock_order(session: AsyncSession, offer_id: UUID, reach: Reach) -> None:
    """An undo and the confirmation of its order exclude each other: both hold the order's row."""
    offer = await queries.get_offer(session, offer_id, reach)
    order = await orders.get_order_by_id(session, offer.order_id, lock=True)
    if offer.state == "accepted" and order.state not in ("placed", "action_required"):
        raise UndoTooLate


async def _loosen(session: AsyncSession, offer: Offer, by: UUID | None) -> None:
    if offer.kind == "tailor":
        await tailors.unbook_time(session, claim=offer.claim)
    elif offer.kind == "supplier":
        await materials.unconfirm_cloth(session, claim=offer.claim, by=by)


async def _leave_an_hour(session: AsyncSession, offer: Offer, until: object) -> None:
    await session.execute(update(Offer).where(Offer.id == offer.id).values(expires_at=until))
    await session.refresh(offer)


async def decline_offer(
    session: AsyncSession, *, offer_id: UUID, reach: Reach, by: UUID | None, reason: str | None
) -> Offer:
    """The party will not do it; that never costs, and this order is not offered to it again.

    Raises `OfferNotFound`, `OfferExpired`, `OfferAlreadyAccepted`, `OfferClosed` or `OfferMovedMeanwhile`.
    """
    mine = (Offer.id == offer_id, queries.addressed(reach), Offer.expires_at > business_time())
    with waiting_briefly():
        declined = await move(session, OFFER, Offer, "decline", *mine, by=by, reason=reason)
    if not declined:
        await refuse_answer(session, offer_id, reach)
    [offer] = declined
    await let_go(session, offer, why="declined")
    await emit(session, OfferDeclined(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer


async def let_go(session: AsyncSession, offer: Offer, *, why: str) -> None:
    """Free what was set aside behind an offer that will not be taken, and do not ask the same party again."""
    if offer.kind == "tailor":
        await tailors.release_time(session, claim=offer.claim)
    kind, subject = offer.kind, offer.organisation_id
    if offer.kind == "supplier":
        reservation = await session.get_one(Reservation, offer.reservation_id)
        kind, subject = "lot", reservation.lot_id
    row = insert(Forbidden).values(order_id=offer.order_id, kind=kind, subject_id=subject, reason=why)
    await session.execute(row.on_conflict_do_nothing())


async def expire_offer(session: AsyncSession, *, offer_id: UUID) -> bool:
    """End an offer whose deadline has passed. False when it was answered meanwhile."""
    over = (Offer.id == offer_id, Offer.expires_at <= business_time())
    ended = await move(session, OFFER, Offer, "expire", *over)
    if not ended:
        return False
    [offer] = ended
    await let_go(session, offer, why="expired")
    await emit(session, OfferHasExpired(offer.order_id, offer.id), audience=[offer.organisation_id])
    return True


async def extend_offer(
    session: AsyncSession, *, offer_id: UUID, reach: Reach, by: UUID | None, rules: OfferSettings
) -> Offer:
    """Ask for some hours more to think, a few times at most. Raises those of an answer, or `NoMoreExtensions`."""
    offer = await queries.get_offer(session, offer_id, reach)
    if offer.state not in OPEN:
        await refuse_answer(session, offer_id, reach)
    statement = (
        update(Offer)
        .where(Offer.id == offer_id, Offer.state.in_(OPEN), Offer.expires_at > business_time())
        .where(Offer.extensions < rules.extensions)
        .values(extensions=Offer.extensions + 1, expires_at=Offer.expires_at + timedelta(hours=rules.extension_hours))
    )
    with waiting_briefly():
        extended = await session.execute(statement)
    if not extended.rowcount:  # type: ignore[attr-defined]  # an UPDATE has a row count
        await _no_more(session, offer_id, reach, rules)
    await session.refresh(offer)
    await emit(session, OfferExtended(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer


async def _no_more(session: AsyncSession, offer_id: UUID, reach: Reach, rules: OfferSettings) -> NoReturn:
    offer = await queries.get_offer(session, offer_id, reach)
    if offer.extensions >= rules.extensions:
        raise NoMoreExtensions
    await refuse_answer(session, offer_id, reach)
