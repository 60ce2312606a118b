"""Whatever people are called, their paper is printed, and what they are called is text and nothing else."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from clothingline.papers.printable import printable
from clothingline.papers.rendering import render
from tests.papers.printed import pages_of, standard_of, text_of

AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "total_idr": 1_131_400,
    "part": "full",
    "order": "CL-2611-0042",
    "design": "Kemeja",
    "pieces": 12,
    "brand": "Busana Melati",
    "paid_on": "2026-11-30",
    "verify_url": "https://clothingline.example/dokumen/x",
}
SEED = 20261130
NAMES = {
    "Siti Rahayu": "Siti Rahayu",
    "Ngọc Ánh": "Ngọc Ánh",
    '#panic("x") $x$ *a* _b_ <l> @r \\ ]': '#panic("x") $x$ *a* _b_ <l> @r \\ ]',
    "Siti 🧵": "Siti □",
    "施": "□",
    "Siti \u202e000.1 pR": "Siti 000.1 pR",
    "Siti\u200b\ufeff": "Siti",
}


def receipt(name: str) -> bytes:
    return render("receipt", number="KW/2026/000001", issued_at=AT, facts={**FACTS, "consumer": name})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_as_text_whatever_it_looks_like(name: str) -> None:
    assert printable(name) == NAMES[name]
    content = receipt(name)
    assert standard_of(content) == ("2", "B")
    assert NAMES[name] in text_of(content)


def test_an_arabic_name_is_printed_in_its_own_letters() -> None:
    assert printable("سيتي") == "سيتي"
    assert standard_of(receipt("سيتي")) == ("2", "B")


def test_a_word_without_an_end_stays_within_its_line() -> None:
    content = receipt("x" * 120)
    assert (pages_of(content), printable("x" * 41)) == (1, f"{'x' * 20}\u200b{'x' * 20}\u200bx")
    assert printable("x" * 40) == "x" * 40


def test_every_name_of_random_signs_is_printed() -> None:
    print("seed", SEED)
    dice = random.Random(SEED)
    for _ in range(30):
        planes = [(0x20, 0x7F), (0xA0, 0x2FF), (0x300, 0x3FFF), (0xA000, 0xD7FF), (0x1F300, 0x1FAFF)]
        name = "".join(chr(dice.randrange(*dice.choice(planes))) for _ in range(12))
        assert pages_of(receipt(name)) == 1, repr(name)
