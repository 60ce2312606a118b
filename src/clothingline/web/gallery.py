"""The gallery (`/gaya`): every component with its states, on garments and people that are invented."""

import re
from typing import Any

import segno
from fastapi import Request, Response
from markupsafe import Markup

from clothingline.kit.errors import NotFound
from clothingline.web import assets
from clothingline.web.forms import Form, Mistake
from clothingline.web.marks import Place
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, language
from clothingline.web.words import later, translations

SURFACES = ("public", "question", "tailor", "offer", "brand", "supplier", "admin")
FAMILIES = ("words", "forms", "choices", "answers", "cards", "progress", "tables", "charts", "pictures")
COLOURS = tuple(dict.fromkeys(re.findall(r"--([\w-]+): light-dark\(#", assets.style().decode())))
WEEKS = ("13 Apr", "20 Apr", "27 Apr", "4 Mei", "11 Mei", "18 Mei", "25 Mei", "1 Jun")
MISTAKES = {
    "phone": later("Nomor HP terlalu pendek. Contoh: 0812-3456-7801"),
    "chest": later("Lingkar dada harus antara 50 dan 180 cm"),
    "cloth": later("Pilih kain, atau pilih “Bantu pilihkan”."),
}
PLACES = (
    Place("Cimahi", 107.542, -6.872, 12, 0.9),
    Place("Pekalongan", 109.675, -6.889, 9, 0.6),
    Place("Banyumas", 109.236, -7.424, 5, 0.3),
    Place("Surakarta", 110.826, -7.575, 7, 0.75),
    Place("Cirebon", 108.552, -6.737, 3, 0.0),
)

pages = page_router()


@pages.get("/gaya")
@public
async def gallery(request: Request, show: Show) -> Response:
    """Every component with its states."""
    return show("gallery/show.html", **shown(language(request)))


@pages.get("/gaya/{surface}")
@public
async def surface(surface: str, show: Show) -> Response:
    """An example page of one surface. Raises `NotFound`."""
    if surface not in SURFACES:
        raise NotFound
    return show(f"gallery/{surface}.html")


def shown(language: str) -> dict[str, Any]:
    """Everything that the templates of the gallery draw."""
    return {
        "families": FAMILIES,
        "surfaces": SURFACES,
        "colours": COLOURS,
        "fresh": Form(),
        "refused": _refused(language),
        "figures": _figures(),
        "code": Markup(segno.make("https://clothingline.test/CL-2606-0042", error="m").svg_inline(omitsize=True)),  # noqa: S704  # drawn here
    }


def _refused(language: str) -> Form:
    typed = {"phone": ["0812"], "chest": ["19"], "cloth": [""], "sizes_m": ["4"]}
    known = translations(language)
    said = {name: known.gettext(words) for name, words in MISTAKES.items()}
    return Form(typed, [Mistake(*one) for one in said.items()], labels=said)


def _figures() -> dict[str, Any]:
    return {
        "weeks": WEEKS,
        "on_time": {
            "Cimahi": [71, 74, 78, 77, 83, 86, 88, 92],
            "Pekalongan": [66, 64, 70, 73, 72, 78, 80, 81],
            "Banyumas": [58, 61, 60, 66, 69, 68, 74, 79],
        },
        "income": [310, 420, 0, 380, 505, 640, 590, 640],
        "load": {"Bu Siti": [8, 12, 12, 4, 0, 6], "Pak Dedi": [3, 5, 10, 12, 11, 9], "Bu Wati": [0, 2, 4, 6, 6, 12]},
        "shared": [90, 140, 180, 210, 240, 260, 300, 340, 420, 620],
        "cost": [90_000, 12_000, 31_500, 6_000, 6_000],
        "places": PLACES,
    }
