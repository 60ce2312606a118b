"""Kuitansi: money that has arrived for an order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import local_date
from clothingline.orders.models import Order
from clothingline.papers import queries
from clothingline.papers.kinds.ordered import about_order, lines_of
from clothingline.papers.sheets import Fact, Party, Said, Sheet
from clothingline.papers.words import day
from clothingline.payments.models import Payment

PARTS: Mapping[str, str] = {
    "full": "Pembayaran penuh",
    "deposit": "Uang muka (DP)",
    "balance": "Pelunasan",
    "change": "Tambahan karena perubahan pesanan",
}


async def read(session: AsyncSession, payment: Payment, order: Order) -> dict[str, Any]:
    """The facts of a payment whose money has arrived: as much as the ledger says."""
    booked = await queries.get_booked(session, source_type="payment", source_id=payment.id, kind="capture")
    return {
        **await about_order(session, order),
        "total_idr": booked.amount_idr,
        "source_id": str(payment.id),
        "part": payment.instalment,
        "paid_on": local_date(booked.at).isoformat(),
    }


def sheet(facts: Mapping[str, Any]) -> Sheet:
    """A receipt."""
    return Sheet(
        title=Said("Kuitansi", "Receipt"),
        party=Party(Said("Diterima dari", "Received from"), facts["consumer"]),
        total=Said("Uang yang sudah diterima", "Money received"),
        total_idr=facts["total_idr"],
        facts=(
            Fact(Said("Untuk", "For"), PARTS[facts["part"]]),
            *lines_of(facts),
            Fact(Said("Diterima pada", "Received on"), day(date.fromisoformat(facts["paid_on"]))),
        ),
        notes=(
            Said(
                "Uang ini dipegang untuk pesanan Anda, lalu dibayarkan kepada mereka yang membuatnya.",
                "This money is held for your order and is then paid to those who make it.",
            ),
        ),
    )
