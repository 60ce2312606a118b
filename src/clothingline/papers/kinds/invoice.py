"""Faktur: what an order came to, once it was accepted."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import local_date
from clothingline.orders.models import Order
from clothingline.orders.queries import find_frozen_price
from clothingline.papers.kinds.ordered import about_order, lines_of
from clothingline.papers.sheets import Column, Fact, Party, Said, Sheet, Table
from clothingline.papers.words import amount
from clothingline.reference.taxes import rate_of

# What the buyer reads, in this order; the platform's fee and its tax are borne by the brand and are part of its price.
WORDS: Final[Mapping[str, Said]] = {
    "cloth": Said("Kain", "Cloth"),
    "labour": Said("Upah jahit", "Sewing"),
    "machine": Said("Mesin bersama", "Shared machines"),
    "brand": Said("Merek dan layanan", "Brand and service"),
    "transport": Said("Ongkos kirim", "Transport"),
    "ppn": Said("PPN", "Value added tax"),
}
OF_THE_BRAND: Final = ("brand_margin", "platform_fee", "ppn_fee")
NO_PPN: Final = Said(
    "Merek ini bukan pengusaha kena pajak (PKP), jadi tidak ada PPN.", "This brand charges no value added tax."
)


async def read(session: AsyncSession, order: Order) -> dict[str, Any]:
    """The facts of an order with a price: its frozen lines, which add up to it, and the base of its PPN."""
    lines = await _lines(session, order)
    return {
        **await about_order(session, order),
        "total_idr": sum(lines.values()),
        "paid_idr": order.paid_idr,
        "lines": dict(lines),
        "ppn_base_idr": taxed_by(lines["ppn"], local_date(order.created_at)),
    }


def taxed_by(ppn_idr: int, on: date) -> int:
    """The base of which the frozen tax is the rate, whole rupiah, rounded down: 5,500,000 → 45,833,333."""
    rate = rate_of("ppn", on)
    return ppn_idr * rate.den // rate.num


async def _lines(session: AsyncSession, order: Order) -> Counter[str]:
    """Rupiah by what the buyer reads. An order from before the lines has its price as one."""
    frozen = await find_frozen_price(session, order.id)
    if frozen is None:
        return Counter({"brand": order.price_idr or 0})
    found: Counter[str] = Counter()
    for claim, idr in frozen.lines.items():
        found["brand" if claim.code in OF_THE_BRAND else claim.code] += idr
    return found


def sheet(facts: Mapping[str, Any]) -> Sheet:
    """An invoice."""
    base = facts["ppn_base_idr"]
    taxed = (Fact(Said("Dasar pengenaan pajak (11/12)", "Base of the tax"), amount(base)),) if base else ()
    return Sheet(
        title=Said("Faktur", "Invoice"),
        party=Party(Said("Untuk", "To"), facts["consumer"]),
        total=Said("Harga pesanan", "Price of the order"),
        total_idr=facts["total_idr"],
        facts=(*lines_of(facts), *taxed, Fact(Said("Sudah dibayar", "Paid"), amount(facts["paid_idr"]))),
        tables=(_table(facts),),
        notes=() if base else (NO_PPN,),
    )


def _table(facts: Mapping[str, Any]) -> Table:
    rows = [(said.id, amount(facts["lines"][code])) for code, said in WORDS.items() if facts["lines"].get(code)]
    columns = (
        Column(Said("Bagian harga", "Part of the price"), number=False, wide=True),
        Column(Said("Rupiah", "Rupiah")),
    )
    total = Fact(Said("Jumlah", "Sum"), amount(facts["total_idr"]))
    return Table(Said("Rincian harga", "Price in parts"), columns, tuple(rows), total)
