"""What is asked in which order, what is understood of what is typed, and what is drawn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothingline.kit.errors import Invalid
from clothingline.reference import facts
from clothingline.shop import figures, path
from clothingline.shop.answers import Answers, Chosen
from clothingline.shop.measures import QUESTIONS, Figure, measures_for, read_length
from clothingline.shop.pages.timing import read_rupiah
from clothingline.shop.places import name_of, read_place

WAY = path.Way(("chest", "waist"), choosable=True, known=False)
PLAN = Chosen(label="balanced", price_idr=100_000, promise_on=date(2027, 1, 9))
LENGTHS = [
    ("92", 920, None),
    ("92,5", 925, None),
    ("92.5", 925, None),
    ("92 cm", 920, None),
    ("7,25", 73, None),
    ('36"', 914, "36"),
    ("36 inci", 914, "36"),
    (" 14,5 in ", 368, "14,5"),
]
# What a tailor has to take from the body itself.
LEFT_TO_TAILORS = {"shoulder_slope", "foot_length", "foot_ball_girth"}


def test_measures_are_asked_of_whoever_measures_and_contact_of_whoever_is_unknown() -> None:
    ready = path.questions(Answers(way="size"), WAY)
    assert ready == ["jumlah", "kain", "cara-ukur", "anggaran", "tanggal", "rencana", "kontak", "alamat", "ringkasan"]
    own = path.questions(Answers(way="self"), path.Way(("chest", "waist"), choosable=False, known=True))
    assert own[1:5] == ["cara-ukur", "ukuran/siapa", "ukuran/chest", "ukuran/waist"]
    assert "kontak" not in own


def test_the_way_goes_back_as_it_came() -> None:
    answers = Answers(way="self")
    steps = path.questions(answers, WAY)
    assert [path.before(one, answers, WAY) for one in steps] == [None, *steps[:-1]]


def test_the_number_of_questions_is_only_said_where_it_is_certain() -> None:
    assert path.position("jumlah", Answers(), WAY) is None
    assert path.position("ukuran/chest", Answers(way="self"), WAY) is None
    assert path.position("anggaran", Answers(way="size", sizes={"M": 1}), WAY) == (4, 5)
    assert path.position("kontak", Answers(way="size", sizes={"M": 1}), WAY) is None


@given(st.sampled_from(["colour", "regency", "ceiling_idr", "sizes", "needed_by"]))
def test_a_plan_falls_with_every_part_of_the_wish_and_with_nothing_else(name: str) -> None:
    other = {"colour": "navy", "regency": "32.77", "ceiling_idr": 9, "sizes": {"L": 1}, "needed_by": date(2027, 2, 1)}
    chosen = Answers(plan=PLAN, written=True, street="Jl. Braga 7")
    changed = chosen.but(**{name: other[name]})
    assert (changed.plan, changed.written) == (None, False)
    assert changed.but(**{name: other[name]}, plan=PLAN).plan == PLAN
    assert chosen.but(street="Jl. Asia Afrika 1").plan == PLAN


@pytest.mark.parametrize(("typed", "mm", "inches"), LENGTHS)
def test_lengths_are_understood_as_people_write_them(typed: str, mm: int, inches: str | None) -> None:
    found = read_length(typed)
    assert (found.mm, found.inches) == (mm, inches)


@pytest.mark.parametrize("typed", ["", "-92", "92 m", "1000", "9 2", "sembilan", "92,555"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_length(typed)


@given(st.sampled_from(list(facts.regencies())))
def test_every_kabupaten_and_kota_is_found_by_its_name_however_it_is_written(code: str) -> None:
    name = name_of(code)
    same = {other for other in facts.regencies() if name_of(other).lower() == name.lower()}
    for typed in (name, name.lower(), f"  {name.upper()} ", name.replace("Kabupaten", "Kab.")):
        assert read_place(typed) in same


def test_half_a_name_is_asked_back_with_the_names_that_it_may_be() -> None:
    with pytest.raises(Invalid) as asked:
        read_place("Bandung")
    assert "Kota Bandung" in asked.value.reasons["id"]
    assert read_place("cimahi") == "32.77"
    with pytest.raises(Invalid):
        read_place("Entah")


@pytest.mark.parametrize(
    ("typed", "idr"), [("250.000", 250_000), ("Rp 250.000", 250_000), ("rp250000", 250_000), ("1 250 000", 1_250_000)]
)
def test_amounts_are_understood_as_people_write_them(typed: str, idr: int) -> None:
    assert read_rupiah(typed) == idr


@pytest.mark.parametrize("typed", ["murah", "12", "-250000", "250,5", "9999999999"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_rupiah(typed)


@pytest.mark.parametrize("figure", figures.KINDS)
def test_every_measure_is_drawn_on_every_figure_within_its_frame(figure: Figure) -> None:
    for code in QUESTIONS:
        drawn = str(figures.draw(figure, code, words=f"Ukur {code} <b>"))
        assert 'class="tape' in drawn, code
        assert drawn.count("<title>") == 1
        assert "&lt;b&gt;" in drawn
        assert drawn.count('class="leader-number"') == 1


@pytest.mark.parametrize("kind", list(facts.garment_types()))
def test_whatever_a_garment_needs_of_a_body_is_asked_but_for_what_only_a_tailor_can_take(kind: str) -> None:
    needed = set(facts.garment_types()[kind].measurements)
    assert needed - set(QUESTIONS) <= LEFT_TO_TAILORS
    assert set(measures_for(kind, None)) <= set(QUESTIONS)
