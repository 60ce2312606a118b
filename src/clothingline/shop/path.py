"""In which order the questions come: the one place that decides it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clothingline.shop.answers import Answers

SIZE = "ukuran"
WHO = f"{SIZE}/siapa"
COUNTED_BEFORE = "rencana"


@dataclass(frozen=True)
class Way:
    """What decides the way of one draft, beside its answers: the measures that the garment needs, whether the design
    leaves anything to choose in cloth and options, and whether it is known who asks."""

    measures: Sequence[str]
    choosable: bool
    known: bool


def questions(answers: Answers, way: Way) -> list[str]:
    """The questions of this draft, first to last."""
    cloth = ["kain"] if way.choosable else []
    sizes = [WHO, *(f"{SIZE}/{code}" for code in way.measures)] if answers.way in ("self", "garment") else []
    contact = [] if way.known else ["kontak"]
    return ["jumlah", *cloth, "cara-ukur", *sizes, "anggaran", "tanggal", "rencana", *contact, "alamat", "ringkasan"]


ANSWERED: Mapping[str, Callable[[Answers], bool]] = {
    "jumlah": lambda a: a.amount is not None,
    "kain": lambda a: a.cloth,
    "cara-ukur": lambda a: bool(a.sizes or a.bodies) or a.measurement_set is not None or a.way in ("self", "garment"),
    WHO: lambda a: a.measurement_set is not None or (a.figure is not None and a.consented),
    "anggaran": lambda a: a.budget,
    "tanggal": lambda a: a.needed_by is not None and a.regency is not None,
    "rencana": lambda a: a.plan is not None,
    "kontak": lambda _: False,
    "alamat": lambda a: bool(a.recipient and a.street),
    "ringkasan": lambda _: False,
}


def is_answered(question: str, answers: Answers) -> bool:
    """Whether a question has its answer."""
    if question in ANSWERED:
        return ANSWERED[question](answers)
    return answers.measurement_set is not None or question.removeprefix(f"{SIZE}/") in answers.measured


def next_question(answers: Answers, way: Way) -> str:
    """The first question without an answer."""
    return next(one for one in questions(answers, way) if not is_answered(one, answers))


def may_ask(question: str, answers: Answers, way: Way) -> bool:
    """Whether a page may be shown: it is on the way, and everything before it is answered."""
    return question in (way_ := questions(answers, way)) and all(
        is_answered(one, answers) for one in way_[: way_.index(question)]
    )


def before(question: str, answers: Answers, way: Way) -> str | None:
    """The question before this one; None before the first."""
    on_way = questions(answers, way)
    place = on_way.index(question) if question in on_way else 0
    return on_way[place - 1] if place else None


def position(question: str, answers: Answers, way: Way) -> tuple[int, int] | None:
    """Which of how many questions this is, where the number is certain: when no body is measured."""
    on_way = questions(answers, way)
    counted = on_way[: on_way.index(COUNTED_BEFORE)]
    if question not in counted or answers.way in (None, "self", "garment"):
        return None
    return counted.index(question) + 1, len(counted)
