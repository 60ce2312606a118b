"""Rows of applications: one's own, or for officers those of everybody."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.certification.models import Certificate, ShownCertificate
from clothingline.joining.errors import ApplicationNotFound
from clothingline.joining.models import OPEN, Step, TailorApplication
from clothingline.kit.access import Reach
from clothingline.kit.page import Page, Window, take
from clothingline.payouts.models import Payee


async def find_application(session: AsyncSession, account_id: UUID) -> TailorApplication | None:
    """The application of an account."""
    return await session.scalar(select(TailorApplication).where(TailorApplication.account_id == account_id))


async def find_application_for_update(session: AsyncSession, account_id: UUID) -> TailorApplication | None:
    """The same, locked against an answer from another page."""
    query = select(TailorApplication).where(TailorApplication.account_id == account_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def is_joining(session: AsyncSession, reach: Reach) -> bool:
    """Whether a workshop of the caller's was not taken in yet."""
    waiting = select(TailorApplication.id).where(_within(reach), TailorApplication.state.in_(OPEN))
    return bool(await session.scalar(select(waiting.exists())))


async def get_application(session: AsyncSession, tailor_id: UUID, reach: Reach) -> TailorApplication:
    """One application within reach. Raises `ApplicationNotFound`."""
    query = select(TailorApplication).where(TailorApplication.id == tailor_id, _within(reach))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ApplicationNotFound
    return found


def _within(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else TailorApplication.id.in_(reach.tailors)


async def list_applications(
    session: AsyncSession, reach: Reach, *, state: str | None, asked: Window
) -> Page[TailorApplication]:
    """Applications within reach, newest first."""
    query = select(TailorApplication).where(_within(reach))
    if state is not None:
        query = query.where(TailorApplication.state == state)
    return await take(session, query, key=TailorApplication.id, asked=asked)


async def steps_done(session: AsyncSession, application: TailorApplication) -> set[Step]:
    """Every step that is answered, here or in the houses of certificates and of payouts. One statement."""
    certificate = select(Certificate.id).where(Certificate.tailor_id == application.id, Certificate.state != "refused")
    shown = ShownCertificate.tailor_id == application.id, ShownCertificate.state.in_(("waiting", "read"))
    payee = select(Payee.id).where(Payee.id == application.id)
    proof = or_(certificate.exists(), select(ShownCertificate.id).where(*shown).exists())
    row = (await session.execute(select(proof, payee.exists()))).one()
    elsewhere = dict(zip((Step.CERTIFICATE, Step.BANK), row, strict=True))
    return application.answered() | {step for step, there in elsewhere.items() if there}


async def find_payee(session: AsyncSession, reach: Reach) -> Payee | None:
    """Where the pay of a workshop of the caller's goes."""
    return await session.scalar(select(Payee).where(Payee.id.in_(reach.tailors)).order_by(Payee.id).limit(1))
