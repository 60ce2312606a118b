"""Example data of the gallery (`/gaya`): every component with its states, on garments and people that are invented."""

from typing import Any

import segno
from markupsafe import Markup

from clothingline.web import charts
from clothingline.web.forms import Form, Mistake
from clothingline.web.marks import About, Chart, Place
from clothingline.web.words import _l

SURFACES = ("public", "question", "tailor", "offer", "brand", "supplier", "admin")
FAMILIES = ("words", "forms", "choices", "answers", "cards", "progress", "tables", "charts", "pictures")
COLOURS = (
    "mori kain malam garis garis-kuat arang abu nila nila-tua nila-muda soga soga-muda pandan pandan-muda mengkudu "
    "mengkudu-muda kunyit kunyit-tua kunyit-muda deret-1 deret-2 deret-3 deret-4 deret-5"
).split()
WEEKS = ("13 Apr", "20 Apr", "27 Apr", "4 Mei", "11 Mei", "18 Mei", "25 Mei", "1 Jun")


def shown() -> dict[str, Any]:
    """Everything that the templates of the gallery draw."""
    return {
        "families": FAMILIES,
        "surfaces": SURFACES,
        "colours": COLOURS,
        "fresh": Form(),
        "refused": _refused(),
        "charts": _charts(),
        "code": Markup(segno.make("https://clothingline.test/CL-2606-0042", error="m").svg_inline(omitsize=True)),  # noqa: S704  # drawn here
    }


def _refused() -> Form:
    typed = {"phone": ["0812"], "chest": ["19"], "cloth": [""], "sizes_m": ["4"]}
    mistakes = (
        Mistake("phone", _l("Nomor HP terlalu pendek. Contoh: 0812-3456-7801")),
        Mistake("chest", _l("Lingkar dada harus antara 50 dan 180 cm")),
        Mistake("cloth", _l("Pilih kain, atau pilih “Bantu pilihkan”.")),
    )
    return Form(typed, mistakes)


def _charts() -> dict[str, Chart]:
    return {"line": _on_time(), "bar": _income(), "heat": _load(), "lorenz": _sharing(), "stacked": _cost(), "map": _map()}


def _on_time() -> Chart:
    series = {
        "Cimahi": [71, 74, 78, 77, 83, 86, 88, 92],
        "Pekalongan": [66, 64, 70, 73, 72, 78, 80, 81],
        "Banyumas": [58, 61, 60, 66, 69, 68, 74, 79],
    }
    return charts.line(About("garis", "Apakah kita menepati janji?", "Cimahi naik dari 71 ke 92 persen dalam delapan minggu; sasaran 90.", "Minggu", _percent), WEEKS, series, aim=90)  # fmt: skip


def _income() -> Chart:
    values = [310, 420, 0, 380, 505, 640, 590, 640]
    return charts.bar(About("batang", "Upah tiap minggu, ribu rupiah", "Dari 310 ribu sampai 640 ribu; satu minggu libur.", "Minggu", _plain), WEEKS, values)  # fmt: skip


def _load() -> Chart:
    rows = {"Bu Siti": [8, 12, 12, 4, 0, 6], "Pak Dedi": [3, 5, 10, 12, 11, 9], "Bu Wati": [0, 2, 4, 6, 6, 12]}
    return charts.heat(About("beban", "Potong yang dijanjikan tiap minggu", "Bu Siti penuh dua minggu, Bu Wati masih kosong di awal.", "Penjahit", _plain), WEEKS[2:], rows, full=12)  # fmt: skip


def _sharing() -> Chart:
    income = [90, 140, 180, 210, 240, 260, 300, 340, 420, 620]
    return charts.lorenz(About("bagi", "Bagian upah", "Separuh penjahit dengan upah terkecil memegang 31 persen dari semua upah.", "Penjahit"), income)  # fmt: skip


def _cost() -> Chart:
    parts = {"Upah": 90_000, "Antar": 12_000, "Risiko terlambat": 31_500, "Mutu": 6_000, "Pemerataan": 6_000}
    return charts.stacked(About("biaya", "Bagian biaya, rupiah", "Upah 90.000 adalah bagian terbesar dari 145.500.", "Bagian", _plain), parts)  # fmt: skip


def _map() -> Chart:
    places = (
        Place("Cimahi", 107.542, -6.872, 12, 0.9),
        Place("Pekalongan", 109.675, -6.889, 9, 0.6),
        Place("Banyumas", 109.236, -7.424, 5, 0.3),
        Place("Surakarta", 110.826, -7.575, 7, 0.75),
        Place("Cirebon", 108.552, -6.737, 3, 0.0),
    )
    return charts.dots(About("peta", "Anggota sentra", "Lima sentra; Cimahi yang terbesar dengan 12 anggota.", "Sentra", _plain), places)  # fmt: skip


def _plain(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _percent(value: float) -> str:
    return f"{value:.0f} %"
