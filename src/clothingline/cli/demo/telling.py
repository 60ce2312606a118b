"""How the story is told: one line per act, tables for plans, jobs and money."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from clothingline.kit.clock import WIB
from clothingline.kit.money import rupiah
from clothingline.kit.wording import states_named
from clothingline.office.told import EVENT_WORDS
from clothingline.production import errors as _of_production  # noqa: F401  # names the states of its trade
from clothingline.shop.offering import LABELS

PARTS = {
    "brand_fee": "Jasa merek",
    "cloth": "Kain",
    "sewing_pay": "Upah jahit",
    "set_up": "Persiapan penjahit",
    "transport": "Antar",
    "options": "Pilihan",
    "ppn": "PPN",
    "defects": "(risiko cacat)",
    "lateness_risk": "(risiko lambat)",
    "fairness_credit": "(pemerataan)",
}

KINDS = {
    "provider": "Uang kita di penyedia pembayaran",
    "connected": "Di rekening penerima, belum sampai ke bank",
    "clearing": "Masih di perjalanan",
    "escrow": "Titipan pembeli",
    "committed": "Akan terutang (catatan)",
    "expected": "Belum dikerjakan (catatan)",
    "earned": "Sudah dikerjakan (catatan)",
    "available": "Siap dikirim kepada yang berhak",
    "in_batch": "Dalam kiriman",
    "transport": "Untuk kurir",
    "disputed": "Disisihkan karena sanggahan",
    "guarantee": "Dana jaminan",
    "debt": "Utang kepada dana jaminan (catatan)",
    "recourse": "Tagihan dana jaminan (catatan)",
    "ppn": "PPN untuk negara",
    "pph22": "PPh 22 untuk negara",
    "income": "Pendapatan: biaya layanan",
    "cost": "Biaya penyedia pembayaran",
    "capital": "Modal",
    "bank": "Bank kita",
    "suspense": "Belum jelas",
}
PAYOUTS = {
    "settled": "sampai di bank",
    "failed": "tidak berhasil",
    "returned": "kembali",
    "draft": "menunggu persetujuan",
}


INSTALMENTS = {"full": "lunas", "deposit": "uang muka", "balance": "pelunasan"}


def state_word(state: str) -> str:
    """What a state is called; one that has no word, by its name."""
    return states_named().get(state, state)


def label_word(label: str) -> str:
    """What kind of plan it is."""
    return LABELS.get(label, label)


def _counted(events: Sequence[str]) -> list[str]:
    return [name if count == 1 else f"{count} × {name}" for name, count in Counter(events).items()]


class Teller:
    """Prints the story to the terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def chapter(self, title: str) -> None:
        """A new order begins."""
        self.console.rule(f"[bold]{title}", align="left")

    def say(self, who: str, what: str) -> None:
        """One act."""
        self.console.print(f"  [cyan]{who:<22}[/] {what}")

    def plan(self, plan: dict[str, Any], names: dict[str, str]) -> None:
        """Price by parts, dates, and who does what."""
        table = Table(title=f"Rencana {label_word(plan['label'])}", title_justify="left", box=None, padding=(0, 2))
        table.add_column("bagian")
        table.add_column("Rp", justify="right")
        for part in plan["breakdown"]:
            table.add_row(PARTS.get(part["code"], part["code"]), rupiah(part["amount"]["amount"]))
        table.add_row("[bold]jumlah", f"[bold]{rupiah(plan['price']['amount'])}")
        self.console.print(table)
        self.say("merek", names.get(plan["brand"], plan["brand"]))
        for share in plan["shares"]:
            self.say("penjahit", f"{names.get(share['tailor'], share['tailor'])}: {share['pieces']} potong")
        self.say("janji", f"paling lambat {plan['promise_on']}, biasanya {plan['usual_on']}")

    def reasons(self, explanation: dict[str, Any], certificate: dict[str, Any]) -> None:
        """Why this plan, and how close to the best."""
        self.say("mengapa", explanation["summary"]["id"])
        for limit in explanation["limits"]:
            self.say("", f"{limit['count']} × {limit['id']}")
        if explanation["runner_up"]:
            extra = explanation["runner_up"]["cost_idr"] - explanation["cost_idr"]
            self.say("calon kedua", f"{rupiah(extra)} lebih mahal menurut mesin")
        proven = "terbukti oleh pemeriksa mandiri" if certificate["verified"] else "TIDAK terbukti"
        figures = f"biaya {rupiah(certificate['cost_idr'])}, batas bawah {rupiah(certificate['bound_idr'])}"
        self.say("sertifikat", f"{figures}, celah {rupiah(certificate['gap_idr'])}: {proven}")

    def timeline(self, entries: Iterable[dict[str, Any]], when: Any) -> None:
        """What happened to an order and concerns people, in business time."""
        self.console.print("Lini masa", style="italic")
        days: dict[str, list[str]] = {}
        for entry in entries:
            stamp = when(entry["at"]).astimezone(WIB)
            if entry["event"] in EVENT_WORDS:
                days.setdefault(f"{stamp:%d-%m-%Y %H.%M}", []).append(EVENT_WORDS[entry["event"]])
        for stamp, events in days.items():
            self.console.print(f"  {stamp}  {' · '.join(_counted(events))}")

    def jobs(self, jobs: Sequence[dict[str, Any]], names: dict[str, str]) -> None:
        """The job of each tailor."""
        table = Table(title="Pekerjaan", title_justify="left", box=None, padding=(0, 2))
        for column in ("penjahit", "potong", "ukuran", "upah", "tenggat", "tahap"):
            table.add_column(column)
        for job in jobs:
            sizes = " ".join(f"{size}×{count}" for size, count in job["sizes"].items()) or "ukuran badan"
            pay = rupiah(job["pay"]["amount"])
            name = names.get(job["tailor"], job["tailor"])
            table.add_row(name, str(job["pieces"]), sizes, pay, job["due_on"], state_word(job["state"]))
        self.console.print(table)

    def trial_balance(self, balance: dict[str, Any]) -> None:
        """What stands in the ledger, by kind of account."""
        table = Table(title="Neraca saldo (debit +, kredit −)", title_justify="left", box=None, padding=(0, 2))
        for column in ("jenis akun", "debit", "kredit"):
            table.add_column(column, justify="left" if column == "jenis akun" else "right")
        kinds = balance["kinds"]
        for one in kinds:
            sides = (rupiah(one[side]["amount"]) for side in ("debit", "credit"))
            table.add_row(KINDS.get(one["kind"], one["kind"]), *sides)
        totals = (rupiah(sum(one[side]["amount"] for one in kinds)) for side in ("debit", "credit"))
        table.add_row("[bold]jumlah", *(f"[bold]{total}" for total in totals))
        self.console.print(table)

    def payouts(self, payouts: Sequence[dict[str, Any]], names: dict[str, str]) -> None:
        """What the tailors were sent, oldest first."""
        table = Table(title="Kiriman uang kepada penjahit", title_justify="left", box=None, padding=(0, 2))
        for column in ("penjahit", "jumlah", "keadaan", "sejak"):
            table.add_column(column, justify="right" if column == "jumlah" else "left")
        for one in reversed(payouts):
            name = names.get(one["payee"].partition("_")[2], one["payee"])
            since = f"{datetime.fromisoformat(one['state_at']).astimezone(WIB):%d-%m-%Y %H.%M}"
            table.add_row(name, rupiah(one["amount"]["amount"]), PAYOUTS.get(one["state"], one["state"]), since)
        self.console.print(table)
