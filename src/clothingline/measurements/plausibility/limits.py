"""Hard limits of each measure, from a child of one year to the largest adult, and the usual range of adults.

Hard limits and the usual ranges of `USUAL` are working assumptions of the programme (status "asumsi"), wide on the
small side for Indonesian bodies, to be confirmed with certified tailors; they are joined with the ranges of the model
bodies of `measurements.csv`, widened by a tenth. All in the stored unit: mm, tenths of a degree, grams.
"""

from collections.abc import Mapping
from typing import Final

from clothingline.kit.errors import Invalid
from clothingline.reference import facts

MODEL_MARGIN_PERMILLE = 100

HARD: Final[Mapping[str, tuple[int, int]]] = {
    "neck": (220, 600),
    "chest": (400, 1800),
    "underbust": (380, 1700),
    "waist": (380, 1800),
    "hips": (400, 1850),
    "seat": (400, 1900),
    "biceps": (120, 600),
    "wrist": (90, 300),
    "upper_leg": (230, 1100),
    "knee": (180, 700),
    "ankle": (120, 450),
    "heel": (150, 500),
    "head": (400, 730),
    "shoulder_to_shoulder": (200, 650),
    "shoulder_slope": (0, 350),
    "shoulder_to_elbow": (120, 500),
    "shoulder_to_wrist": (200, 850),
    "hps_to_bust": (100, 500),
    "hps_to_waist_back": (180, 700),
    "hps_to_waist_front": (180, 750),
    "bust_span": (70, 350),
    "bust_front": (180, 1000),
    "waist_to_hips": (40, 280),
    "waist_to_seat": (80, 450),
    "waist_to_knee": (200, 900),
    "waist_to_floor": (400, 1450),
    "inseam": (220, 1100),
    "cross_seam": (300, 1300),
    "crotch_depth": (100, 500),
    "high_bust": (380, 1700),
    "waist_to_underbust": (20, 250),
    "waist_to_armpit": (60, 400),
    "armscye": (180, 800),
    "height": (600, 2300),
    "weight": (6_000, 300_000),
    "foot_length": (90, 350),
    "back_width": (150, 600),
    "bust_point_to_underbust": (20, 220),
    "cross_seam_front": (130, 700),
    "high_bust_front": (180, 900),
    "seat_back": (180, 1000),
    "waist_back": (150, 950),
    "waist_to_upper_leg": (100, 550),
    "garment_length": (200, 1700),
    "trouser_length": (150, 1350),
    "skirt_length": (150, 1350),
    "foot_ball_girth": (100, 350),
}

USUAL: Final[Mapping[str, tuple[int, int]]] = {
    "neck": (280, 480),
    "chest": (700, 1400),
    "waist": (550, 1300),
    "seat": (750, 1450),
    "shoulder_to_shoulder": (320, 540),
    "shoulder_to_wrist": (460, 690),
    "biceps": (200, 460),
    "wrist": (130, 210),
    "hps_to_waist_back": (330, 560),
    "garment_length": (450, 1500),
    "cross_seam": (560, 1040),
    "upper_leg": (420, 800),
    "trouser_length": (400, 1180),
    "height": (1400, 1950),
    "weight": (35_000, 150_000),
    "shoulder_slope": (50, 250),
    "foot_length": (200, 310),
    "foot_ball_girth": (190, 300),
}


def hard_limits(measurement: str) -> tuple[int, int]:
    """Smallest and largest value that is stored at all."""
    return HARD[measurement]


def usual_range(measurement: str, sex: str) -> tuple[int, int] | None:
    """What adults usually have; None where nothing is known."""
    spans = [span for span in (USUAL.get(measurement), _model_range(measurement, sex)) if span is not None]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def _model_range(measurement: str, sex: str) -> tuple[int, int] | None:
    known = facts.measurements()[measurement]
    low, high = (
        (known.model_female_min_mm, known.model_female_max_mm)
        if sex == "female"
        else (known.model_male_min_mm, known.model_male_max_mm)
    )
    if low is None or high is None:
        return None
    return low * (1000 - MODEL_MARGIN_PERMILLE) // 1000, -(-high * (1000 + MODEL_MARGIN_PERMILLE) // 1000)


def check_limits(values: Mapping[str, int]) -> None:
    """Raises `Invalid` at `/values/<measurement>` for an unknown measure or one that no body has."""
    for measurement, value in values.items():
        if measurement not in HARD:
            raise Invalid(
                f"/values/{measurement.replace('~', '~0').replace('/', '~1')}",
                "Ukuran ini tidak dikenal.",
                "This measurement is not known.",
                code="unknown_measurement",
            )
        low, high = HARD[measurement]
        if isinstance(value, bool) or not low <= value <= high:
            raise _out_of_range(measurement, low, high)


def check_limit(measurement: str, value: int, *, at: str) -> None:
    """`check_limits` of one value that was typed into a field of its own. Raises `Invalid` at that field."""
    try:
        check_limits({measurement: value})
    except Invalid as error:
        raise Invalid(at, error.reasons["id"], error.reasons["en"], code=error.reason_code, **error.limits) from error


def _out_of_range(measurement: str, low: int, high: int) -> Invalid:
    known = facts.measurements()[measurement]
    span_id, span_en = _span(known.stored_unit, low, high)
    return Invalid(
        f"/values/{measurement}",
        f"{known.name_id.capitalize()} harus antara {span_id}. Ukur sekali lagi.",
        f"The {known.name_en} must be between {span_en}. Measure again.",
        code="out_of_range",
        min=low,
        max=high,
    )


def _span(unit: str, low: int, high: int) -> tuple[str, str]:
    per, word_id, word_en = {"mm": (10, "cm", "cm"), "tenth_deg": (10, "derajat", "degrees"), "g": (1000, "kg", "kg")}[
        unit
    ]
    return f"{low // per} dan {high // per} {word_id}", f"{low // per} and {high // per} {word_en}"
