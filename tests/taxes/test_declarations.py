"""Tax numbers are sealed, and a declaration of exemption needs two people and shares no day with another."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.errors import Invalid
from clothingline.taxes import errors, queries, sealing, service, tasks
from clothingline.taxes.models import TaxDeclaration
from tests.cast import Cast
from tests.parties import make_tailor, member
from tests.taxes.offices import FIRST, LAST, NIK, STAFF, Office, open_office

DAY = timedelta(days=1)


@pytest.fixture
async def office(database: db.Database) -> Office:
    async with db.transaction() as session:
        office = await open_office(session)
        await office.register(session)
    return office


async def test_a_tax_number_stands_in_no_row_and_opens_only_for_its_seller(
    office: Office, session: AsyncSession
) -> None:
    profile = await queries.get_profile(session, office.seller, STAFF)
    stored = [await session.scalar(text(f"SELECT {one}::text FROM tax_profile")) for one in ("taxpayer", "tax_profile")]
    assert not any(NIK.encode().hex() in str(one) or NIK in str(one) for one in stored)
    assert sealing.open_taxpayer(office.seller, profile.taxpayer) == NIK
    assert (sealing.open_address(office.seller, profile.address), profile.taxpayer_last4) == (
        "Jl. Kenari 3, Cimahi",
        "0001",
    )
    with pytest.raises(errors.TaxProfileUnreadable):
        sealing.open_taxpayer(uuid4(), profile.taxpayer)
    with pytest.raises(errors.TaxProfileUnreadable):
        sealing.open_taxpayer(office.seller, profile.address)


async def test_nobody_confirms_a_declaration_of_their_own(office: Office) -> None:
    async with db.transaction() as session:
        given = await office.give(session)
        with pytest.raises(errors.OwnTaxDeclaration):
            await office.confirm(session, given, by=office.owner)
        assert (await office.confirm(session, given)).state == "confirmed"


async def test_the_database_itself_wants_two_people(office: Office) -> None:
    async def confirm_alone() -> None:
        async with db.transaction() as session:
            given = await office.give(session)
            given.state, given.confirmed_by = "confirmed", office.owner

    with pytest.raises(IntegrityError, match="ck_tax_declaration_two_people"):
        await confirm_alone()


async def test_two_confirmed_declarations_share_no_day(office: Office) -> None:
    async with db.transaction() as session:
        await office.confirm(session, await office.give(session))
        for first, last in ((LAST, LAST + 30 * DAY), (FIRST - 30 * DAY, FIRST), (FIRST + DAY, LAST - DAY)):
            other = await office.give(session, kind="skb", valid_from=first, valid_until=last)
            with pytest.raises(errors.TaxDeclarationOverlaps):
                await office.confirm(session, other)
        after = await office.give(session, kind="skb", valid_from=LAST + DAY, valid_until=LAST + 30 * DAY)
        assert (await office.confirm(session, after)).state == "confirmed"


async def test_the_database_itself_refuses_a_day_twice(office: Office) -> None:
    async def confirm_two() -> None:
        async with db.transaction() as session:
            for _ in range(2):
                given = await office.give(session)
                given.state, given.confirmed_by = "confirmed", office.officer
                await session.flush()

    with pytest.raises(IntegrityError, match="ex_tax_declaration_confirmed"):
        await confirm_two()


async def test_of_two_that_are_confirmed_at_once_one_holds(office: Office) -> None:
    async with db.transaction() as session:
        rows = [await office.give(session), await office.give(session, kind="skb")]

    async def press(row: TaxDeclaration) -> str:
        try:
            async with db.transaction() as session:
                return (await office.confirm(session, row)).state
        except errors.TaxDeclarationOverlaps as error:
            return error.code

    assert sorted(await asyncio.gather(*(press(row) for row in rows))) == ["confirmed", "tax_declaration_overlaps"]


async def test_a_declaration_is_decided_once(office: Office) -> None:
    async with db.transaction() as session:
        given = await office.give(session)
        refusal: dict[str, Any] = {
            "declaration_id": given.id,
            "reason": "Belum ditandatangani",
            "reach": STAFF,
            "by": office.officer,
        }
        assert (await service.refuse_declaration(session, **refusal)).reason == "Belum ditandatangani"
        with pytest.raises(errors.TaxDeclarationNotWaiting):
            await office.confirm(session, given)
        with pytest.raises(errors.TaxDeclarationNotWaiting):
            await service.refuse_declaration(session, **refusal)


async def test_what_cannot_be_declared_is_refused(office: Office, session: AsyncSession) -> None:
    with pytest.raises(Invalid):
        await office.give(session, valid_from=LAST, valid_until=FIRST)
    with pytest.raises(errors.SellerNotFound):
        await office.give(session, organisation_id=uuid4())
    await office.register(session, kind="firm")
    with pytest.raises(errors.OnlyForPersons):
        await office.give(session)
    without = await open_office(session)
    with pytest.raises(errors.TaxProfileNotFound):
        await without.give(session)


async def test_past_500_million_in_a_year_the_exemption_ends_with_the_month(
    office: Office, session: AsyncSession
) -> None:
    given = await office.confirm(session, await office.give(session))

    async def earned(year_idr: int) -> tuple[bool, date]:
        cut = await service.note_turnover(
            session, organisation_id=office.seller, year_idr=year_idr, on=date(2026, 9, 14)
        )
        await session.refresh(given)
        return cut, given.valid_until

    assert await earned(500_000_000) == (False, LAST)
    assert await earned(500_000_001) == (True, date(2026, 9, 30))
    assert await earned(600_000_000) == (False, date(2026, 9, 30))


async def test_the_sweep_ends_what_is_over_and_nothing_else(office: Office) -> None:
    async with db.transaction() as session:
        past: dict[str, Any] = {"valid_from": date(2020, 1, 1), "valid_until": date(2020, 12, 31)}
        await office.confirm(session, await office.give(session, **past))
        await office.confirm(session, await office.give(session, valid_until=date(2999, 12, 31)))
    assert (await tasks.end_declarations(), await tasks.end_declarations()) == (1, 0)
    async with db.transaction() as session:
        rows = await session.scalars(select(TaxDeclaration).order_by(TaxDeclaration.id))
        assert [row.state for row in rows] == ["ended", "confirmed"]


async def test_a_tailor_declares_and_an_officer_confirms_through_the_api(cast: Cast) -> None:
    async with db.transaction() as session:
        tailor = await make_tailor(session)
        siti = await member(cast, session, "081200000001", Role.TAILOR, tailor.id)
        dewi = await member(cast, session, "081200000004", Role.ADMIN, name="Dewi")
    entered = {"kind": "person", "taxpayer": NIK, "address": "Jl. Kenari 3, Cimahi"}
    profile = (await siti.post("/v1/tax-profiles", entered)).json()
    assert profile["taxpayer_last4"] == "0001"
    assert NIK not in (await siti.get(f"/v1/tax-profiles/{profile['id']}")).text
    body = {"kind": "under_500m", "valid_from": "2026-01-01", "valid_until": "2026-12-31", "evidence": "Surat"}
    given = (await siti.post("/v1/tax-declarations", body)).json()
    assert (await siti.post(f"/v1/tax-declarations/{given['id']}/confirmation", {})).status_code == 403
    confirmed = await dewi.post(f"/v1/tax-declarations/{given['id']}/confirmation", {})
    assert (confirmed.status_code, confirmed.json()["state"]) == (201, "confirmed")
    [listed] = (await dewi.get("/v1/tax-declarations?state=confirmed")).json()["data"]
    assert listed["id"] == given["id"]
