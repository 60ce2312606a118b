"""Brands, suppliers and tailors of the pilot, and who belongs to which sentra."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.kit.access import Role
from clothingline.kit.clock import local_date
from clothingline.kit.money import share
from clothingline.pilot import rows
from clothingline.pilot.people import Enrolment, enrol, ids_by_slug, tailors_by_phone
from clothingline.reference.distances import centroid
from clothingline.reference.wages import fair_piece_rate_idr
from clothingline.sentra.models import Sentra, SentraMember
from clothingline.suppliers.models import Supplier
from clothingline.tailors.models import Tailor

KBLI_EDITION: Final = "2020"
MINUTE: Final = 60


async def add_brands(session: AsyncSession) -> int:
    """The IKM brands."""
    held = await ids_by_slug(session, Brand)
    missing = [one for one in rows.brands().values() if one.slug not in held]
    names = await _found(session, "brand", (one.name for one in missing))
    session.add_all(_brand(one, organisation) for one, organisation in zip(missing, names, strict=True))
    await session.flush()
    return len(missing)


async def _found(session: AsyncSession, kind: str, names: Iterable[str]) -> list[UUID]:
    """Make organisations of these names and answer their ids in order; parties of the trade share them."""
    founded = [Organisation(kind=kind, name=name) for name in names]
    session.add_all(founded)
    await session.flush()
    return [one.id for one in founded]


def _brand(one: rows.BrandRow, organisation: UUID) -> Brand:
    return Brand(
        id=organisation,
        slug=one.slug,
        **_place(one),
        families=list(one.families),
        fee_idr=one.fee_idr,
        cut_days=one.cut_days,
        finish_days=one.finish_days,
        weekly_pieces=one.weekly_pieces,
        standing_acceptance=one.standing_acceptance,
        nib=one.nib,
        kbli_code=one.kbli_code,
        kbli_edition=KBLI_EDITION,
    )


def _place(one: rows.BrandRow | rows.SupplierRow | rows.TailorRow) -> dict[str, Any]:
    lat, lon = centroid(one.regency_code)
    return {
        "regency_code": one.regency_code,
        "lat_micro": lat + one.north_micro,
        "lon_micro": lon + one.east_micro,
    }


async def add_suppliers(session: AsyncSession) -> int:
    """The sellers of cloth."""
    held = await ids_by_slug(session, Supplier)
    missing = [one for one in rows.suppliers().values() if one.slug not in held]
    names = await _found(session, "supplier", (one.name for one in missing))
    session.add_all(_supplier(one, organisation) for one, organisation in zip(missing, names, strict=True))
    await session.flush()
    return len(missing)


def _supplier(one: rows.SupplierRow, organisation: UUID) -> Supplier:
    return Supplier(
        id=organisation, slug=one.slug, **_place(one), nib=one.nib, standing_acceptance=one.standing_acceptance
    )


async def add_tailors(session: AsyncSession, *, now: datetime) -> dict[str, int]:
    """The workshops and their owners' accounts, by which they are found again; how many of each were written."""
    held = await tailors_by_phone(session)
    missing = [one for one in rows.tailors().values() if one.phone not in held]
    names = await _found(session, "tailor", (one.name for one in missing))
    year = local_date(now).year
    pairs = list(zip(missing, names, strict=True))
    session.add_all(_tailor(one, organisation, year) for one, organisation in pairs)
    await session.flush()
    owners = [Enrolment(one.owner, one.phone, Role.TAILOR, organisation) for one, organisation in pairs]
    return {"tailor": len(missing), "account": await enrol(session, owners)}


def _tailor(one: rows.TailorRow, organisation: UUID, year: int) -> Tailor:
    fair = fair_piece_rate_idr(one.regency_code, year, standard_seconds=MINUTE)
    return Tailor(
        id=organisation,
        kind=one.kind,
        **_place(one),
        families=list(one.families),
        machines=list(one.machines),
        rate_idr=share(fair, permille=1000 + one.over_fair_permille),
        efficiency_permille=one.efficiency_permille,
        weekday_seconds=one.weekday_seconds,
        reach_m=one.reach_m,
        defect_ppm=one.defect_ppm,
        rush=one.rush,
    )


async def add_members(session: AsyncSession) -> int:
    """Who belongs to which sentra."""
    sentra = await ids_by_slug(session, Sentra)
    wanted = {(sentra[slug], organisation) for slug, organisation in await _memberships(session)}
    held = (await session.execute(select(SentraMember.sentra_id, SentraMember.organisation_id))).all()
    missing = wanted - {(row.sentra_id, row.organisation_id) for row in held}
    session.add_all(SentraMember(sentra_id=one, organisation_id=organisation) for one, organisation in missing)
    await session.flush()
    return len(missing)


async def _memberships(session: AsyncSession) -> list[tuple[str, UUID]]:
    brands = await ids_by_slug(session, Brand)
    tailors = await tailors_by_phone(session)
    return [
        *((one.sentra, brands[one.slug]) for one in rows.brands().values() if one.sentra),
        *((one.sentra, tailors[one.phone]) for one in rows.tailors().values() if one.sentra),
    ]
