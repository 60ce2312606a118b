"""Cloth on its way from free to used: every path, and the books after it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Refusal
from clothingline.kit.ids import new_id
from clothingline.materials import errors, queries, service
from clothingline.materials.models import Lot, StockEntry
from clothingline.materials.service.offering import MOST_CM
from tests.looking import rows
from tests.parties import make_lot, make_supplier

Step = Callable[[AsyncSession, UUID], Awaitable[object]]

STEPS: dict[str, Step] = {
    "request": lambda session, claim: service.request_cloth(session, claim=claim),
    "confirm": lambda session, claim: service.confirm_cloth(session, claim=claim, by=None),
    "unconfirm": lambda session, claim: service.unconfirm_cloth(session, claim=claim, by=None),
    "refuse": lambda session, claim: service.refuse_cloth(session, claim=claim, by=None),
    "cut": lambda session, claim: service.cut_cloth(session, claim=claim, by=None),
    "release": lambda session, claim: service.release_cloth(session, claim=claim),
}
# Steps from a hold of 400 cm in a lot of 1,000; then state, and free, held, reserved, used.
PATHS = [
    ("", "held", (600, 400, 0, 0)),
    ("release", "released", (1000, 0, 0, 0)),
    ("request", "requested", (600, 0, 400, 0)),
    ("request release", "released", (1000, 0, 0, 0)),
    ("request refuse", "refused", (1000, 0, 0, 0)),
    ("request confirm", "confirmed", (600, 0, 400, 0)),
    ("request confirm release", "released", (1000, 0, 0, 0)),
    ("request confirm unconfirm", "requested", (600, 0, 400, 0)),
    ("request confirm unconfirm refuse", "refused", (1000, 0, 0, 0)),
    ("request confirm unconfirm confirm cut", "cut", (600, 0, 0, 400)),
    ("request confirm cut release", "cut", (600, 0, 0, 400)),
]
REFUSED = [
    ("", "confirm", errors.ClothNotRequested),
    ("", "cut", errors.ClothNotRequested),
    ("", "refuse", errors.ClothNotRequested),
    ("request", "cut", errors.ClothNotConfirmed),
    ("request confirm", "refuse", errors.ClothAlreadyConfirmed),
    ("request confirm cut", "unconfirm", errors.ClothAlreadyCut),
    ("request confirm cut", "refuse", errors.ClothAlreadyCut),
    ("release", "request", errors.ClothLetGo),
    ("request refuse", "confirm", errors.ClothLetGo),
]


@pytest.mark.parametrize(("path", "state", "columns"), PATHS)
async def test_each_path_of_a_reservation_moves_state_columns_and_ledger_together(
    session: AsyncSession, path: str, state: str, columns: tuple[int, int, int, int]
) -> None:
    lot, claim = await held(session)
    await walk(session, claim, path)
    assert await columns_of(session, lot.id) == columns
    assert await ledger_of(session, lot.id) == columns
    reservation = await queries.find_reservation(session, claim=claim)
    assert reservation is not None
    assert (reservation.state, reservation.cm, reservation.price_idr) == (state, 400, 40_000)


@pytest.mark.parametrize(("path", "state", "columns"), PATHS)
async def test_a_step_that_is_repeated_changes_nothing(
    session: AsyncSession, path: str, state: str, columns: tuple[int, int, int, int]
) -> None:
    lot, claim = await held(session)
    await walk(session, claim, path)
    if path:
        assert await STEPS[path.rsplit(maxsplit=1)[-1]](session, claim) == []
    assert await columns_of(session, lot.id) == columns
    assert await ledger_of(session, lot.id) == columns


@pytest.mark.parametrize(("path", "step", "refusal"), REFUSED)
async def test_a_step_out_of_turn_is_refused_with_its_cause(
    session: AsyncSession, path: str, step: str, refusal: type[Refusal]
) -> None:
    lot, claim = await held(session)
    await walk(session, claim, path)
    before = await columns_of(session, lot.id)
    with pytest.raises(refusal):
        await STEPS[step](session, claim)
    assert await columns_of(session, lot.id) == before


async def test_less_than_the_shortest_cut_becomes_the_shortest_cut(session: AsyncSession) -> None:
    lot = await make_lot(session, (await make_supplier(session)).id, received_cm=120, min_cut_cm=50)
    first = await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=1)
    exact = await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=50)
    with pytest.raises(errors.ClothShort) as refused:
        await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=20)
    assert (first.cm, exact.cm) == (50, 50)
    assert (refused.value.facts["free_cm"], refused.value.facts["needed_cm"]) == (20, 50)


async def test_the_last_centimetre_can_be_held_and_no_centimetre_more(session: AsyncSession) -> None:
    lot = await make_lot(session, (await make_supplier(session)).id, received_cm=1_000)
    await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=1_000)
    assert await columns_of(session, lot.id) == (0, 1_000, 0, 0)
    with pytest.raises(errors.ClothShort) as refused:
        await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=1_000)
    assert "0 cm" in refused.value.detail("id")


async def test_a_claim_holds_a_lot_once_and_again_after_it_was_released(session: AsyncSession) -> None:
    lot, claim = await held(session)
    again = await service.hold_cloth(session, claim=claim, lot_id=lot.id, cm=400)
    assert await columns_of(session, lot.id) == (600, 400, 0, 0)
    await service.release_cloth(session, claim=claim)
    anew = await service.hold_cloth(session, claim=claim, lot_id=lot.id, cm=250)
    assert anew.id != again.id
    assert await columns_of(session, lot.id) == (750, 250, 0, 0)
    assert await queries.find_reservation(session, claim=claim) == anew


async def test_an_unknown_claim_is_not_found_and_releasing_it_is_fine(session: AsyncSession) -> None:
    with pytest.raises(errors.ReservationUnknown):
        await service.confirm_cloth(session, claim=new_id(), by=None)
    assert await service.release_cloth(session, claim=new_id()) == []


async def test_cloth_of_an_unknown_or_withdrawn_lot_is_not_held(session: AsyncSession) -> None:
    lot = await make_lot(session, (await make_supplier(session)).id)
    await session.execute(text("UPDATE lot SET withdrawn_at = business_now()"))
    with pytest.raises(errors.LotWithdrawn):
        await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=100)
    with pytest.raises(errors.LotUnknown):
        await service.hold_cloth(session, claim=new_id(), lot_id=new_id(), cm=100)
    with pytest.raises(ValueError, match="above zero"):
        await service.hold_cloth(session, claim=new_id(), lot_id=lot.id, cm=0)
    assert await rows(session, queries.CLOTH.whole) == []


async def test_a_lot_takes_stock_up_to_its_limit(session: AsyncSession) -> None:
    lot = await make_lot(session, (await make_supplier(session)).id, received_cm=999_999_000)
    everything = Reach(everything=True)
    full = await service.receive_stock(session, lot_id=lot.id, cm=1_000, note=None, reach=everything, by=None)
    assert full.received_cm == 1_000_000_000
    with pytest.raises(errors.LotFull):
        await service.receive_stock(session, lot_id=lot.id, cm=1, note=None, reach=everything, by=None)


@pytest.mark.parametrize("change", ["UPDATE stock_entry SET cm = 1", "DELETE FROM stock_entry"])
async def test_the_stock_ledger_can_only_grow(session: AsyncSession, change: str) -> None:
    await held(session)
    with pytest.raises(DBAPIError) as refused:
        async with session.begin_nested():
            await session.execute(text(change))
    assert getattr(refused.value.orig, "sqlstate", None) in ("42501", "23001")


async def test_the_database_refuses_books_that_do_not_add_up(session: AsyncSession) -> None:
    lot, _ = await held(session)
    with pytest.raises(DBAPIError, match="ck_lot_identity"):
        async with session.begin_nested():
            await session.execute(text("UPDATE lot SET held_cm = 1001 WHERE id = :id"), {"id": lot.id})


async def test_no_count_fills_a_lot_beyond_what_may_be_received(session: AsyncSession) -> None:
    lot, _ = await held(session)
    with pytest.raises(errors.LotFull):
        await service.count_stock(session, lot_id=lot.id, cm=MOST_CM + 1, reach=Reach(everything=True), by=None)


async def held(session: AsyncSession) -> tuple[Lot, UUID]:
    """A lot of ten metres with four of them held for a claim."""
    lot, claim = await make_lot(session, (await make_supplier(session)).id, received_cm=1_000), new_id()
    await service.hold_cloth(session, claim=claim, lot_id=lot.id, cm=400)
    return lot, claim


async def walk(session: AsyncSession, claim: UUID, path: str) -> None:
    for step in path.split():
        await STEPS[step](session, claim)


async def columns_of(session: AsyncSession, lot_id: UUID) -> tuple[int, int, int, int]:
    """Free, held, reserved, used."""
    query = select(Lot).where(Lot.id == lot_id).execution_options(populate_existing=True)
    lot = (await session.scalars(query)).one()
    return lot.free_cm, lot.held_cm, lot.reserved_cm, lot.used_cm


async def ledger_of(session: AsyncSession, lot_id: UUID) -> tuple[int, int, int, int]:
    """The same, told by the ledger alone: cloth lies where the last entry of its reservation put it."""
    lies: dict[UUID | None, str] = {}
    columns = {"free": 0, "held": 0, "reserved": 0, "cut": 0}
    entries = select(StockEntry).where(StockEntry.lot_id == lot_id).order_by(StockEntry.at, StockEntry.id)
    for entry in await session.scalars(entries):
        place = {"received": "free", "released": "free"}.get(entry.kind, entry.kind)
        if entry.kind != "received":
            columns[lies.get(entry.reservation_id, "free")] -= entry.cm
            lies[entry.reservation_id] = place
        columns[place] += entry.cm
    return columns["free"], columns["held"], columns["reserved"], columns["cut"]
