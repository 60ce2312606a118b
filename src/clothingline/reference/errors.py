"""What this house refuses."""

from collections.abc import Iterable
from difflib import get_close_matches

from clothingline.kit.errors import NotFound


class RegencyNotFound(NotFound):
    """Kabupaten atau kota ini tidak dikenal. Kodenya {code}; pilih dari daftar kabupaten dan kota.

    en: This regency is not known. Its code is {code}; choose one from the list of regencies.
    """


class WageNotHeld(NotFound):
    """Upah minimum ini belum ada dalam data. Untuk {code} sampai tahun {year} tidak ada; hubungi pengelola program.

    en: This minimum wage is not held. There is none for {code} up to {year}; ask the programme.
    """


class UnknownFact(KeyError):
    """A key that no held fact answers. `known` lists the nearest keys that are held (at most three).

    It is a `KeyError`, so `in` and `.get()` of a facts mapping work as usual.
    """

    def __init__(self, subject: str, key: object, held: Iterable[object]) -> None:
        super().__init__(key)
        self.subject = subject
        self.key = key
        self.known = _nearest(_spell(key), {_spell(one) for one in held})

    def __str__(self) -> str:
        nearby = f"; nearest known: {', '.join(self.known)}" if self.known else "; nothing like it is known"
        return f"no {self.subject} {_spell(self.key)!r}{nearby}"


def _spell(key: object) -> str:
    return " / ".join("-" if part is None else str(part) for part in key) if isinstance(key, tuple) else str(key)


def _nearest(word: str, held: set[str]) -> tuple[str, ...]:
    return tuple(get_close_matches(word, sorted(held), n=3, cutoff=0.4))
