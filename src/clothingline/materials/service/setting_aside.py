"""Cloth on its way from free to used: each step moves the reservation, the lot's columns and the stock ledger together.

A step that has been taken already is repeated without effect. Reservations are locked before their lot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Select, Table, Uuid, bindparam, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from clothingline.kit.db import Base, Prebuilt, Sent, Trip, trip
from clothingline.kit.errors import Refusal
from clothingline.kit.events import Happening, emit
from clothingline.kit.ids import new_id
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
    async with trip(session) as going:
        row_id = await send_cloth(going, claim=claim, lot_id=lot_id, cm=cm)
    return await session.get_one(Reservation, row_id)


async def send_cloth(going: Trip, *, claim: UUID, lot_id: UUID, cm: int) -> UUID:
    """The same on a trip, for a claim that holds nothing of the lot; the id of the reservation.

    The refusal comes after the trip; then the caller gives up all of it.
    """
    row_id = new_id()
    taken = await going.send(_HOLDING, its_id=row_id, its_entry=new_id(), its_claim=claim, its_lot=lot_id, its_cm=cm)
    going.afterwards(partial(_check_held, going.session, taken, events.ClothHeld(row_id, lot_id, claim), cm))
    return row_id


def _holding() -> Select[UUID]:
    """Take free cloth of a lot, and note it in the reservations and the stock ledger; answers the supplier."""
    needed = func.greatest(Lot.min_cut_cm, bindparam("its_cm", type_=Integer))
    taken = (
        update(Lot)
        .where(Lot.id == bindparam("its_lot"), Lot.withdrawn_at.is_(None), queries.has_free(needed))
        .values(held_cm=Lot.held_cm + needed)
        .returning(Lot.id, Lot.supplier_id, Lot.price_idr, needed.label("cm"))
        .cte("taken")
    )
    its_id, its_claim, its_entry = (bindparam(name, type_=Uuid) for name in ("its_id", "its_claim", "its_entry"))
    reserved = select(its_id, its_claim, taken.c.id, taken.c.cm, taken.c.price_idr, literal("held"))
    entered = select(its_entry, taken.c.id, literal("held"), taken.c.cm, its_id)
    return select(taken.c.supplier_id).add_cte(
        _into(Reservation, ("id", "claim", "lot_id", "cm", "price_idr", "state"), reserved).cte("reserved"),
        _into(StockEntry, ("id", "lot_id", "kind", "cm", "reservation_id"), entered).cte("entered"),
    )


def _into(model: type[Base], columns: Sequence[str], rows: Select[Any]) -> ReturningInsert[Any]:
    table = cast(Table, model.__table__)
    return insert(table).from_select(columns, rows).returning(table.c.id)


_HOLDING = Prebuilt(_holding(), lambda supplier_id: cast(UUID, supplier_id))


async def _check_held(session: AsyncSession, taken: Sent[UUID], held: events.ClothHeld, cm: int) -> None:
    supplier = await taken.rows()
    if not supplier:
        raise await _why_not_held(session, held.lot_id, cm)
    await emit(session, held, audience=supplier)


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
