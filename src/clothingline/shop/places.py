"""Kabupaten and kota as people write them."""

import re
from collections.abc import Sequence
from functools import cache

from clothingline.kit.errors import Invalid
from clothingline.reference import facts

LOCAL_PROVINCES = ("32", "31", "36")
"""Named first, while a place is typed: where the pilot delivers most."""
MOST_OFFERED = 6


def suggestions() -> Sequence[str]:
    """Names that are offered while a place is typed."""
    return _names(LOCAL_PROVINCES)


@cache
def _names(provinces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in facts.regencies().values() if one.province_code in provinces))


def name_of(code: str) -> str:
    """The name of a regency. Raises `UnknownFact`."""
    return facts.regencies()[code].name


def read_place(typed: str) -> str:
    """The code of the kabupaten or kota that somebody wrote. Raises `Invalid` at `/place` with names that it may be."""
    near = _near(typed)
    if len(near) == 1:
        return near[0]
    raise _unclear(_names_of(near))


def maybe(typed: str) -> Sequence[str]:
    """Names that are meant by what is unclear, the shortest first; none when they are too many to choose from."""
    names = _names_of(_near(typed))
    return names if 1 < len(names) <= MOST_OFFERED else ()


def _names_of(codes: Sequence[str]) -> Sequence[str]:
    return sorted((name_of(code) for code in codes), key=len)


def _near(typed: str) -> Sequence[str]:
    """Codes of the places of that name; without any, of those in whose name it stands."""
    wanted = _plain(typed)
    found = [code for code, name in _plain_names().items() if name == wanted]
    return found or [code for code, name in _plain_names().items() if wanted and wanted in name.split(" ", 1)[-1]]


@cache
def _plain_names() -> dict[str, str]:
    return {code: _plain(one.name) for code, one in facts.regencies().items()}


def _plain(text: str) -> str:
    """Lower case, one blank between words, and `kabupaten` however it is written."""
    words = re.sub(r"[^a-z ]+", " ", text.lower()).split()
    return " ".join("kabupaten" if word in ("kab", "kabupaten") else word for word in words)


def _unclear(names: Sequence[str]) -> Invalid:
    if not names:
        return Invalid(
            "/place",
            "Tulis nama kota atau kabupaten, misalnya Kota Bandung.",
            "Write the name of a city or regency, such as Kota Bandung.",
            code="unknown_place",
        )
    return Invalid(
        "/place",
        f"Tulis lengkap, misalnya {' atau '.join(names[:2])}.",
        f"Write it in full, such as {' or '.join(names[:2])}.",
        code="ambiguous_place",
    )
