"""The steps of a job in plain words, and how far it has come. Derived from the state, never stored."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: a stable word for machines, and at most eight words in each language."""

    code: str
    words_id: str
    words_en: str


STEPS = (
    Step("receive_kit", "Hitung kain potong", "Count the cut cloth"),
    Step("start", "Mulai menjahit", "Start sewing"),
    Step("submit", "Foto dan kirim untuk diperiksa", "Photograph and hand in for inspection"),
    Step("inspect", "Merek memeriksa mutu", "The brand inspects"),
    Step("hand_over", "Serahkan ke merek", "Hand over to the brand"),
)
WAIT_FOR_KIT = Step("wait_for_kit", "Tunggu kain dari merek", "Wait for the brand's cloth")
WAIT_FOR_ANSWER = Step("wait_for_answer", "Tunggu jawaban merek", "Wait for the brand's answer")
_DONE = {
    "accepted": 0,
    "ready": 1,
    "in_progress": 2,
    "rework": 2,
    "submitted": 3,
    "passed": 4,
    "handed_over": 5,
    "cancelled": 0,
}


def steps_done(state: str, before: str | None = None) -> int:
    """How many of `STEPS` are done; a blocked job stands where it stood `before`."""
    return _DONE[before or "ready"] if state == "blocked" else _DONE[state]


def next_step(state: str, *, kit_sent: bool) -> Step | None:
    """What comes next, None when nothing does."""
    if state in ("cancelled", "handed_over"):
        return None
    if state == "blocked":
        return WAIT_FOR_ANSWER
    if state == "accepted" and not kit_sent:
        return WAIT_FOR_KIT
    return STEPS[steps_done(state)]
