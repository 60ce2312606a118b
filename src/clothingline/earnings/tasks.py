"""What earnings do when others have spoken. Every job may run twice; ids arrive as text."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries, service
from clothingline.kit import db, sweeping
from clothingline.kit.jobs import task


@task
async def expect_earnings(*, order_id: str) -> None:
    """The order is confirmed: write down what each party will have earned."""
    async with db.transaction() as session:
        await service.expect(session, order_id=UUID(order_id))


@task
async def follow_job(*, job_id: str, order_id: str) -> None:
    """A job was made or cancelled: what is expected follows."""
    async with db.transaction() as session:
        await service.expect(session, order_id=UUID(order_id))


@task
async def earn_job(*, job_id: str, order_id: str) -> None:
    """A job has passed inspection: its pay is earned."""
    async with db.transaction() as session:
        await service.earn(session, order_id=UUID(order_id), source_type="job", source_id=UUID(job_id))


@task
async def earn_cloth(*, order_id: str) -> None:
    """The cloth is cut: its price is earned."""
    async with db.transaction() as session:
        await service.earn(session, order_id=UUID(order_id), source_type="reservation")


@task
async def release_earnings(*, order_id: str) -> None:
    """The order is accepted: everybody's share leaves escrow."""
    async with db.transaction() as session:
        await service.release_order(session, order_id=UUID(order_id))


async def release_due() -> int:
    """Makers whose two working days are over may be paid; returns how many earnings."""
    async with db.transaction() as session:
        ripe = await queries.list_ripe(session)
    return await sweeping.each(ripe, _release)


async def _release(session: AsyncSession, earning_id: UUID) -> bool:
    return await service.release_due(session, earning_id=earning_id)


async def lapse_holds() -> int:
    """What a chargeback has kept back for sixty days is paid; returns how many shares."""
    async with db.transaction() as session:
        over = await queries.list_overdue_holds(session)
    return await sweeping.each(over, _lapse)


async def _lapse(session: AsyncSession, hold_id: UUID) -> bool:
    return await service.lapse_hold(session, hold_id=hold_id)
