"""JSON from strangers: every name known and once, whole numbers within bounds, no surprise."""

import json
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from clothingline.routing.files.faults import FileError, missing, printable, unknown

MOST = 10**15
"""No whole number of a plan is larger: sums over all plans still fit in 64 bits."""
MOST_FIGURE = 2**62
"""No sum over all plans is larger."""


class Names:
    """The names that an object must and may have, and the page that says what they mean."""

    def __init__(self, page: str, required: Collection[str], optional: Collection[str] = ()) -> None:
        self.page, self.required = page, required
        self.known = frozenset((*required, *optional))


def parsed(file: str, text: str, place: str) -> dict[str, Any]:
    """The JSON object of a text. Raises FileError."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        why = printable(str(error))
        raise FileError(file, f"{place} bukan JSON yang utuh ({why}).", f"{place} is no sound JSON ({why}).") from error
    return record(file, found, place)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def record(file: str, value: object, place: str) -> dict[str, Any]:
    """An object. Raises FileError for anything else."""
    if not isinstance(value, dict):
        raise _not(file, place, "sebuah objek", "an object")
    return value


def named(file: str, found: Mapping[str, Any], place: str, names: Names) -> None:
    """Raise FileError when a name is missing or not known; `place` is put before the name."""
    if found.keys() == names.known:
        return
    for name in names.required:
        if name not in found:
            raise missing(file, f"{place}{name}", names.page)
    for name in found:
        if name not in names.known:
            raise unknown(file, f"{place}{name}", {f"{place}{known}" for known in names.known}, names.page)


def whole(file: str, value: object, place: str, low: int = -MOST, high: int = MOST) -> int:
    """A whole number within bounds. Raises FileError."""
    if type(value) is not int or not low <= value <= high:
        raise _not(file, place, f"bilangan bulat {low}..{high}", f"a whole number in {low}..{high}", value)
    return value


def words(file: str, value: object, place: str) -> str:
    """A text. Raises FileError."""
    if not isinstance(value, str):
        raise _not(file, place, "teks", "a text", value)
    return value


def rows(file: str, value: object, place: str) -> list[Any]:
    """A list. Raises FileError."""
    if not isinstance(value, list):
        raise _not(file, place, "daftar", "a list")
    return value


def exactly(file: str, value: object, place: str, wanted: object) -> None:
    """Raise FileError when a value is not the only one that it may be."""
    if type(value) is not type(wanted) or value != wanted:
        raise _not(file, place, str(wanted), str(wanted), value)


def _not(file: str, place: str, indonesian: str, english: str, value: object = None) -> FileError:
    now = f" ({printable(str(value))})" if isinstance(value, (int, float, str)) else ""
    return FileError(file, f"{place} harus {indonesian}{now}.", f"{place} must be {english}{now}.")
