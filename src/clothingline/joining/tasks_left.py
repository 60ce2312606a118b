"""The list at the end: what is answered, what is missing, and what each answer unlocks."""

from typing import Any

from clothingline.joining.models import FOR_WORK, MUST, OPEN, Step, TailorApplication
from clothingline.joining.wording import STEPS
from clothingline.payouts.models import Payee
from clothingline.web.words import later

WITHOUT_NUMBER = ("invited", "restricted")
"""States of a payee in which the provider still wants something."""

_UNLOCKS = {
    Step.PLACE: later("Tawaran dari merek yang dekat."),
    Step.SKILLS: later("Tawaran yang sesuai keahlian Anda."),
    Step.MACHINES: later("Tawaran yang cocok dengan mesin Anda."),
    Step.PIECES: later("Tawaran tidak lebih dari kemampuan Anda."),
    Step.DAYS: later("Hari libur Anda tidak diisi pekerjaan."),
    Step.CERTIFICATE: later("Bisa menerima seragam dan pesanan yang minta sertifikat."),
    Step.BANK: later("Upah dikirim langsung ke rekening Anda."),
}
_DONE = {"status": later("Sudah"), "tone": "ok"}
_NEEDED = {"status": later("Perlu diisi"), "tone": "warn"}
_LATER = {"status": later("Belum"), "tone": "neutral"}


def tasks_of(application: TailorApplication, done: set[Step], payee: Payee | None) -> list[dict[str, Any]]:
    """One task a step; the links end with the officer's yes. Texts are for `_()`."""
    half = {Step.BANK} if payee and payee.state in WITHOUT_NUMBER else set()
    editable = application.state in OPEN
    return [
        {
            "words": STEPS[step],
            "hint": _UNLOCKS.get(step, "") if step not in done else "",
            "href": f"/t/daftar/{step}" if editable else "",
            **_standing(step, done - half),
        }
        for step in Step
    ]


def _standing(step: Step, done: set[Step]) -> dict[str, str]:
    if step in done:
        return _DONE
    return _NEEDED if step in FOR_WORK | MUST else _LATER
