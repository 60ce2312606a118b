"""The answers as a list that can be checked: question, answer, where to change it."""

from collections.abc import Iterator
from typing import Any

from clothingline.garments.chosen import in_words
from clothingline.orders.models import BODY
from clothingline.shop.drafts import Opened
from clothingline.shop.places import name_of
from clothingline.web.words import later, translations
from clothingline.web.written import chosen, sizes

Row = tuple[str, str, Any, str]
WAYS = {
    "saved": later("Ukuran badan yang tersimpan"),
    "self": later("Ukuran badan yang Anda ukur"),
    "garment": later("Ukuran dari baju yang pas"),
}


def rows(opened: Opened, language: str) -> list[Row]:
    """Question, kind of answer (`ours` is translated, `said` is not, `day`), answer, page that changes it.

    Questions are in the reader's language already: some are labels that a brand has given.
    """
    answers, ask = opened.answers, translations(language).gettext
    found: list[Row] = [
        (ask(later("Desain")), "said", opened.design.name, ""),
        (ask(later("Jumlah")), "said", answers.pieces, opened.href("jumlah")),
        *_cloth(opened, ask(later("Kain")), language),
        (
            ask(later("Ukuran")),
            *_size(opened, language),
            opened.href("kelompok" if answers.way == "group" else "cara-ukur"),
        ),
        (ask(later("Kota tujuan")), "said", name_of(answers.regency or ""), opened.href("tanggal")),
        (ask(later("Paling lambat")), "day", answers.needed_by, opened.href("tanggal")),
        (ask(later("Penerima")), "said", answers.recipient, opened.href("alamat")),
        (ask(later("Alamat")), "said", answers.street, opened.href("alamat")),
    ]
    return found


def _cloth(opened: Opened, cloth: str, language: str) -> Iterator[Row]:
    answers, change = opened.answers, opened.href("kain")
    if opened.design.colours:
        colour = ("said", answers.colour) if answers.colour else ("ours", later("Bantu pilihkan"))
        yield cloth, *colour, change
    for label, choice in chosen(in_words(opened.design.schema, answers.options), language):
        yield label, "said", choice, change


def _size(opened: Opened, language: str) -> tuple[str, str]:
    answers = opened.answers
    if answers.sizes or answers.bodies:
        return "said", sizes({**answers.sizes, BODY: answers.bodies} if answers.bodies else answers.sizes, language)
    return "ours", WAYS[answers.way or "saved"]
