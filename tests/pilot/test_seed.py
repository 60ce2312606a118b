"""What the seed writes, and that writing it again changes nothing."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import pilot
from clothingline.accounts.models import Account, RoleHeld
from clothingline.accounts.secrets import phone_number
from clothingline.certification.models import Certificate
from clothingline.garments.models import Design
from clothingline.garments.options import check, read
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.materials.models import Lot, StockEntry
from clothingline.pilot import cast
from clothingline.pilot.people import tailors_by_phone
from clothingline.tailors.models import Tailor
from tests.pilot_fixture import pilot_database, pilot_template

__all__ = ["pilot_database", "pilot_template"]

PROMISED = {"brand": 20, "tailor": 30, "supplier": 8, "sentra": 3}


async def test_an_empty_database_gets_the_whole_pilot(session: AsyncSession) -> None:
    written = await pilot.seed(session)
    assert {name: written[name] for name in PROMISED} == PROMISED
    assert written["lot"] >= 40
    assert written["design"] >= 24
    assert written["regency"] == 514


async def test_a_second_seed_changes_nothing(pilot_database: db.Database) -> None:
    async with pilot_database.transaction() as session:
        written = await pilot.seed(session)
    assert set(written.values()) == {0}


async def test_a_seed_completes_what_is_missing_and_leaves_what_stands(pilot_database: db.Database) -> None:
    async with pilot_database.transaction() as session:
        siti = await _tailor(session, cast.SITI)
        siti.rate_idr = 4_321
    async with pilot_database.transaction() as session:
        await pilot.seed(session)
        assert (await _tailor(session, cast.SITI)).rate_idr == 4_321


async def test_a_known_phone_gets_its_role_without_a_second_account(session: AsyncSession) -> None:
    known = Account(phone=phone_number(cast.BATIK_OWNER.phone), name="Sudah Ada")
    session.add(known)
    await session.flush()
    await pilot.seed(session)
    roles = await session.scalars(select(RoleHeld.role).where(RoleHeld.account_id == known.id))
    assert list(roles) == [Role.BRAND_OWNER.value]


async def test_everybody_of_the_cast_can_be_found_by_phone_with_their_role(pilot_database: db.Database) -> None:
    async with pilot_database.transaction() as session:
        for person in cast.EVERYBODY:
            query = select(Account.name, RoleHeld.role).join(RoleHeld, RoleHeld.account_id == Account.id)
            found = (await session.execute(query.where(Account.phone == phone_number(person.phone)))).all()
            assert [tuple(row) for row in found] == [(person.name, person.role.value)]


async def test_three_certificates_show_the_gate_and_all_others_hold_two_to_three_years(
    pilot_database: db.Database,
) -> None:
    async with pilot_database.transaction() as session:
        today = local_date(await business_now(session))
        tailors = await tailors_by_phone(session)
        rows = list(await session.scalars(select(Certificate)))
    odd = {tailors[one.phone]: one for one in (cast.TATI, cast.WAWAN, cast.LILIS)}
    ends = {row.tailor_id: (row.valid_until - today).days for row in rows if row.scheme_id == "blk-sby-operator-sewing"}
    assert [ends[tailor] for tailor, who in odd.items() if who is not cast.LILIS] == [20, -40]
    assert [row.tailor_id for row in rows if row.state != "active"] == [tailors[cast.LILIS.phone]]
    usual = [row for row in rows if row.tailor_id not in odd]
    assert all(timedelta(days=730) <= row.valid_until - today <= timedelta(days=1_096) for row in usual)


async def test_every_design_is_published_with_options_that_the_catalogue_accepts(pilot_database: db.Database) -> None:
    async with pilot_database.transaction() as session:
        designs = list(await session.scalars(select(Design)))
    assert {one.state for one in designs} == {"published"}
    for one in designs:
        check(read(one.options))


async def test_every_centimetre_of_cloth_was_received(pilot_database: db.Database) -> None:
    async with pilot_database.transaction() as session:
        lots = dict((await session.execute(select(Lot.id, Lot.received_cm))).all())
        sums = select(StockEntry.lot_id, func.sum(StockEntry.cm)).group_by(StockEntry.lot_id)
        entries = dict((await session.execute(sums)).all())
    assert entries == lots


async def _tailor(session: AsyncSession, person: cast.Person) -> Tailor:
    return await session.get_one(Tailor, (await tailors_by_phone(session))[person.phone])
