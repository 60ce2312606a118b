"""What earnings do when others have spoken. Every job may run twice; ids arrive as text."""

from uuid import UUID

from clothingline.earnings import service
from clothingline.kit import db
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
        await service.release(session, order_id=UUID(order_id))
