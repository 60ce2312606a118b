"""The header of a problem file: one JSON text, in the array `header`."""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothingline.matching import Params
from clothingline.routing.files.archive import PAGE
from clothingline.routing.files.faults import FileError
from clothingline.routing.files.strict import MOST, Names, exactly, named, parsed, record, whole, words

FORMAT = "clothingline-problem"
VERSION = 1
UNITS = {"money": "IDR", "cloth": "cm", "work": "s", "distance": "m", "time": "day"}
NAMES = Names(PAGE, ("format", "version"), ("units", "weeks", "params", "text", "digest"))
UNIT_NAMES = Names(PAGE, (), tuple(UNITS))
WEIGHTS = Names(PAGE, (), [one.name for one in fields(Params)])
HIGHEST = {
    "seed": MOST,
    "detour_permille": 10_000,
    "transport_idr_per_km": 10**6,
    "lateness_idr_per_day": 10**6,
    "cushion_days": 100,
    "slack_cut_days": 100,
    "slack_sew_days": 100,
    "slack_ship_days": 100,
    "cut_wait_weeks": 52,
}
"""Weights that may be no larger, for the engine reckons in 64 bits; the others go up to `WEIGHT`."""
WEIGHT = 10**9
LONGEST = 10**6
"""Characters of a header at most."""


@dataclass(frozen=True)
class Header:
    """What stands beside the columns: the weights, free text, and what the columns should come to."""

    params: Params = field(default_factory=Params)
    text: str = ""
    weeks: int | None = None
    digest: str | None = None

    def as_array(self) -> NDArray[np.str_]:
        """The array that stands in the file."""
        said = {"format": FORMAT, "version": VERSION, "units": UNITS, "weeks": self.weeks}
        said |= {"params": asdict(self.params), "text": self.text, "digest": self.digest}
        return np.array(json.dumps({name: value for name, value in said.items() if value is not None}))


def read_header(file: str, array: NDArray[Any]) -> Header:
    """The header in an array. Raises FileError."""
    if array.dtype.kind != "U" or array.ndim != 0 or array.dtype.itemsize > 4 * LONGEST:
        raise FileError(
            file,
            "header harus satu teks JSON: header=json.dumps({…}).",
            "header must be one JSON text: header=json.dumps({…}).",
        )
    found = parsed(file, _text(file, array), "header")
    named(file, found, "header.", NAMES)
    exactly(file, found["format"], "header.format", FORMAT)
    exactly(file, found["version"], "header.version", VERSION)
    _check_units(file, record(file, found.get("units", {}), "header.units"))
    return Header(
        read_params(file, found.get("params", {}), "header.params"),
        words(file, found.get("text", ""), "header.text"),
        whole(file, found["weeks"], "header.weeks", 1) if "weeks" in found else None,
        words(file, found["digest"], "header.digest") if "digest" in found else None,
    )


def _text(file: str, array: NDArray[Any]) -> str:
    try:
        return str(array[()])
    except ValueError as error:  # a code point that is none
        raise FileError(file, "header bukan teks Unicode.", "header is no Unicode text.") from error


def _check_units(file: str, units: dict[str, Any]) -> None:
    named(file, units, "header.units.", UNIT_NAMES)
    for name, unit in units.items():
        exactly(file, unit, f"header.units.{name}", UNITS[name])


def read_params(file: str, value: object, place: str) -> Params:
    """Weights by name; what is left out is as in `Params`. Raises FileError."""
    found = record(file, value, place)
    named(file, found, f"{place}.", WEIGHTS)
    for name, each in found.items():
        if name == "name":
            words(file, each, f"{place}.name")
        else:
            whole(file, each, f"{place}.{name}", 0, HIGHEST.get(name, WEIGHT))
    try:
        return Params(**found)
    except ValueError as error:
        raise FileError(file, f"{place} tidak dapat dipakai.", str(error)) from error
