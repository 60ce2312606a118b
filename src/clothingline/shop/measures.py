"""What is asked about a body: one question a measure, in words for whoever holds the tape. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from clothingline.kit.errors import Invalid, NotFound
from clothingline.measurements.plausibility import Doubt, check_limit, doubts, hard_limits, usual_range
from clothingline.reference import facts
from clothingline.web.words import later

Figure = Literal["woman", "man", "girl", "boy"]
FEMALE: Final = ("woman", "girl")
CHILDREN: Final = ("girl", "boy")
INCH_TENTHS_OF_MM: Final = 254
MM_IN_A_CM: Final = 10


def sex_of(figure: str) -> str:
    """Female or male, as the usual ranges know it."""
    return "female" if figure in FEMALE else "male"


@dataclass(frozen=True)
class Question:
    """How a measure is asked for, and where the tape lies."""

    ask: str
    where: str


QUESTIONS: Final[Mapping[str, Question]] = {
    "neck": Question(later("Berapa lingkar leher?"), later("Pangkal leher. Selipkan satu jari di bawah pita.")),
    "chest": Question(later("Berapa lingkar dada?"), later("Bagian dada terbesar. Pita rata dengan lantai.")),
    "underbust": Question(later("Berapa lingkar bawah dada?"), later("Tepat di bawah dada. Pita rata dengan lantai.")),
    "waist": Question(later("Berapa lingkar pinggang?"), later("Bagian pinggang terkecil, sejajar siku.")),
    "seat": Question(later("Berapa lingkar panggul?"), later("Bagian pantat terbesar. Kaki rapat.")),
    "shoulder_to_shoulder": Question(
        later("Berapa jarak ujung bahu kiri ke ujung bahu kanan?"), later("Lewat punggung, dari tulang ujung bahu.")
    ),
    "shoulder_to_wrist": Question(
        later("Berapa panjang lengan?"), later("Dari ujung bahu sampai pergelangan. Siku sedikit ditekuk.")
    ),
    "biceps": Question(later("Berapa lingkar lengan atas?"), later("Bagian lengan atas terbesar. Lengan lemas.")),
    "wrist": Question(later("Berapa lingkar pergelangan tangan?"), later("Tepat di tulang pergelangan.")),
    "armscye": Question(
        later("Berapa lingkar kerung lengan?"), later("Dari ujung bahu, lewat bawah ketiak, kembali ke ujung bahu.")
    ),
    "hps_to_bust": Question(later("Berapa tinggi dada?"), later("Dari pangkal leher di bahu turun ke puncak dada.")),
    "bust_span": Question(later("Berapa jarak dada?"), later("Dari puncak dada kiri ke puncak dada kanan.")),
    "hps_to_waist_front": Question(
        later("Berapa panjang muka?"), later("Dari pangkal leher di bahu, lewat dada, sampai pinggang.")
    ),
    "hps_to_waist_back": Question(
        later("Berapa panjang punggung?"), later("Dari pangkal leher di bahu, lewat punggung, sampai pinggang.")
    ),
    "back_width": Question(later("Berapa lebar punggung?"), later("Dari ketiak kiri ke ketiak kanan, lewat punggung.")),
    "garment_length": Question(
        later("Berapa panjang baju?"), later("Dari pangkal leher di bahu sampai batas yang diinginkan.")
    ),
    "cross_seam": Question(
        later("Berapa lingkar pesak?"), later("Dari pinggang depan, lewat selangkang, sampai pinggang belakang.")
    ),
    "upper_leg": Question(later("Berapa lingkar paha?"), later("Bagian paha terbesar.")),
    "knee": Question(later("Berapa lingkar lutut?"), later("Tepat di tengah lutut. Kaki lurus.")),
    "crotch_depth": Question(
        later("Berapa tinggi duduk?"), later("Duduk tegak: dari pinggang turun ke dudukan kursi.")
    ),
    "inseam": Question(later("Berapa panjang kaki dalam?"), later("Dari selangkang sampai lantai. Tanpa sepatu.")),
    "trouser_length": Question(later("Berapa panjang celana?"), later("Dari pinggang sampai batas yang diinginkan.")),
    "skirt_length": Question(later("Berapa panjang rok?"), later("Dari pinggang sampai batas yang diinginkan.")),
    "waist_to_seat": Question(later("Berapa tinggi panggul?"), later("Dari pinggang turun ke bagian pantat terbesar.")),
    "head": Question(later("Berapa lingkar kepala?"), later("Di atas alis dan telinga.")),
    "height": Question(later("Berapa tinggi badan?"), later("Tanpa sepatu, punggung menempel di dinding.")),
}
# The sets of the specification; other garments ask what their makers need, as far as a layperson can measure it.
SHIRT: Final = (
    "neck", "chest", "waist", "shoulder_to_shoulder", "shoulder_to_wrist", "garment_length", "wrist",
)  # fmt: skip
SETS: Final[Mapping[str, Sequence[str]]] = {
    "kemeja": SHIRT,
    "kemeja_batik": SHIRT,
    "koko": SHIRT,
    "celana": ("waist", "seat", "cross_seam", "upper_leg", "trouser_length"),
    "gamis": (
        "chest", "waist", "seat", "shoulder_to_shoulder", "shoulder_to_wrist", "hps_to_waist_back", "garment_length",
    ),
}  # fmt: skip


def measures_for(garment_type: str, figure: str | None) -> Sequence[str]:
    """The codes of what is asked for a garment, in their order; of a child the height comes first."""
    known = facts.garment_types()[garment_type].measurements
    asked = SETS.get(garment_type) or [code for code in known if code in QUESTIONS]
    if figure in CHILDREN and "height" not in asked:
        return ["height", *asked]
    return asked


@dataclass(frozen=True)
class Typed:
    """A length as it was typed: whole millimetres, and the inches it was typed in (as text), if any."""

    mm: int
    inches: str | None = None


_NUMBER = re.compile(r"^(\d{1,3})(?:[.,](\d{1,2}))?\s*(cm|in|inci|inch|\"|″|”)?$")


def read_length(typed: str) -> Typed:
    """Centimetres as people write them (`92,5`, `92.5`, `92 cm`), or inches (`36"`, `36 inci`). Raises `Invalid`."""
    found = _NUMBER.match(typed.strip().lower().replace("\N{NO-BREAK SPACE}", " "))
    if found is None:
        raise Invalid(
            "/value",
            "Tulis angka dalam sentimeter, misalnya 92 atau 92,5.",
            "Write a number of centimetres, such as 92 or 92.5.",
            code="not_a_length",
        )
    hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if found[3] in (None, "cm"):
        return Typed(_rounded(hundredths * MM_IN_A_CM, 100))
    return Typed(_rounded(hundredths * INCH_TENTHS_OF_MM, 1000), typed.strip().rstrip('in"″”ch ').strip())


def _rounded(amount: int, divisor: int) -> int:
    return (amount + divisor // 2) // divisor


def odd(code: str, values: Mapping[str, int], *, sex: str) -> Doubt | None:
    """The first thing that looks odd about a measure beside those that were typed before."""
    return next((one for one in doubts(values, sex=sex) if code in one.measurements), None)


@dataclass(frozen=True)
class Judged:
    """A length as it was typed, and what is asked back about it before it is kept."""

    typed: Typed
    doubt: Doubt | None
    asked_back: bool

    def told(self, code: str) -> dict[str, Any]:
        """What the page that asks back shows beside the measure itself."""
        others = [one for one in self.doubt.measurements if one != code and one in QUESTIONS] if self.doubt else []
        return {"known": self.typed.mm, "typed": self.typed, "doubt": self.doubt, "earlier": others}


def judge(code: str, typed: str, *, sure: str | None, values: Mapping[str, int], sex: str) -> Judged:
    """Read a length; what looks odd beside the others, or is in inches, is asked back until `sure` repeats it.

    Raises `Invalid` at `/value`.
    """
    found = read_length(typed)
    check_limit(code, found.mm, at="/value")
    doubt = None if sure == str(found.mm) else odd(code, {**values, code: found.mm}, sex=sex)
    return Judged(found, doubt, doubt is not None or (found.inches is not None and sure != str(found.mm)))


def asked_of(code: str, asked: Sequence[str], sex: str) -> dict[str, Any]:
    """What the page of one of the measures that are `asked` shows. Raises `NotFound` for another one."""
    if code not in asked:
        raise NotFound
    low, high = usual(code, sex)
    nth = list(asked).index(code) + 1
    return {"measure": QUESTIONS[code], "code": code, "low": low, "high": high, "nth": nth, "of": len(asked)}


def usual(code: str, sex: str) -> tuple[int, int]:
    """What people usually have, in millimetres; where nothing is known, what is possible at all."""
    return usual_range(code, sex) or hard_limits(code)
