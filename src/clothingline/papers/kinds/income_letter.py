"""Surat penghasilan: what a party has earned, month by month, for a tax return or a loan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import find_organisation
from clothingline.papers import queries
from clothingline.papers.errors import NothingEarned, PayeeNotFound
from clothingline.papers.sheets import Column, Fact, Party, Said, Sheet, Table
from clothingline.papers.words import amount, month

WORK: Mapping[str, Said] = {
    "tailor": Said("penjahit", "tailor"),
    "supplier": Said("pemasok kain", "cloth supplier"),
    "brand": Said("merek busana", "fashion brand"),
}
MONTH, GROSS = Column(Said("Bulan", "Month"), number=False, wide=True), Column(Said("Penghasilan", "Earned"))
TAX, DEBT = Column(Said("Pajak (PPh 22)", "Tax withheld")), Column(Said("Potongan lain", "Other deductions"))
NET = Column(Said("Diterima", "Received"))


async def read(session: AsyncSession, *, organisation_id: UUID, months: Sequence[date]) -> dict[str, Any]:
    """The facts of some months, given by their first days. Raises `PayeeNotFound`, `NothingEarned`."""
    organisation = await find_organisation(session, organisation_id)
    if organisation is None:
        raise PayeeNotFound
    earned = await queries.income_by_month(session, organisation_id=organisation_id, months=months)
    if not earned:
        raise NothingEarned
    return {
        "name": organisation.name,
        "work": organisation.kind,
        "total_idr": sum(one.gross_idr for one in earned.values()),
        "months": [{"month": one.isoformat(), **_figures(earned.get(one))} for one in months],
    }


def _figures(one: queries.Income | None) -> dict[str, int]:
    return one._asdict() if one else dict.fromkeys(queries.Income._fields, 0)


def sheet(facts: Mapping[str, Any]) -> Sheet:
    """An income letter."""
    months = facts["months"]
    count, work = len(months), WORK[facts["work"]]
    masa = " – ".join(dict.fromkeys((_named(months[0]), _named(months[-1]))))
    mean = facts["total_idr"] // count
    return Sheet(
        title=Said("Surat penghasilan", "Income letter"),
        party=Party(Said("Untuk", "For"), facts["name"]),
        total=Said(f"Penghasilan {count} bulan", f"Earned in {count} months"),
        total_idr=facts["total_idr"],
        lead=(
            Said(
                f"clothingline menerangkan bahwa {facts['name']} bekerja sebagai {work.id} di sini "
                f"dan berpenghasilan seperti di bawah ini, {masa}.",
                f"clothingline states that {facts['name']} works here as a {work.en} and has earned as shown below.",
            ),
        ),
        facts=(Fact(Said("Rata-rata sebulan", "Mean of a month"), amount(mean)),),
        tables=(_table(months),),
        notes=(
            Said(
                "Penghasilan dicatat pada bulan saat pekerjaan lolos periksa dan uangnya siap dikirim.",
                "Income counts in the month in which the work has passed and its money was ready to be sent.",
            ),
        ),
    )


def _named(one: Mapping[str, Any]) -> str:
    return month(date.fromisoformat(one["month"]))


def _table(months: Sequence[Mapping[str, Any]]) -> Table:
    """Month by month; other deductions have a column only where there were any."""
    names = ["gross_idr", "withheld_idr", *(["recovered_idr"] if any(one["recovered_idr"] for one in months) else [])]
    columns = dict(zip(("gross_idr", "withheld_idr", "recovered_idr"), (GROSS, TAX, DEBT), strict=True))
    rows = [(_named(one), *(amount(one[name]) for name in names), amount(_net(one))) for one in months]
    total = Fact(Said("Jumlah diterima", "Sum received"), amount(sum(_net(one) for one in months)))
    title = Said("Bulan demi bulan", "Month by month")
    return Table(title, (MONTH, *(columns[name] for name in names), NET), tuple(rows), total)


def _net(one: Mapping[str, Any]) -> int:
    return int(one["gross_idr"] - one["withheld_idr"] - one["recovered_idr"])
