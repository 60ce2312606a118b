"""What production does when routing and orders have spoken."""

from uuid import UUID

from clothingline.kit import db
from clothingline.kit.jobs import task
from clothingline.production import service


@task
async def make_job(*, order_id: str, offer_id: str) -> None:
    """A maker has accepted: a job, unless the acceptance was taken back meanwhile."""
    async with db.transaction() as session:
        await service.make_job(session, offer_id=UUID(offer_id))


@task
async def cancel_job(*, order_id: str, offer_id: str) -> None:
    """An acceptance was undone or withdrawn: its job ends, unless the offer was accepted again meanwhile."""
    async with db.transaction() as session:
        await service.cancel_job(session, offer_id=UUID(offer_id))


@task
async def make_run(*, order_id: str) -> None:
    """The order is confirmed: a run with all its jobs."""
    async with db.transaction() as session:
        await service.make_run(session, order_id=UUID(order_id))


@task
async def cancel_run(*, order_id: str) -> None:
    """The order is cancelled: its run and jobs end."""
    async with db.transaction() as session:
        await service.cancel_run(session, order_id=UUID(order_id))


@task
async def close_run(*, order_id: str) -> None:
    """The order is delivered: its run is closed."""
    async with db.transaction() as session:
        await service.close_run(session, order_id=UUID(order_id))
