"""Cloth on its way from free to used: each step moves the reservation, the lot's columns and the stock ledger together.

A step that has been taken already is repeated without effect. Reservations are locked before their lot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.errors import Refusal
from clothingline.kit.events import Happening, emit
from clothingline.kit.states import move
from clothingline.materials import events, queries
from clothingline.materials.errors import (
    ClothAlreadyConfirmed,
    ClothAlreadyCut,
    ClothLetGo,
    ClothNotConfirmed,
    ClothNotRequested,
    ClothShort,
    LotUnknown,
    LotWithdrawn,
    ReservationUnknown,
)
from clothingline.materials.models import RESERVATION, Lot, Reservation, StockEntry


async def hold_cloth(session: AsyncSession, *, claim: UUID, lot_id: UUID, cm: int) -> Reservation:
    """Set free cloth of a lot aside for a claim, at today's price; less than the lot's shortest cut becomes that cut.

    A claim holds a lot once: a repeat returns what stands. Raises `LotUnknown`, `LotWithdrawn` or `ClothShort`.
    """
    if cm <= 0:
        raise ValueError(f"cloth is held in whole centimetres above zero, not {cm}")
    standing = await queries.find_live_reservation(session, claim=claim, lot_id=lot_id)
    if standing is not None:
        return standing
    lot = await _take_free(session, lot_id, cm)
    needed = max(cm, lot.min_cut_cm)
    row = Reservation(claim=claim, lot_id=lot.id, cm=needed, price_idr=lot.price_idr, state="held")
    session.add(row)
    await session.flush()
    session.add(StockEntry(lot_id=lot.id, kind="held", cm=needed, reservation_id=row.id))
    await emit(session, events.ClothHeld(row.id, lot.id, claim), audience=[lot.supplier_id])
    return row


async def _take_free(session: AsyncSession, lot_id: UUID, cm: int) -> Lot:
    needed = func.greatest(Lot.min_cut_cm, cm)
    taken = (
        update(Lot)
        .where(Lot.id == lot_id, Lot.withdrawn_at.is_(None), queries.has_free(needed))
        .values(held_cm=Lot.held_cm + needed)
        .returning(Lot)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    lot = await session.scalar(taken)
    if lot is None:
        raise await _why_not_held(session, lot_id, cm)
    return lot


async def _why_not_held(session: AsyncSession, lot_id: UUID, cm: int) -> Refusal:
    lot = await session.scalar(select(Lot).where(Lot.id == lot_id).execution_options(populate_existing=True))
    if lot is None:
        return LotUnknown()
    if lot.withdrawn_at is not None:
        return LotWithdrawn()
    return ClothShort(free_cm=lot.free_cm, needed_cm=max(cm, lot.min_cut_cm), lot=lot.code)


async def request_cloth(session: AsyncSession, *, claim: UUID) -> Sequence[Reservation]:
    """The order is paid: the supplier is asked. Raises `ReservationUnknown` or why the claim is not held."""
    return await _step(session, "request", claim=claim, by=None)


async def confirm_cloth(session: AsyncSession, *, claim: UUID, by: UUID | None) -> Sequence[Reservation]:
    """The supplier will deliver. Raises `ReservationUnknown` or why the claim is not requested."""
    return await _step(session, "confirm", claim=claim, by=by)


async def unconfirm_cloth(session: AsyncSession, *, claim: UUID, by: UUID | None) -> Sequence[Reservation]:
    """The supplier takes the confirmation back. Raises `ReservationUnknown` or why the claim is not confirmed."""
    return await _step(session, "unconfirm", claim=claim, by=by)


async def refuse_cloth(session: AsyncSession, *, claim: UUID, by: UUID | None) -> Sequence[Reservation]:
    """The supplier cannot deliver: the cloth is free again. Raises `ReservationUnknown` or why it cannot be refused."""
    return await _step(session, "refuse", claim=claim, by=by)


async def cut_cloth(session: AsyncSession, *, claim: UUID, by: UUID | None) -> Sequence[Reservation]:
    """The brand has cut: the cloth is used. Raises `ReservationUnknown` or why the claim is not confirmed."""
    return await _step(session, "cut", claim=claim, by=by)


async def release_cloth(session: AsyncSession, *, claim: UUID) -> Sequence[Reservation]:
    """Give back all that a claim has set aside and not cut; none is fine."""
    held = await move(
        session, RESERVATION, Reservation, "release", Reservation.claim == claim, Reservation.state == "held"
    )
    later = await move(session, RESERVATION, Reservation, "release", Reservation.claim == claim)
    for row in held:
        await _account(session, row, _FROM_HELD, by=None)
    for row in later:
        await _account(session, row, _FROM_RESERVED, by=None)
    return [*held, *later]


@dataclass(frozen=True)
class Posting:
    """What a step does to the lot: cm leave the column `source` for `target` (None = free), written as `kind`."""

    source: str | None
    target: str | None
    kind: str | None
    happening: Callable[[UUID, UUID, UUID], Happening]


_FROM_HELD = Posting("held_cm", None, "released", events.ClothReleased)
_FROM_RESERVED = Posting("reserved_cm", None, "released", events.ClothReleased)
POSTINGS = {
    "request": Posting("held_cm", "reserved_cm", "reserved", events.ClothRequested),
    "confirm": Posting(None, None, None, events.ClothConfirmed),
    "unconfirm": Posting(None, None, None, events.ClothUnconfirmed),
    "refuse": Posting("reserved_cm", None, "released", events.ClothRefused),
    "cut": Posting("reserved_cm", "used_cm", "cut", events.ClothCut),
}
_TAKEN_ALREADY = {
    "request": {"requested", "confirmed", "cut"},
    "confirm": {"confirmed", "cut"},
    "unconfirm": {"requested"},
    "refuse": {"refused"},
    "cut": {"cut"},
}
_STANDS: dict[str, type[Refusal]] = {
    "held": ClothNotRequested,
    "requested": ClothNotConfirmed,
    "confirmed": ClothAlreadyConfirmed,
    "cut": ClothAlreadyCut,
    "released": ClothLetGo,
    "refused": ClothLetGo,
}


async def _step(session: AsyncSession, event: str, *, claim: UUID, by: UUID | None) -> Sequence[Reservation]:
    moved = await move(session, RESERVATION, Reservation, event, Reservation.claim == claim, by=by)
    if not moved:
        await _check_repeated(session, event, claim)
    for row in moved:
        await _account(session, row, POSTINGS[event], by=by)
    return moved


async def _check_repeated(session: AsyncSession, event: str, claim: UUID) -> None:
    standing = await queries.states_of_claim(session, claim)
    if standing & _TAKEN_ALREADY[event]:
        return
    for state, refusal in _STANDS.items():
        if state in standing:
            raise refusal
    raise ReservationUnknown


async def _account(session: AsyncSession, row: Reservation, posting: Posting, *, by: UUID | None) -> None:
    supplier_id = await _shift(session, row, posting)
    if posting.kind is not None:
        session.add(StockEntry(lot_id=row.lot_id, kind=posting.kind, cm=row.cm, reservation_id=row.id, by=by))
    await emit(session, posting.happening(row.id, row.lot_id, row.claim), by=by, audience=[supplier_id])


async def _shift(session: AsyncSession, row: Reservation, posting: Posting) -> UUID:
    """Move the lot's columns; returns its supplier. No row means that the books are wrong, which is a fault of ours."""
    if posting.source is None:
        return (await session.execute(select(Lot.supplier_id).where(Lot.id == row.lot_id))).scalar_one()
    source = getattr(Lot, posting.source)
    values = {posting.source: source - row.cm}
    if posting.target is not None:
        values[posting.target] = getattr(Lot, posting.target) + row.cm
    shifted = update(Lot).where(Lot.id == row.lot_id, source >= row.cm).values(**values).returning(Lot.supplier_id)
    return (await session.execute(shifted.execution_options(synchronize_session=False))).scalar_one()
