"""What was chosen of a design, in words."""

from clothingline.garments.chosen import WITHHELD, ChosenOption, in_words
from clothingline.garments.options import read
from tests.parties import CHOSEN, OPTIONS


def said(told: list[ChosenOption]) -> list[tuple[str, str]]:
    return [(one.label_id, one.choice_id) for one in told]


def test_free_and_paid_options_are_named_in_the_order_of_the_design_and_what_was_left_out_is_not() -> None:
    told = in_words(read(OPTIONS), dict(reversed(CHOSEN.items())))
    assert said(told) == [("Lengan", "Lengan 7/8"), ("Bordir ujung lengan", "Ya"), ("Inisial", "RK-27")]


def test_both_languages_are_told() -> None:
    told = in_words(read(OPTIONS), CHOSEN)
    english = [(one.label_en, one.choice_en) for one in told]
    assert english == [("Sleeves", "Sleeves 7/8"), ("Embroidered cuffs", "Yes"), ("Initials", "RK-27")]


def test_what_somebody_wrote_is_withheld_where_it_is_only_said_to_be_there() -> None:
    told = in_words(read(OPTIONS), CHOSEN, texts=False)
    assert said(told)[-1] == ("Inisial", WITHHELD[0])
    assert "RK-27" not in repr(told)


def test_nothing_chosen_is_nothing_told() -> None:
    assert in_words(read(OPTIONS), {}) == []
    assert in_words(read(OPTIONS), {"bordir": False, "inisial": ""}) == []
