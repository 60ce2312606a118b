"""Kiriman uang: one payout, and every earning in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.earnings.models import Earning
from clothingline.kit.clock import local_date
from clothingline.orders.queries import orders_of
from clothingline.papers import queries
from clothingline.papers.sheets import Column, Fact, Party, Said, Sheet, Table
from clothingline.papers.words import amount, day
from clothingline.payouts import queries as payouts
from clothingline.payouts.models import Payee, Payout, PayoutItem
from clothingline.taxes.queries import find_profile

SOURCES: Final[Mapping[str, str]] = {
    "job": "Upah jahit",
    "reservation": "Kain",
    "order": "Bagian merek",
    "machine": "Mesin",
    "held": "Sisa yang sempat ditahan",
}
THING, GROSS = Column(Said("Pesanan", "Order"), number=False, wide=True), Column(Said("Penghasilan", "Earned"))
TAX, DEBT = Column(Said("Pajak (PPh 22)", "Tax withheld")), Column(Said("Potongan lain", "Other deductions"))
NET = Column(Said("Dikirim", "Sent"))


async def read(session: AsyncSession, payout: Payout) -> dict[str, Any]:
    """The facts of a payout that the bank has confirmed: as much as the ledger says."""
    booked = await queries.get_booked(session, source_type="payout", source_id=payout.id, kind="settle")
    payee = await session.get_one(Payee, payout.payee_id)
    items = (await payouts.items_of(session, [payout.id]))[payout.id]
    orders = await orders_of(session, [earning.order_id for _, earning in items])
    profile = await find_profile(session, payout.payee_id)
    return {
        "taxpayer_last4": profile.taxpayer_last4 if profile else None,
        "name": (await names_of(session, [payout.payee_id]))[payout.payee_id],
        "total_idr": booked.amount_idr,
        "source_id": str(payout.id),
        "bank_last4": payee.bank_last4,
        "paid_on": local_date(booked.at).isoformat(),
        "items": [_item(item, earning, orders[earning.order_id].code) for item, earning in items],
    }


def _item(item: PayoutItem, earning: Earning, order: str) -> dict[str, Any]:
    return {
        "order": order,
        "source": earning.source_type,
        "gross_idr": earning.amount_idr,
        "withheld_idr": earning.withheld_idr,
        "recovered_idr": earning.recovered_idr,
        "net_idr": item.amount_idr,
    }


def sheet(facts: Mapping[str, Any]) -> Sheet:
    """A payout statement."""
    account = Fact(Said("Ke rekening", "To account"), f"•••• {facts['bank_last4']}")
    return Sheet(
        title=Said("Kiriman uang", "Payout statement"),
        party=Party(Said("Untuk", "To"), facts["name"]),
        total=Said("Uang yang dikirim", "Money sent"),
        total_idr=facts["total_idr"],
        facts=(
            Fact(Said("Sampai di bank pada", "At the bank on"), day(date.fromisoformat(facts["paid_on"]))),
            *((account,) if facts["bank_last4"] else ()),
            *_tax(facts),
        ),
        tables=(_table(facts["items"], facts["total_idr"]),),
        notes=(
            Said(
                "Bila ada yang tidak cocok, tunjukkan surat ini kepada pendamping Anda.",
                "If anything does not fit, show this paper to your field officer.",
            ),
        ),
    )


def _tax(facts: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What was withheld, and from which taxpayer: nothing where nothing was."""
    withheld = sum(one["withheld_idr"] for one in facts["items"])
    number = Fact(Said("NPWP atau NIK", "Tax number"), f"•••• {facts['taxpayer_last4']}")
    known = (number,) if facts["taxpayer_last4"] else ()
    return (Fact(Said("Pajak yang dipotong (PPh 22)", "Tax withheld"), amount(withheld)), *known) if withheld else ()


def _table(items: Sequence[Mapping[str, Any]], total_idr: int) -> Table:
    """One earning a row; tax and other deductions have columns only where there were any."""
    taken = [(name, column) for name, column in (("withheld_idr", TAX), ("recovered_idr", DEBT)) if _any(items, name)]
    shown = [("gross_idr", GROSS), *taken, ("net_idr", NET)] if taken else [("net_idr", NET)]
    rows = [(f"{one['order']} · {SOURCES[one['source']]}", *(amount(one[name]) for name, _ in shown)) for one in items]
    total = Fact(Said("Jumlah dikirim", "Sum sent"), amount(total_idr))
    columns = (THING, *(column for _, column in shown))
    return Table(Said("Rincian", "In detail"), columns, tuple(rows), total)


def _any(items: Sequence[Mapping[str, Any]], name: str) -> bool:
    return any(one[name] for one in items)
