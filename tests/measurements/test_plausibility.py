"""Which measures are refused, which are doubted, and how often that is right."""

import random
from collections.abc import Callable

import pytest

from clothingline.kit.errors import Invalid
from clothingline.measurements.plausibility import check_limits, doubts, hard_limits, usual_range
from clothingline.measurements.plausibility.limits import HARD
from clothingline.reference import facts
from tests.measurements.bodies import body

RINA = {"chest": 920, "waist": 760, "seat": 980, "shoulder_to_shoulder": 400, "shoulder_to_wrist": 560, "height": 1_600}
SEXES = ("female", "male")
GARMENTS = ("kemeja", "celana", "rok", "gamis", "kebaya", "jas")
BODIES = 1_000
SLIPS: dict[str, Callable[[int], int]] = {
    "centimetres taken for millimetres": lambda mm: mm // 10,
    "a digit too many": lambda mm: mm * 10,
    "inches": lambda mm: mm * 10 // 254,
    "half of a girth or length": lambda mm: mm // 2,
    "the tape read twice": lambda mm: mm * 2,
}


def test_every_measurement_has_limits_that_hold_its_usual_range() -> None:
    assert set(HARD) == set(facts.measurements())
    for measurement in HARD:
        low, high = hard_limits(measurement)
        for sex in SEXES:
            usual = usual_range(measurement, sex) or (low, high)
            assert low <= usual[0] < usual[1] <= high, measurement


@pytest.mark.parametrize("measurement", list(HARD))
def test_a_measure_beyond_its_hard_limits_is_refused_at_its_pointer(measurement: str) -> None:
    low, high = hard_limits(measurement)
    check_limits({measurement: low})
    check_limits({measurement: high})
    for wrong in (low - 1, high + 1):
        with pytest.raises(Invalid) as refused:
            check_limits({"height": 1_600, measurement: wrong})
        assert refused.value.pointer == f"/values/{measurement}"
        assert refused.value.limits == {"min": low, "max": high}


def test_the_refusal_says_in_plain_words_what_to_measure_again() -> None:
    with pytest.raises(Invalid) as refused:
        check_limits({"chest": 92})
    assert refused.value.detail("id") == "Lingkar dada harus antara 40 dan 180 cm. Ukur sekali lagi."
    assert refused.value.detail("en") == "The chest / bust girth must be between 40 and 180 cm. Measure again."


def test_an_unknown_measure_is_refused_with_its_pointer_escaped() -> None:
    with pytest.raises(Invalid) as refused:
        check_limits({"dada/lengan": 900})
    assert refused.value.pointer == "/values/dada~1lengan"


def test_an_ordinary_body_raises_no_doubt() -> None:
    assert doubts(RINA, sex="female") == []


@pytest.mark.parametrize(
    ("changed", "measurements"),
    [
        ({"chest": 1_450}, {"chest"}),
        ({"waist": 500}, {"waist"}),
        ({"waist": 1_200}, {"waist", "seat"}),
        ({"shoulder_to_shoulder": 540}, {"shoulder_to_shoulder", "height"}),
        ({"shoulder_to_wrist": 690}, {"shoulder_to_wrist", "height"}),
        ({"weight": 36_000, "height": 1_940}, {"weight", "height"}),
        ({"inseam": 800, "crotch_depth": 330, "waist_to_floor": 1_000}, {"inseam", "crotch_depth", "waist_to_floor"}),
    ],
)
def test_what_is_odd_is_named_so_that_it_can_be_measured_again(changed: dict[str, int], measurements: set[str]) -> None:
    assert measurements in [set(one.measurements) for one in doubts(RINA | changed, sex="female")]


def test_a_doubt_never_repeats_a_value() -> None:
    for doubt in doubts(RINA | {"waist": 1_234, "chest": 1_456}, sex="female"):
        assert not any(letter.isdigit() for letter in doubt.reason_id + doubt.reason_en)


def test_the_ranges_of_adults_say_nothing_of_a_child() -> None:
    child = {"chest": 600, "waist": 540, "seat": 640, "height": 1_150, "shoulder_to_wrist": 400}
    assert doubts(child, sex="female") == []
    assert doubts(child | {"height": 1_450}, sex="female") != []


def test_few_sound_bodies_are_doubted_and_most_slips_are_caught() -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    alarms = missed = 0
    for number in range(BODIES):
        sex = SEXES[number % 2]
        garment = facts.garment_types()[chance.choice(GARMENTS)]
        sound = {name: value for name, value in body(chance, sex).items() if name in garment.measurements}
        alarms += is_odd(sound, sex)
        measurement, slip = chance.choice(list(sound)), chance.choice(list(SLIPS.values()))
        missed += not is_odd(sound | {measurement: slip(sound[measurement])}, sex)
    print(f"seed {seed}: {alarms} false alarms, {missed} missed of {BODIES}")
    assert alarms * 100 <= 3 * BODIES
    assert missed * 100 <= 5 * BODIES


def is_odd(values: dict[str, int], sex: str) -> bool:
    """Whether the set is refused or doubted."""
    try:
        check_limits(values)
    except Invalid:
        return True
    return doubts(values, sex=sex) != []
