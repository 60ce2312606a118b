"""A plan as a JSON object, and back: every figure of it, so that a reader needs nothing else."""

from dataclasses import fields
from typing import Any

from clothingline.matching import CostParts, Plan, Share
from clothingline.routing.files.faults import FileError
from clothingline.routing.files.prices import PAGE
from clothingline.routing.files.strict import MOST, Names, named, record, rows, whole

WHOLE_OF_PLAN = tuple(one.name for one in fields(Plan) if one.name not in ("shares", "parts", "labels"))
WHOLE_OF_SHARE = tuple(one.name for one in fields(Share) if one.name != "seconds")
PARTS = tuple(one.name for one in fields(CostParts))
OF_PLAN = Names(PAGE, (*WHOLE_OF_PLAN, "shares", "parts"))
OF_SHARE = Names(PAGE, (*WHOLE_OF_SHARE, "seconds"))
OF_PARTS = Names(PAGE, PARTS)


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as it stands in a file; labels are those of a quote and are left out."""
    return {name: getattr(plan, name) for name in WHOLE_OF_PLAN} | {
        "shares": [_share_record(share) for share in plan.shares],
        "parts": {name: getattr(plan.parts, name) for name in PARTS},
    }


def read_plan(file: str, value: object, place: str) -> Plan:
    """A plan out of a file; whether it holds is for `verify` to say. Raises FileError."""
    found = record(file, value, place)
    named(file, found, f"{place}.", OF_PLAN)
    numbers = _wholes(file, found, place, WHOLE_OF_PLAN)
    shares = rows(file, found["shares"], f"{place}.shares")
    parts = record(file, found["parts"], f"{place}.parts")
    named(file, parts, f"{place}.parts.", OF_PARTS)
    return Plan(
        **numbers,
        shares=tuple(_share(file, share, f"{place}.shares[{at}]") for at, share in enumerate(shares)),
        parts=CostParts(**_wholes(file, parts, f"{place}.parts", PARTS)),
    )


def _share_record(share: Share) -> dict[str, Any]:
    return {name: getattr(share, name) for name in WHOLE_OF_SHARE} | {"seconds": share.seconds}


def _share(file: str, value: object, place: str) -> Share:
    found = record(file, value, place)
    named(file, found, f"{place}.", OF_SHARE)
    weeks = rows(file, found["seconds"], f"{place}.seconds")
    seconds = tuple(_week(file, week, f"{place}.seconds[{at}]") for at, week in enumerate(weeks))
    return Share(**_wholes(file, found, place, WHOLE_OF_SHARE), seconds=seconds)


def _week(file: str, value: object, place: str) -> tuple[int, int]:
    found = rows(file, value, place)
    if len(found) != 2:
        raise FileError(file, f"{place} harus [minggu, detik].", f"{place} must be [week, seconds].")
    return whole(file, found[0], place), whole(file, found[1], place)


def _wholes(file: str, found: dict[str, Any], place: str, names: tuple[str, ...]) -> dict[str, Any]:
    numbers = {name: found[name] for name in names}
    values = numbers.values()
    if set(map(type, values)) != {int} or min(values) < -MOST or max(values) > MOST:
        for name, each in numbers.items():
            whole(file, each, f"{place}.{name}")
    return numbers
