"""The tailors are paid, and the books are closed."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from clothingline.cli.demo import making
from clothingline.cli.demo.stage import Actor, Stage
from clothingline.kit.clock import WIB, local_date
from clothingline.reference.calendar import FIVE_DAY_WEEK, WorkingCalendar

OFFICE = WorkingCalendar(weekdays=FIVE_DAY_WEEK)
WORKING_DAYS = 2
LEAVES_AT = time(6, tzinfo=WIB)


@dataclass(frozen=True)
class Closing:
    """What must be zero at the end.

    By how much debits and credits differ (rupiah), what clearing accounts still hold (rupiah, without sign), how many
    differences from the provider's books are open.
    """

    off_idr: int
    in_flight_idr: int
    differences: int


async def enrol(stage: Stage, admin: Actor, order: str) -> None:
    """Whoever sews for an order becomes a payee, once, and opens an account on the provider's page."""
    for job in await making.jobs_of(admin, order):
        tailor = await stage.member_of(job["tailor"])
        payee = await tailor.do("/v1/payees", {"cadence": "daily"})
        if payee["id"] not in stage.payees:
            stage.payees[payee["id"]] = tailor
            await stage.settle()
            page = await tailor.do(f"/v1/payees/{payee['id']}/onboarding")
            await stage.outside.open_account(page["link"])
            await stage.settle()
            stage.tell.say(job["tailor_name"], "membuka rekening di halaman penyedia pembayaran")


async def pay_out(stage: Stage) -> None:
    """Two working days later, at six in the morning, what is available leaves; then the banks have it."""
    day = OFFICE.add_working_days(local_date(await stage.now()), WORKING_DAYS)
    await stage.wait_until(datetime.combine(day, LEAVES_AT))
    stage.tell.say("waktu", "dua hari kerja lewat; upah yang tersedia sudah dikirim ke bank para penjahit")
    await stage.bank_day()


async def close(stage: Stage, admin: Actor, folder: Path) -> Closing:
    """Compare with the provider's books, and show balances, payouts and a statement, which is put into `folder`."""
    differences = await _compare(stage, admin)
    balance = await admin.get("/v1/trial-balance")
    stage.tell.trial_balance(balance)
    paid = await _payouts(admin, stage)
    stage.tell.payouts(paid, stage.names)
    if arrived := [one for one in paid if one["state"] == "settled"]:
        stage.tell.say("bukti", f"laporan kiriman uang (PDF): {await _statement(stage, arrived[0], folder)}")
    stage.tell.say("pencocokan", f"dengan pembukuan penyedia pembayaran: {differences} selisih")
    off = sum(abs(one["amount"]) for one in balance["difference"])
    flying = [one for one in balance["kinds"] if one["kind"] == "clearing"]
    return Closing(off, sum(one["debit"]["amount"] - one["credit"]["amount"] for one in flying), differences)


async def _compare(stage: Stage, admin: Actor) -> int:
    await admin.do("/v1/reconciliations")
    await stage.settle()
    return len((await admin.get("/v1/differences", state="open", limit=100))["data"])


async def _payouts(admin: Actor, stage: Stage) -> list[dict[str, Any]]:
    """Those of the tailors of this story, newest first."""
    page = await admin.get("/v1/payouts", limit=100)
    return [one for one in page["data"] if one["payee"] in stage.payees]


async def _statement(stage: Stage, payout: dict[str, Any], folder: Path) -> Path:
    tailor = stage.payees[payout["payee"]]
    [newest] = (await tailor.get("/v1/documents", kind="payout_statement", limit=1))["data"]
    content = await tailor.download(f"/v1/documents/{newest['id']}/file")
    path = folder / f"{newest['number'].replace('/', '-')}.pdf"
    await asyncio.to_thread(_write, path, content)
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
