"""The answers as a list that can be checked, before anything is paid."""

import pytest

from clothingline.garments.models import Design
from clothingline.kit.access import Caller
from clothingline.orders.models import Draft
from clothingline.shop import summary
from clothingline.shop.drafts import Opened
from tests.parties import CHOSEN, HOME, OPTIONS


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", [("Lengan", "Lengan 7/8"), ("Bordir ujung lengan", "Ya"), ("Inisial", "RK-27")]),
        ("en", [("Sleeves", "Sleeves 7/8"), ("Embroidered cuffs", "Yes"), ("Initials", "RK-27")]),
    ],
)
def test_every_option_that_was_chosen_is_named_in_the_readers_language(
    language: str, told: list[tuple[str, str]]
) -> None:
    design = Design(name="Kemeja Kerja", colours=["navy"], options=OPTIONS)
    draft = Draft(answers={"options": CHOSEN, "colour": "navy", "regency": HOME})
    opened = Opened(draft, "abc", design, None, None, Caller(None))
    rows = summary.rows(opened, language)
    named = [name for name, *_ in told]
    assert [(name, answer) for name, _, answer, _ in rows if name in named] == told
    assert not [name for name, *_ in rows if name in ("Saku dada", "Chest pocket")]
