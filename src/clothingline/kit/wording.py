"""Facts of a refusal as people read them: rupiah with their dots, a state by its word and not by its name in code."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from babel.dates import format_date

from clothingline.kit.clock import WIB
from clothingline.kit.money import rupiah

_states: Final[dict[str, str]] = {
    "accepted": "diterima",
    "active": "berlaku",
    "adopted": "dipakai",
    "approved": "disetujui",
    "blocked": "tertahan",
    "cancelled": "dibatalkan",
    "closed": "ditutup",
    "confirmed": "dipastikan",
    "declined": "ditolak",
    "draft": "rancangan",
    "ended": "berakhir",
    "expired": "lewat waktu",
    "failed": "tidak berhasil",
    "held": "ditahan",
    "lost": "hilang",
    "offered": "ditawarkan",
    "planned": "dijadwalkan",
    "proposed": "menunggu persetujuan",
    "read": "sudah dibaca",
    "ready": "siap",
    "refused": "ditolak",
    "rejected": "ditolak",
    "released": "dilepas",
    "replaced": "diganti",
    "revoked": "dicabut",
    "seen": "sudah dilihat",
    "sent": "dikirim",
    "settled": "selesai",
    "superseded": "diganti",
    "withdrawn": "ditarik kembali",
}
"""Indonesian words of the states that refusals name, here of those that mean the same in every trade; each house adds
its own. In English the name with spaces reads well enough."""


def name_states(words: Mapping[str, str]) -> None:
    """What a house calls its states in Indonesian. Raises `ValueError` where one is called otherwise already."""
    for state, word in words.items():
        if _states.setdefault(state, word) != word:
            raise ValueError(f"the state {state} is called {_states[state]} already, not {word}")


def states_named() -> Mapping[str, str]:
    """The words of all houses that were imported."""
    return _states


def in_words(facts: Mapping[str, object], language: str) -> dict[str, object]:
    """Whole rupiah of `…_idr` as `Rp 1.131.400`, an instant as `5 Juni 2026, 13.00 WIB`.

    `state`, and what has two texts, in the reader's language.
    """
    return {name: _word(name, fact, language) for name, fact in facts.items()}


def _word(name: str, fact: object, language: str) -> object:
    if name.endswith("_idr") and isinstance(fact, int):
        return rupiah(fact)
    if name == "state" and isinstance(fact, str):
        return _states.get(fact, fact) if language == "id" else fact.replace("_", " ")
    if isinstance(fact, datetime):
        local = fact.astimezone(WIB)
        return f"{format_date(local, 'd MMMM y', locale=language)}, {local:%H.%M} WIB"
    return fact.get(language, fact) if isinstance(fact, Mapping) else fact
