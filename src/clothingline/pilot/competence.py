"""Certificates of the pilot's tailors. The schemes are real; the numbers are samples of the valid form."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.accounts.secrets import phone_number
from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.kit.clock import local_date
from clothingline.kit.states import move
from clothingline.pilot import cast, rows
from clothingline.pilot.people import tailors_by_phone
from clothingline.reference import facts

YEARS: Final = 3


async def add_certificates(session: AsyncSession, *, now: datetime) -> int:
    """Certificates that end so many days after `now`; the verified ones are moved so."""
    tailors = await tailors_by_phone(session)
    held = {tuple(row) for row in await session.execute(select(Certificate.tailor_id, Certificate.scheme_id))}
    missing = [one for one in rows.certificates().values() if (tailors[one.phone], one.scheme) not in held]
    today = local_date(now)
    made = [(one, _certificate(one, tailors[one.phone], today)) for one in missing]
    session.add_all(certificate for _, certificate in made)
    await session.flush()
    await _verify(session, [certificate.id for one, certificate in made if one.verified], now)
    return len(missing)


def _certificate(one: rows.CertificateRow, tailor_id: UUID, today: date) -> Certificate:
    valid_until = today + timedelta(days=one.ends_in_days)
    issued_on = _years_before(valid_until, YEARS)
    scheme = facts.skkni_schemes()[one.scheme]
    if scheme.lsp is None:
        raise ValueError(f"the scheme {one.scheme} names no LSP")
    return Certificate(
        tailor_id=tailor_id,
        state="uploaded",
        scheme_id=one.scheme,
        number=f"{one.number_head} {one.serial} {issued_on.year}",
        holder=rows.tailors()[one.phone].owner,
        lsp=scheme.lsp,
        skills=list(one.skills),
        issued_on=issued_on,
        valid_until=valid_until,
    )


def _years_before(day: date, years: int) -> date:
    # 29 February has no counterpart in most years
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


async def _verify(session: AsyncSession, certificates: list[UUID], now: datetime) -> None:
    officer = await session.scalar(select(Account.id).where(Account.phone == phone_number(cast.ADMIN.phone)))
    await move(
        session, CERTIFICATE, Certificate, "verify", Certificate.id.in_(certificates), by=officer, verified_at=now
    )
