"""Soft doubts: values that may be right but are worth a second look. A doubt names measures and never their values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clothingline.measurements.plausibility.limits import usual_range
from clothingline.measurements.plausibility.proportions import PROPORTIONS
from clothingline.reference import facts

# Below this height (mm) the ranges of adult bodies say nothing.
SMALLEST_ADULT = 1400
# Body mass in grams per square metre of height squared: 10 to 65 kg/m².
BODY_MASS = (10_000, 65_000)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What to measure again, and why, in both languages."""

    code: str
    measurements: tuple[str, ...]
    reason_id: str
    reason_en: str


def doubts(values: Mapping[str, int], *, sex: str) -> list[Doubt]:
    """Everything that looks odd in a set, in stored units; the same set gives the same doubts in the same order."""
    return [*_unusual(values, sex), *_out_of_proportion(values), *_body_mass(values), *_leg(values)]


def _unusual(values: Mapping[str, int], sex: str) -> Iterator[Doubt]:
    if values.get("height", SMALLEST_ADULT) < SMALLEST_ADULT:
        return
    for measurement, value in values.items():
        span = usual_range(measurement, sex)
        if span is not None and not span[0] <= value <= span[1]:
            yield _unusual_one(measurement)


def _unusual_one(measurement: str) -> Doubt:
    known = facts.measurements()[measurement]
    return Doubt(
        "unusual_value",
        (measurement,),
        f"{known.name_id.capitalize()} di luar yang biasa untuk orang dewasa. Ukur sekali lagi, atau nyatakan benar.",
        f"The {known.name_en} is outside what adults usually have. Measure again, or confirm it.",
    )


def _out_of_proportion(values: Mapping[str, int]) -> Iterator[Doubt]:
    for pair in PROPORTIONS:
        both = pair.part in values and pair.whole in values
        if both and not pair.fits(values[pair.part], values[pair.whole]):
            yield _mismatch(pair.part, pair.whole)


def _mismatch(*measurements: str) -> Doubt:
    known = [facts.measurements()[name] for name in measurements]
    words_id, words_en = " dan ".join(one.name_id for one in known), " and ".join(one.name_en for one in known)
    return Doubt(
        "out_of_proportion",
        measurements,
        f"{words_id.capitalize()} tidak serasi. Ukur semuanya sekali lagi, atau nyatakan benar.",
        f"The {words_en} do not go together. Measure all of them again, or confirm them.",
    )


def _body_mass(values: Mapping[str, int]) -> Iterator[Doubt]:
    if "weight" in values and "height" in values:
        grams_per_square_metre = values["weight"] * 1_000_000 // values["height"] ** 2
        if not BODY_MASS[0] <= grams_per_square_metre <= BODY_MASS[1]:
            yield _mismatch("weight", "height")


def _leg(values: Mapping[str, int]) -> Iterator[Doubt]:
    """Inside leg and body rise together are the height of the waist, to within an eighth."""
    parts = ("inseam", "crotch_depth", "waist_to_floor")
    if all(name in values for name in parts):
        rise, whole = values["inseam"] + values["crotch_depth"], values["waist_to_floor"]
        if abs(rise - whole) * 8 > whole:
            yield _mismatch(*parts)
