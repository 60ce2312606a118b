"""Parties, cloth and designs of the tests, as rows with sensible values that any argument overrides.

Rows that the API must see need a transaction of their own, committed before the call:

    async with db.transaction() as session:
        tailor = await make_tailor(session)
        siti = await member(cast, session, "0812-3456-7802", Role.TAILOR, tailor.id)
    await siti.get("/v1/tailors")
"""

import itertools
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation, RoleHeld
from clothingline.brands.models import Brand
from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.garments.models import DESIGN, Design, SizeChart
from clothingline.kit import ids, states
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.db import Base
from clothingline.materials.models import Lot, StockEntry
from clothingline.reference import facts
from clothingline.reference.models import Regency
from clothingline.sentra.models import Sentra
from clothingline.suppliers.models import Supplier
from clothingline.tailors.models import Tailor
from tests.cast import Actor, Cast

HOME = "36.71"  # Kota Tangerang
SHIRT = "kemeja"
SIX_DAYS = [25_200, 25_200, 25_200, 25_200, 25_200, 25_200, 0]
_numbers = itertools.count(1)

Row = TypeVar("Row", bound=Base)


async def member(
    cast: Cast,
    session: AsyncSession,
    phone: str,
    role: Role,
    organisation_id: UUID | None = None,
    *,
    name: str = "Siti Rahayu",
) -> Actor:
    """Sign somebody in and give the role; it counts from the commit of `session` on."""
    actor = await cast.sign_in(phone, name)
    account_id = ids.read("acc", actor.account)
    await _add(session, RoleHeld(account_id=account_id, role=role.value, organisation_id=organisation_id))
    return actor


async def make_regency(session: AsyncSession, code: str = HOME) -> facts.Regency:
    """The row of one regency, once."""
    known = facts.regencies()[code]
    values = {one.name: getattr(known, one.name) for one in Regency.__table__.columns}
    await session.execute(insert(Regency).values(values).on_conflict_do_nothing())
    return known


async def make_organisation(session: AsyncSession, kind: str, name: str) -> Organisation:
    """A party of any kind."""
    return await _add(session, Organisation(kind=kind, name=name))


async def make_brand(
    session: AsyncSession, *, name: str = "Busana Melati", regency_code: str = HOME, **given: Any
) -> Brand:
    """A brand at the centre of its regency that cuts 500 pieces a week."""
    values = {
        "slug": f"busana-melati-{next(_numbers)}",
        "families": ["top", "bottom", "dress"],
        "fee_idr": 15_000,
        "cut_days": 1,
        "finish_days": 1,
        "weekly_pieces": 500,
        "nib": "1234567890123",
        "kbli_code": "14111",
        "kbli_edition": "2020",
    }
    return await _party(session, Brand, "brand", name, regency_code, values | given)


async def make_supplier(
    session: AsyncSession, *, name: str = "Toko Kain Sejahtera", regency_code: str = HOME, **given: Any
) -> Supplier:
    """A supplier at the centre of its regency."""
    values = {"slug": f"toko-kain-{next(_numbers)}", "nib": "3210987654321"}
    return await _party(session, Supplier, "supplier", name, regency_code, values | given)


async def make_tailor(
    session: AsyncSession, *, name: str = "Penjahit Siti", regency_code: str = HOME, **given: Any
) -> Tailor:
    """A tailor at home with the machines of a shirt and six working days; without a certificate."""
    values = {
        "kind": "home",
        "families": ["top", "bottom", "dress"],
        "machines": list(facts.garment_types()[SHIRT].machines),
        "rate_idr": 700,
        "efficiency_permille": 800,
        "weekday_seconds": SIX_DAYS,
        "reach_m": 30_000,
        "defect_ppm": 20_000,
    }
    return await _party(session, Tailor, "tailor", name, regency_code, values | given)


async def make_sentra(
    session: AsyncSession, *, name: str = "Sentra Konveksi", regency_code: str = HOME, **given: Any
) -> Sentra:
    """A sentra of which little is known."""
    organisation = await make_organisation(session, "sentra", name)
    await make_regency(session, regency_code)
    values = {
        "slug": f"sentra-{next(_numbers)}",
        "products": ["konveksi"],
        "facilities": ["upt"],
        "in_ftz": False,
        "source": "test",
    }
    return await _add(session, Sentra(id=organisation.id, regency_code=regency_code, **(values | given)))


