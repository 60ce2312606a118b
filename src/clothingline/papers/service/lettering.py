"""The income letter that a party asks for."""

import calendar
import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, Role, meant
from clothingline.kit.clock import local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.ids import show
from clothingline.papers.errors import PayeeNotFound
from clothingline.papers.kinds import income_letter
from clothingline.papers.models import Document
from clothingline.papers.service.wishing import Belonging, wish

MOST_MONTHS: Final = 12
EARNERS: Final = (Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER)


async def write_income_letter(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    first_month: str,
    last_month: str,
    reach: Reach,
    now: datetime,
    by: UUID,
) -> Document:
    """What a party has earned from `first_month` to `last_month` (`2026-01`); the same figures are the same letter.

    Raises `PayeeNotFound`, `NothingEarned`, and `Invalid` for months that are not there yet or more than twelve.
    """
    earner = _earner(organisation_id, reach)
    months = _months(first_month, last_month, local_date(now))
    facts = await income_letter.read(session, organisation_id=earner, months=months)
    last = months[-1].replace(day=calendar.monthrange(months[-1].year, months[-1].month)[1])
    return await wish(
        session,
        kind="income_letter",
        subject=f"{show('org', earner)}:{first_month}:{last_month}:{_digest(facts)}",
        facts=facts,
        belonging=Belonging(organisation_id=earner, first_on=months[0], last_on=last),
        now=now,
        by=by,
    )


def _earner(organisation_id: UUID | None, reach: Reach) -> UUID:
    earner = meant(organisation_id, reach.of(*EARNERS))
    if earner is None:
        raise PayeeNotFound
    return earner


def _months(first: str, last: str, today: date) -> list[date]:
    """The first days of the months, in order. Raises `Invalid`."""
    begin, end = (date.fromisoformat(f"{one}-01") for one in (first, last))
    count = (end.year - begin.year) * 12 + end.month - begin.month + 1
    if not 1 <= count <= MOST_MONTHS:
        raise Invalid("/last_month", "Pilih satu sampai dua belas bulan", "Choose one to twelve months")
    if end > today:
        raise Invalid("/last_month", "Bulan ini belum tiba", "This month has not come yet")
    counted = [begin.month - 1 + step for step in range(count)]
    return [date(begin.year + month // 12, month % 12 + 1, 1) for month in counted]


def _digest(facts: Mapping[str, Any]) -> str:
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
