"""The answers as a list that can be checked: question, answer, where to change it."""

from collections.abc import Iterator
from typing import Any

from clothingline.garments.options import Option
from clothingline.shop.drafts import Opened
from clothingline.shop.places import name_of
from clothingline.web.words import _l

Row = tuple[str, str, Any, str]
WAYS = {
    "saved": _l("Ukuran badan yang tersimpan"),
    "self": _l("Ukuran badan yang Anda ukur"),
    "garment": _l("Ukuran dari baju yang pas"),
}


def rows(opened: Opened, language: str) -> list[Row]:
    """Question, kind of answer (`ours` is translated, `said` is not, `day`), answer, page that changes it."""
    answers = opened.answers
    found: list[Row] = [
        (_l("Desain"), "said", opened.design.name, ""),
        (_l("Jumlah"), "said", answers.pieces, opened.href("jumlah")),
        *_cloth(opened, language),
        (_l("Ukuran"), *_size(opened), opened.href("cara-ukur")),
        (_l("Kota tujuan"), "said", name_of(answers.regency or ""), opened.href("tanggal")),
        (_l("Paling lambat"), "day", answers.needed_by, opened.href("tanggal")),
        (_l("Penerima"), "said", answers.recipient, opened.href("alamat")),
        (_l("Alamat"), "said", answers.street, opened.href("alamat")),
    ]
    return found


def _cloth(opened: Opened, language: str) -> Iterator[Row]:
    answers, change = opened.answers, opened.href("kain")
    if opened.design.colours:
        colour = ("said", answers.colour) if answers.colour else ("ours", _l("Bantu pilihkan"))
        yield _l("Kain"), *colour, change
    for option in opened.design.schema:
        label = option.label_en if language == "en" else option.label_id
        if (said := _answer(option, answers.options.get(option.code), language)) is not None:
            yield label, *said, change


def _answer(option: Option, given: object, language: str) -> tuple[str, str] | None:
    if option.kind == "flag":
        return ("ours", _l("Ya")) if given else None
    choice = option.choice(given)
    if choice is None:
        return ("said", str(given)) if given else None
    return "said", choice.label_en if language == "en" else choice.label_id


def _size(opened: Opened) -> tuple[str, str]:
    answers = opened.answers
    if answers.sizes:
        return "said", " · ".join(f"{size} × {count}" for size, count in answers.sizes.items())
    return "ours", WAYS[answers.way or "saved"]
