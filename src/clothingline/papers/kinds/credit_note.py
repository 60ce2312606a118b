"""Nota kredit: money that has gone back."""

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
from clothingline.payments.models import Refund

REASONS: Mapping[str, str] = {
    "order_cancelled": "Pesanan dibatalkan",
    "incomplete": "Pembayaran belum lengkap sampai batas waktunya",
    "late": "Uang datang sesudah waktu bayar habis",
}
OTHERWISE = "Sesuai keputusan petugas"
REPLACES = Said("Menggantikan, karena uangnya kembali dari bank", "Replaces, since the bank gave the money back")


async def read(session: AsyncSession, refund: Refund, order: Order) -> dict[str, Any]:
    """The facts of a refund that the provider has paid: as much as the ledger says of the last time that it did.

    What had come back from the bank was paid once more: the paper of that time is replaced, and named.
    """
    booked = await queries.get_booked(session, source_type="refund", source_id=refund.id, kind="settle")
    before = await queries.list_numbers_about(session, kind="credit_note", source_id=refund.id, before=booked.step)
    return {
        **await about_order(session, order),
        "total_idr": booked.amount_idr,
        "source_id": str(refund.id),
        "step": booked.step,
        "replaces": before,
        "reason": refund.reason,
        "returned_on": local_date(booked.at).isoformat(),
    }


def sheet(facts: Mapping[str, Any]) -> Sheet:
    """A credit note."""
    return Sheet(
        title=Said("Nota kredit", "Credit note"),
        party=Party(Said("Untuk", "To"), facts["consumer"]),
        total=Said("Uang yang dikembalikan", "Money returned"),
        total_idr=facts["total_idr"],
        facts=(
            Fact(Said("Sebab", "Reason"), REASONS.get(facts["reason"], OTHERWISE)),
            *lines_of(facts),
            *(Fact(REPLACES, number) for number in facts.get("replaces", ())),
            Fact(Said("Dikembalikan pada", "Returned on"), day(date.fromisoformat(facts["returned_on"]))),
        ),
        notes=(
            Said(
                "Uang kembali lewat cara Anda membayar. Bank dapat memerlukan beberapa hari.",
                "The money goes back the way it came. Your bank may need some days.",
            ),
        ),
    )
