"""What one piece takes, worked out by hand, and every mistake at its own pointer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothingline.garments import options
from clothingline.garments.configuring import check_sizes, configure
from clothingline.garments.models import Design, SizeChart
from clothingline.garments.options import Option
from clothingline.kit.errors import Invalid
from clothingline.kit.ids import new_id
from clothingline.reference import facts
from clothingline.settings import OrderSettings

RULES = OrderSettings()
SLEEVES = {
    "code": "lengan",
    "kind": "choice",
    "label_id": "Lengan",
    "label_en": "Sleeves",
    "required": True,
    "choices": [
        {"code": "pendek", "label_id": "Pendek", "label_en": "Short"},
        {
            "code": "panjang",
            "label_id": "Panjang",
            "label_en": "Long",
            "extra_idr": 5_000,
            "extra_seconds": 180,
            "extra_cloth_cm": 20,
        },
    ],
}
POCKET = {
    "code": "saku",
    "kind": "flag",
    "label_id": "Saku",
    "label_en": "Pocket",
    "default": True,
    "choices": [{"code": "ya", "label_id": "Ya", "label_en": "Yes", "extra_idr": 2_000, "extra_seconds": 60}],
}
NAME = {
    "code": "nama",
    "kind": "text",
    "label_id": "Bordir nama",
    "label_en": "Embroidered name",
    "max_length": 12,
    "choices": [
        {"code": "bordir", "label_id": "Bordir", "label_en": "Embroidery", "extra_idr": 15_000, "skill": "bordir"}
    ],
}


def design(*schema: dict[str, Any], **changed: Any) -> Design:
    written = options.write([Option.model_validate(one) for one in schema])
    values = {
        "garment_type": "kemeja",
        "cloth_cm": 160,
        "standard_seconds": 1_320,
        "options": written,
        "size_chart_id": new_id(),
    }
    return Design(**(values | changed))


def chosen(*schema: dict[str, Any], pieces: int = 12, single: bool = False, **answers: Any) -> Any:
    return configure(design(*schema), options=answers, pieces=pieces, single=single, settings=RULES)


def test_a_plain_design_takes_its_own_time_and_its_cloth_with_the_waste_of_a_series() -> None:
    made = chosen()
    kind = facts.garment_types()["kemeja"]
    assert (made.standard_seconds, made.cloth_cm, made.extras_idr, made.options) == (1_320, 170, 0, {})
    assert (made.skills, made.machines, made.family) == (kind.skills, kind.machines, "top")


def test_a_single_piece_takes_two_and_a_half_times_the_work_and_more_waste() -> None:
    made = chosen(pieces=1, single=True)
    assert (made.standard_seconds, made.cloth_cm) == (3_300, 175)


def test_every_choice_adds_its_price_work_cloth_and_skill() -> None:
    made = chosen(SLEEVES, POCKET, NAME, lengan="panjang", nama=" Ibu Rina ")
    assert made.options == {"lengan": "panjang", "saku": True, "nama": "Ibu Rina"}
    assert made.extras_idr == 5_000 + 2_000 + 15_000
    assert made.standard_seconds == 1_320 + 180 + 60
    assert made.cloth_cm == 190  # (160 + 20) × 1.05
    assert made.skills == (*facts.garment_types()["kemeja"].skills, "bordir")


def test_what_is_not_answered_takes_its_default_or_stays_out() -> None:
    made = chosen(SLEEVES, POCKET, NAME, lengan="pendek", saku=False, nama="")
    assert made.options == {"lengan": "pendek", "saku": False}
    assert (made.extras_idr, made.standard_seconds) == (0, 1_320)
    assert chosen(POCKET, saku=None).options == {"saku": True}


@pytest.mark.parametrize(
    ("answers", "pointer", "code"),
    [
        ({}, "/options/lengan", "missing"),
        ({"lengan": "tiga perempat"}, "/options/lengan", "unknown_choice"),
        ({"lengan": True}, "/options/lengan", "unknown_choice"),
        ({"lengan": ["pendek"]}, "/options/lengan", "unknown_choice"),
        ({"lengan": "pendek", "saku": "ya"}, "/options/saku", "not_a_flag"),
        ({"lengan": "pendek", "saku": 1}, "/options/saku", "not_a_flag"),
        ({"lengan": "pendek", "nama": "A" * 13}, "/options/nama", "not_a_line"),
        ({"lengan": "pendek", "nama": "Rina\x00"}, "/options/nama", "not_a_line"),
        ({"lengan": "pendek", "nama": 7}, "/options/nama", "not_a_line"),
        ({"lengan": "pendek", "kerah": "tegak"}, "/options/kerah", "unknown_option"),
        ({"lengan": "pendek", "a/b~c": True}, "/options/a~1b~0c", "unknown_option"),
    ],
)
def test_a_wrong_option_is_named_by_its_pointer(answers: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        configure(design(SLEEVES, POCKET, NAME), options=answers, pieces=12, single=False, settings=RULES)
    assert (refused.value.pointer, refused.value.reason_code) == (pointer, code)


@pytest.mark.parametrize(("pieces", "single"), [(0, False), (-1, False), (5_001, False), (2, True), (0, True)])
def test_a_number_of_pieces_out_of_range_is_refused(pieces: int, single: bool) -> None:
    with pytest.raises(Invalid) as refused:
        chosen(pieces=pieces, single=single)
    assert refused.value.pointer == "/pieces"


@given(seconds=st.integers(1, 360_000), cloth=st.integers(1, 5_000), extra=st.integers(0, 36_000), single=st.booleans())
def test_more_work_never_takes_less_time_and_cloth_is_never_short(
    seconds: int, cloth: int, extra: int, single: bool
) -> None:
    slow = {**POCKET, "choices": [{**POCKET["choices"][0], "extra_seconds": extra}]}  # type: ignore[index]  # a literal above
    plain = design(slow, standard_seconds=seconds, cloth_cm=cloth)
    made = configure(plain, options={}, pieces=1, single=single, settings=RULES)
    permille = RULES.single_waste_permille if single else RULES.series_waste_permille
    assert 0 <= made.cloth_cm * 1000 - cloth * (1000 + permille) < 5_000
    assert made.cloth_cm % 5 == 0
    factor = RULES.single_minutes_permille if single else 1000
    assert 0 <= made.standard_seconds * 1000 - (seconds + extra) * factor < 1000


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ([SLEEVES, SLEEVES], "/options/1/code"),
        ([SLEEVES | {"choices": []}], "/options/0/choices"),
        ([SLEEVES | {"choices": [SLEEVES["choices"][0]] * 2}], "/options/0/choices/1/code"),  # type: ignore[index]  # a literal above
        ([POCKET, POCKET | {"code": "kerah", "choices": SLEEVES["choices"]}], "/options/1/choices"),
        ([NAME | {"max_length": None}], "/options/0/max_length"),
        ([POCKET | {"max_length": 5}], "/options/0/max_length"),
        ([POCKET | {"default": "ya"}], "/options/0/default"),
        ([SLEEVES | {"default": "tiga perempat"}], "/options/0/default"),
        ([NAME | {"default": "A" * 13}], "/options/0/default"),
        ([NAME | {"choices": [NAME["choices"][0] | {"skill": "sulap"}]}], "/options/0/choices/0/skill"),  # type: ignore[index]  # a literal above
    ],
)
def test_a_schema_that_does_not_fit_together_is_refused_at_its_pointer(
    schema: list[dict[str, Any]], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        options.check([Option.model_validate(one) for one in schema])
    assert refused.value.pointer == pointer


def test_a_schema_that_fits_is_kept_as_it_was_written() -> None:
    schema = [Option.model_validate(one) for one in (SLEEVES, POCKET, NAME)]
    options.check(schema)
    assert options.read(options.write(schema)) == schema


def chart(of: Design) -> SizeChart:
    return SizeChart(id=of.size_chart_id, sizes=["S", "M", "L"])


def test_sizes_of_the_designs_own_chart_add_up() -> None:
    shirt = design()
    assert check_sizes(shirt, chart(shirt), {"S": 5, "L": 7}) == 12
    assert check_sizes(shirt, chart(shirt), {"M": 5_000}) == 5_000


@pytest.mark.parametrize(
    ("sizes", "pointer"),
    [
        ({"XXL": 1}, "/sizes/XXL"),
        ({"S/M": 1}, "/sizes/S~1M"),
        ({"S": 0}, "/sizes/S"),
        ({"S": 5, "M": -1}, "/sizes/M"),
        ({"S": True}, "/sizes/S"),
        ({"S": 5_001}, "/sizes/S"),
        ({"S": 3_000, "M": 2_001}, "/sizes"),
        ({}, "/sizes"),
    ],
)
def test_sizes_that_cannot_be_made_are_refused_at_their_pointer(sizes: dict[str, int], pointer: str) -> None:
    shirt = design()
    with pytest.raises(Invalid) as refused:
        check_sizes(shirt, chart(shirt), sizes)
    assert refused.value.pointer == pointer


def test_a_design_without_a_chart_or_with_another_one_is_not_sold_by_size() -> None:
    shirt = design()
    for wrong in (None, SizeChart(id=new_id(), sizes=["S"])):
        with pytest.raises(Invalid) as refused:
            check_sizes(shirt, wrong, {"S": 1})
        assert refused.value.pointer == "/sizes"
