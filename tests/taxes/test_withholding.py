"""PPh 22 is withheld from the appointment on, and never while a confirmed declaration is in force."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.settings import settings
from clothingline.taxes.service import withheld
from tests.taxes.offices import FIRST, LAST, Office, open_office

SINCE = date(2026, 11, 1)
TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)
DUE = 5_000


@pytest.fixture
async def office(session: AsyncSession) -> Office:
    return await open_office(session)


@pytest.fixture
def appointed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings().taxes, "withhold_from", SINCE)


async def taken(session: AsyncSession, office: Office, on: date = TODAY) -> int:
    return await withheld(session, organisation_id=office.seller, gross_idr=1_000_000, on=on)


async def test_nothing_is_withheld_before_the_appointment(
    session: AsyncSession, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings().taxes.withhold_from is None
    assert await taken(session, office) == 0
    monkeypatch.setattr(settings().taxes, "withhold_from", SINCE)
    assert [await taken(session, office, day) for day in (SINCE - DAY, SINCE)] == [0, DUE]


@pytest.mark.usefixtures("appointed")
async def test_a_person_under_500_million_is_exempt_only_with_a_declaration_in_force(
    session: AsyncSession, office: Office
) -> None:
    await office.register(session)
    assert await taken(session, office) == DUE
    given = await office.give(session, valid_from=TODAY, valid_until=LAST)
    assert await taken(session, office) == DUE
    await office.confirm(session, given)
    assert [await taken(session, office, day) for day in (TODAY - DAY, TODAY, LAST, LAST + DAY)] == [DUE, 0, 0, DUE]


@pytest.mark.usefixtures("appointed")
async def test_the_limit_of_a_person_exempts_no_firm(session: AsyncSession, office: Office) -> None:
    await office.register(session)
    await office.confirm(session, await office.give(session, valid_from=FIRST))
    assert await taken(session, office) == 0
    await office.register(session, kind="firm")
    assert await taken(session, office) == DUE


@pytest.mark.usefixtures("appointed")
async def test_a_declaration_of_one_seller_exempts_no_other(session: AsyncSession, office: Office) -> None:
    await office.register(session)
    await office.confirm(session, await office.give(session, kind="skb"))
    assert await taken(session, office) == 0
    assert await taken(session, await open_office(session)) == DUE