async def make_certificate(
    session: AsyncSession,
    tailor_id: UUID,
    *,
    state: str = "active",
    scheme_id: str = "blk-sby-lockstitch",
    **given: Any,
) -> Certificate:
    """A certificate for every skill of a shirt, a year old; verified unless `state` is `uploaded`."""
    today = local_date(await business_now(session))
    values = {
        "number": f"14111 7531 {next(_numbers):07d} 2025",
        "holder": "Siti Rahayu",
        "lsp": "LSP BLK Surabaya",
        "skills": list(facts.garment_types()[SHIRT].skills),
        "issued_on": today - timedelta(days=365),
        "valid_until": today + timedelta(days=730),
    }
    row = Certificate(tailor_id=tailor_id, scheme_id=scheme_id, state="uploaded", **(values | given))
    await _add(session, row)
    if state == "uploaded":
        return row
    event = {"active": "verify", "refused": "refuse", "needs_photo": "ask_again"}[state]
    [moved] = await states.move(session, CERTIFICATE, Certificate, event, Certificate.id == row.id)
    return moved


async def make_lot(session: AsyncSession, supplier_id: UUID, *, received_cm: int = 100_000, **given: Any) -> Lot:
    """A kilometre of light woven cotton in navy, all of it free, at Rp 40,000 a metre."""
    number = next(_numbers)
    values = {
        "code": f"KTN-{number:04d}",
        "name": "Katun Jepang",
        "cloth_class": "woven_light",
        "colour": "navy",
        "shade": "A",
        "fibre": "cotton",
        "width_cm": 150,
        "price_idr": 40_000,
        "min_cut_cm": 50,
        "lead_days": 1,
    }
    row = await _add(session, Lot(supplier_id=supplier_id, received_cm=received_cm, **(values | given)))
    if received_cm:
        await _add(session, StockEntry(lot_id=row.id, kind="received", cm=received_cm))
    return row


async def make_chart(session: AsyncSession, brand_id: UUID | None = None, **given: Any) -> SizeChart:
    """A chart S to XL of chest girths of the body."""
    sizes = ["S", "M", "L", "XL"]
    rows = [
        {"size": size, "measurement": "chest", "min_mm": 800 + 60 * step, "max_mm": 860 + 60 * step}
        for step, size in enumerate(sizes)
    ]
    values = {"name": "Ukuran dewasa", "sex": "F", "basis": "body", "sizes": sizes, "rows": rows, "source": "test"}
    return await _add(session, SizeChart(brand_id=brand_id, **({"slug": f"ukuran-{next(_numbers)}"} | values | given)))


def _choice(code: str, label_id: str, label_en: str, extra_idr: int = 0) -> dict[str, Any]:
    return {"code": code, "label_id": label_id, "label_en": label_en, "extra_idr": extra_idr}


OPTIONS: Final[list[dict[str, Any]]] = [
    {"code": "lengan", "kind": "choice", "label_id": "Lengan", "label_en": "Sleeves"}
    | {
        "choices": [_choice("tujuh", "Lengan 7/8", "Sleeves 7/8"), _choice("panjang", "Lengan panjang", "Long sleeves")]
    },
    {"code": "bordir", "kind": "flag", "label_id": "Bordir ujung lengan", "label_en": "Embroidered cuffs"}
    | {"choices": [_choice("ya", "Ya", "Yes", 45_000)]},
    {"code": "saku", "kind": "flag", "label_id": "Saku dada", "label_en": "Chest pocket"},
    {"code": "inisial", "kind": "text", "label_id": "Inisial", "label_en": "Initials", "max_length": 20},
]
"""Options of a design, of each kind, free and paid."""
CHOSEN: Final[dict[str, Any]] = {"lengan": "tujuh", "bordir": True, "saku": False, "inisial": "RK-27"}
"""What somebody chose of `OPTIONS`."""


async def make_design(session: AsyncSession, brand_id: UUID, *, state: str = "published", **given: Any) -> Design:
    """A shirt without options in any colour, with a chart S to XL of its own; `state` is `published` or `draft`."""
    if "size_chart_id" not in given:
        given["size_chart_id"] = (await make_chart(session, brand_id)).id
    values = {
        "slug": f"kemeja-{next(_numbers)}",
        "name": "Kemeja Kerja",
        "description": "Kemeja lengan panjang untuk bekerja.",
        "garment_type": SHIRT,
        "cloth_class": "woven_light",
        "cloth_width_cm": 150,
        "cloth_cm": 160,
        "standard_seconds": 1_320,
        "colours": [],
        "options": [],
        "made_to_measure": True,
    }
    row = await _add(session, Design(brand_id=brand_id, state="draft", **(values | given)))
    if state == "draft":
        return row
    [moved] = await states.move(session, DESIGN, Design, "publish", Design.id == row.id)
    return moved


async def _party(
    session: AsyncSession, table: type[Row], kind: str, name: str, regency_code: str, values: dict[str, Any]
) -> Row:
    place = await make_regency(session, regency_code)
    organisation = await make_organisation(session, kind, name)
    spot = {"regency_code": regency_code, "lat_micro": place.lat_micro, "lon_micro": place.lon_micro}
    return await _add(session, table(id=organisation.id, **(spot | values)))


async def _add(session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.flush()
    return row
