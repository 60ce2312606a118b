"""The pages of docs/formats/ and the JSON Schema of a matching, made from the columns and the result types."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from clothingline.matching import Params
from clothingline.matching.columns import Column
from clothingline.routing.files import header, matchings
from clothingline.routing.files.archive import MOST_BYTES
from clothingline.routing.files.meanings import COLUMNS as MEANINGS
from clothingline.routing.files.meanings import MATCHING, PARTS, PLAN, SHARE
from clothingline.routing.files.prices import OF_TABLE
from clothingline.routing.files.prices import TABLES as PRICED
from clothingline.routing.files.problems import COLUMNS, optional
from clothingline.routing.files.strict import MOST, MOST_FIGURE

PROBLEM_PAGE = """\
# A problem as a file

Made from the columns of the engine by `clothingline api docs`; a test holds the two together.

One `.npz` (a zip of `.npy` arrays, as `numpy.savez` writes it) with an array for each column, named `table.column`,
and the array `header`. All columns of a table are equally long; rows are counted from 0, and that number is what other
columns call an order, brand, lot or maker. Only whole numbers are taken, of any integer dtype; the one below is what
they become. Days are numbers; week w is the days 7w … 7w+6. A bit set has bit n for the skill, machine or family n.
Nothing in the file is unpickled; of all arrays together at most {most} bytes are unpacked. A name that is not below is
refused.

```python
import json, numpy as np
np.savez("P.npz", header=json.dumps({{"format": "{format}", "version": {version}}}), **{{"orders.pieces": pieces, …}})
```

`clothingline match example --out P.npz` writes a small one to look at.

## Header

A JSON text. Only `format` and `version` must be there; what else is said must be true of the columns.

| name | value |
| --- | --- |
| `format` | `{format}` |
| `version` | {version} |
| `units` | {units}; a file in other units is refused |
| `weeks` | weeks that the capacities cover |
| `params` | weights by name, as below; what is left out is as below |
| `text` | anything that its maker wants to say |
| `digest` | sha256 of names, dtypes, shapes and values of all columns, as `Problem.digest()` reckons it |
"""

MATCHING_PAGE = """\
# A matching as a file

Made from the result types of the engine by `clothingline api docs`; a test holds the two together. As a JSON Schema:
[matching.schema.json](matching.schema.json).

JSON in UTF-8, written by `clothingline match route` with a plan on each line. It carries what
`clothingline match verify P.npz M.json` needs to derive feasibility, cost and bound again from the problem alone. All
numbers are whole. A name that is not below is refused.
"""

PRICES = """\

## Prices

No price is negative. A table is `{"shape": […], "index": […], "value": […]}` and holds its prices that are not zero:
`index` ascends and counts from 0 through the table flattened by rows (a maker's or brand's weeks stand together),
`value` is as long. Whatever prices stand there, the bound that they prove is true; better prices prove a higher one.
"""


def problem_page() -> str:
    """docs/formats/problem.md."""
    units = ", ".join(f"{name} {unit}" for name, unit in header.UNITS.items())
    said = PROBLEM_PAGE.format(most=f"{MOST_BYTES:,}", format=header.FORMAT, version=header.VERSION, units=units)
    weights = [(f"`{one.name}`", _highest(one.name), str(one.default)) for one in fields(Params)]
    tables = dict.fromkeys(name.split(".")[0] for name in COLUMNS)
    return "\n".join(
        [
            said,
            "## Params",
            "",
            _table(("weight", "values", "when left out"), weights).rstrip(),
            *(_columns(noun) for noun in tables),
        ]
    )


def matching_page() -> str:
    """docs/formats/matching.md."""
    sections = (("The file", MATCHING), ("A plan", PLAN), ("A share", SHARE), ("The parts of the cost", PARTS))
    tables = (f"\n## {title}\n\n{_names(meanings)}" for title, meanings in sections)
    return MATCHING_PAGE + "".join(tables) + PRICES


def matching_schema() -> str:
    """docs/formats/matching.schema.json."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A matching of clothingline",
        **_object({**{name: _whole() for name in MATCHING}, **_special()}, MATCHING),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _highest(weight: str) -> str:
    return "a text" if weight == "name" else f"0 … {header.HIGHEST.get(weight, header.WEIGHT)}"


def _columns(noun: str) -> str:
    rows = [
        (f"`{name}`", _form(spec), f"{spec.low} … {spec.high}", _when_left_out(spec), MEANINGS[name])
        for name, spec in COLUMNS.items()
        if name.startswith(f"{noun}.")
    ]
    heads = ("column", "dtype and shape", "values", "when left out", "meaning")
    return f"\n## {noun.capitalize()}\n\n" + _table(heads, rows)


def _form(spec: Column) -> str:
    rows = "n" if spec.per_row else "any"
    width = "" if spec.width is None else f", {spec.width or 'm'}"
    return f"{spec.dtype} ({rows}{width})"


def _when_left_out(spec: Column) -> str:
    if not optional(spec):
        return "refused"
    return "none" if spec.default is None else str(spec.default)


def _names(meanings: Mapping[str, str]) -> str:
    return _table(("name", "meaning"), [(f"`{name}`", meaning) for name, meaning in meanings.items()])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _special() -> dict[str, Any]:
    """The properties of a matching that are more than a whole number."""
    return {
        "format": {"const": matchings.FORMAT},
        "version": {"const": matchings.VERSION},
        "status": {"enum": list(matchings.STATUSES)},
        **{name: {"type": "string"} for name in ("problem", "params_digest", "digest")},
        "params": _params(),
        **{name: _whole(-MOST_FIGURE, MOST_FIGURE) for name in ("cost", "bound", "gap")},
        "iterations": _whole(low=0),
        "unmatched": _list(_whole(low=0)),
        "plans": _list(_plan()),
        "prices": _object({name: _prices() for name in PRICED}),
    }


def _params() -> dict[str, Any]:
    weights = {one.name: {"type": "string"} if one.name == "name" else _whole(low=0) for one in fields(Params)}
    return {**_object(weights), "required": []}


def _plan() -> dict[str, Any]:
    parts = _object({name: _whole() for name in PARTS}, PARTS)
    lists = {"shares": _list(_share()), "parts": parts}
    return _object({**{name: _whole() for name in PLAN}, **lists}, PLAN)


def _share() -> dict[str, Any]:
    week = {"type": "array", "items": _whole(), "minItems": 2, "maxItems": 2}
    return _object({**{name: _whole() for name in SHARE}, "seconds": _list(week)}, SHARE)


def _prices() -> dict[str, Any]:
    return _object({name: _list(_whole(low=0, high=2**62)) for name in OF_TABLE.required})


def _object(properties: dict[str, Any], meanings: Mapping[str, str] | None = None) -> dict[str, Any]:
    described = {
        name: form | ({"description": meanings[name]} if meanings else {}) for name, form in properties.items()
    }
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": described}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _whole(low: int = -MOST, high: int = MOST) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high}
