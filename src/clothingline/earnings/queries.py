"""Rows of earnings and of what they follow from. Whose they are stands in the query."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Advance, Debt, Earning, EarningHold
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_time
from clothingline.kit.db import locked
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.ledger.models import LedgerAccount, LedgerBalance, LedgerEntry
from clothingline.materials.models import Reservation
from clothingline.production.models import Job
from clothingline.routing.models import Offer


async def list_earnings_of(session: AsyncSession, order_id: UUID) -> list[Earning]:
    """Every earning of an order whose row is locked."""
    query = select(Earning).where(Earning.order_id == order_id).order_by(Earning.id)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def jobs_by_share(session: AsyncSession, order_id: UUID) -> Sequence[Row[UUID | None, UUID]]:
    """(share, live job) of the accepted offers to makers that have a job."""
    accepted = (Offer.order_id == order_id, Offer.kind == "tailor", Offer.state == "accepted", Job.state != "cancelled")
    return (
        await session.execute(select(Offer.share_id, Job.id).join(Job, Job.offer_id == Offer.id).where(*accepted))
    ).all()


async def reservations_by_lot(session: AsyncSession, order_id: UUID) -> Sequence[Row[UUID, UUID]]:
    """(lot, reservation) of the accepted offers to suppliers."""
    accepted = (Offer.order_id == order_id, Offer.kind == "supplier", Offer.state == "accepted")
    reserved = Reservation.id == Offer.reservation_id
    query = select(Reservation.lot_id, Reservation.id).join(Offer, reserved).where(*accepted)
    return (await session.execute(query)).all()


async def list_ripe(session: AsyncSession, *, limit: int = 500) -> list[UUID]:
    """Makers' earnings that may be paid out from now on, the longest waiting first."""
    ripe = (Earning.state == "earned", Earning.source_type == "job", Earning.available_at <= business_time())
    return list(await session.scalars(select(Earning.id).where(*ripe).order_by(Earning.available_at).limit(limit)))


async def find_order_of(session: AsyncSession, earning_id: UUID) -> UUID | None:
    """The order of an earning."""
    return await session.scalar(select(Earning.order_id).where(Earning.id == earning_id))


async def list_debts_for_update(session: AsyncSession, organisation_ids: Iterable[UUID]) -> list[Debt]:
    """What these parties still owe the guarantee fund, the oldest first, locked."""
    owed = (Debt.organisation_id.in_(set(organisation_ids)), Debt.recovered_idr + Debt.forgiven_idr < Debt.amount_idr)
    return await _locked_debts(session, *owed)


async def count_recovered(session: AsyncSession, debt: Debt, amount_idr: int) -> None:
    """Count what a party has paid back of a debt."""
    counted = update(Debt).where(Debt.id == debt.id).values(recovered_idr=Debt.recovered_idr + amount_idr)
    await session.execute(counted.execution_options(synchronize_session=False))
    await session.refresh(debt)


async def list_debts_of_causes_for_update(session: AsyncSession, causes: Sequence[tuple[str, UUID]]) -> list[Debt]:
    """What is owed for these causes, locked."""
    return await _locked_debts(session, tuple_(Debt.cause_type, Debt.cause_id).in_(causes))


async def _locked_debts(session: AsyncSession, *which: ColumnElement[bool]) -> list[Debt]:
    query = select(Debt).where(*which).order_by(Debt.id).with_for_update()
    rows = list(await session.scalars(query.execution_options(populate_existing=True)))
    locked(session, "debt", [row.id for row in rows])
    return rows


async def count_repaid(session: AsyncSession, advance: Advance, amount_idr: int) -> None:
    """Count what the fund has back of an advance."""
    values = {"repaid_idr": Advance.repaid_idr + amount_idr, "step": Advance.step + 1}
    counted = update(Advance).where(Advance.id == advance.id).values(**values)
    await session.execute(counted.execution_options(synchronize_session=False))
    await session.refresh(advance)


async def list_open_advances(session: AsyncSession, order_id: UUID) -> list[Advance]:
    """What the guarantee fund has lent to an order, under its lock, the oldest first."""
    query = select(Advance).where(Advance.order_id == order_id, Advance.repaid_idr < Advance.amount_idr)
    return list(await session.scalars(query.order_by(Advance.id).execution_options(populate_existing=True)))


async def list_live_holds(session: AsyncSession, earning_ids: Iterable[UUID]) -> list[EarningHold]:
    """The holds that stand on these earnings."""
    live = (EarningHold.earning_id.in_(set(earning_ids)), EarningHold.released_at.is_(None))
    return list(await session.scalars(select(EarningHold).where(*live).execution_options(populate_existing=True)))


async def sum_held_for(session: AsyncSession, dispute_id: UUID) -> int:
    """Rupiah of shares that a chargeback holds or has held back."""
    query = select(func.coalesce(func.sum(EarningHold.amount_idr), 0)).where(EarningHold.dispute_id == dispute_id)
    return int((await session.scalars(query)).one())


async def list_overdue_holds(session: AsyncSession, *, limit: int = 100) -> list[UUID]:
    """Holds whose time is over, the longest over first."""
    over = (EarningHold.released_at.is_(None), EarningHold.until <= business_time())
    return list(await session.scalars(select(EarningHold.id).where(*over).order_by(EarningHold.until).limit(limit)))


async def list_disputed(session: AsyncSession, escrow: str) -> list[tuple[UUID, int]]:
    """(dispute, rupiah ≥ 1) that open chargebacks have set aside out of this escrow, under the order's lock."""
    touched = select(LedgerEntry.transaction_id).join(LedgerAccount).where(LedgerAccount.code == escrow)
    aside = select(LedgerEntry.account_id).where(LedgerEntry.transaction_id.in_(touched))
    query = select(LedgerAccount.code, LedgerBalance.balance).join(LedgerBalance).order_by(LedgerAccount.code)
    mine = (LedgerAccount.kind == "disputed", LedgerBalance.balance < 0, LedgerAccount.id.in_(aside))
    rows = await session.execute(query.where(*mine))
    return [(read("dsp", code.partition(":")[2]), -balance) for code, balance in rows]


async def list_available_for_update(session: AsyncSession, organisation_id: UUID) -> list[Earning]:
    """What a party may be paid, locked in order of the id."""
    query = select(Earning).where(Earning.organisation_id == organisation_id, Earning.state == "available")
    ordered = query.order_by(Earning.id).with_for_update().execution_options(populate_existing=True)
    rows = list(await session.scalars(ordered))
    locked(session, "earning", [row.id for row in rows])
    return rows


async def sums_by_state(session: AsyncSession, organisations: Collection[UUID]) -> dict[str, int]:
    """What these parties have earned, in whole rupiah after tax and debts, by where it is. One statement."""
    query = select(Earning.state, func.sum(Earning.net_idr)).where(Earning.organisation_id.in_(organisations))
    return {state: int(total) for state, total in await session.execute(query.group_by(Earning.state))}


async def list_earnings(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Earning]:
    """Earnings of the caller's organisations, newest first."""
    payees = reach.of(Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER)
    query = select(Earning).where(true() if reach.everything else Earning.organisation_id.in_(payees))
    if state is not None:
        query = query.where(Earning.state == state)
    return await take(session, query, key=Earning.id, asked=asked)
