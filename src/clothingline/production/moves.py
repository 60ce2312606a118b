"""Which move of a card the brand can make itself, and why each other one is not possible yet. Pure."""

from typing import Final

from clothingline.production.board import TARGET_WORDS, TARGETS, Card
from clothingline.production.errors import MoveNotPossible

# The act of the brand by where a card stands and where it is to go; the verdict says where a checked part really goes.
ACTS: Final = {
    ("materials_reserved", "cut"): "release",
    ("submitted", "pack"): "check",
    ("submitted", "sew"): "check",
    ("packed", "send"): "send",
}
NOT_CUT = ("kain belum dipotong; pindahkan dulu ke Potong", "the cloth is not cut; move it to Cut first")
STANDS_THERE = ("kartunya sudah di sana", "the card is there already")
NOT_BACK = ("kain sudah dipotong, jadi tidak bisa mundur", "the cloth has been cut, so it cannot go back")
# By state of the run or job: what is missing before the card can leave its column.
MISSING: Final = {
    "materials_reserved": NOT_CUT,
    "released": NOT_CUT,
    "accepted": ("penjahit belum menghitung kit", "the tailor has not counted the kit"),
    "ready": ("penjahit belum mulai menjahit", "the tailor has not started to sew"),
    "in_progress": ("penjahit belum mengirim hasil untuk diperiksa", "the tailor has not handed the pieces in"),
    "rework": ("perbaikan belum dikirim lagi untuk diperiksa", "the rework has not been handed in again"),
    "blocked": ("penjahit menunggu jawaban Anda", "the tailor waits for your answer"),
    "submitted": ("periksa mutu belum lolos", "it has not passed the quality check"),
    "passed": ("potong yang lolos belum diserahkan penjahit", "the tailor has not brought the passed pieces back"),
    "handed_over": ("bagian penjahit lain belum selesai", "the parts of other tailors are not done"),
    "packed": ("pesanan sudah dikemas", "the order is packed"),
    "shipped": ("pesanan sudah dikirim", "the order has been sent"),
}


def act_of(card: Card, target: str) -> str:
    """The act that moves a card into a column: `release`, `check` or `send`. Raises `MoveNotPossible`."""
    act = ACTS.get((card.state, target))
    if act is None:
        raise MoveNotPossible(**_facts(target, why_not(card, target)))
    return act


def why_not(card: Card, target: str) -> tuple[str, str]:
    """Why a card cannot go into a column, in both languages."""
    if target == card.column:
        return STANDS_THERE
    if TARGETS.index(target) < TARGETS.index(card.column):
        return NOT_BACK
    return MISSING[card.state]


def _facts(target: str, cause: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {"column": dict(TARGET_WORDS[target]), "cause": dict(zip(("id", "en"), cause, strict=True))}
