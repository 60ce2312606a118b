"""Two hundred forgeries of a matching, and none is taken."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from clothingline.matching.certificate import sealed
from clothingline.routing.files import FileError, Instance, findings, read_matching

TAMPERINGS = 200
Document = dict[str, Any]
Tamper = Callable[[Document, np.random.Generator], None]

# What follows changes the numbers of a document, as a forger would who knows the format.


def tamper_day_or_place(document: Document, draw: np.random.Generator) -> None:
    plan = _one(document["plans"], draw)
    name = str(draw.choice([name for name in plan if name not in ("order", "shares", "parts")]))
    plan[name] += int(draw.choice([-7, -1, 1, 7]))


def tamper_part(document: Document, draw: np.random.Generator) -> None:
    parts, by = _one(document["plans"], draw)["parts"], int(draw.choice([-1_000, -1, 1, 1_000]))
    parts[str(draw.choice(list(parts)))] += by
    document["cost"] += by
    document["gap"] += by


def tamper_share(document: Document, draw: np.random.Generator) -> None:
    share = _one(_one(document["plans"], draw)["shares"], draw)
    share[str(draw.choice([name for name in share if name != "seconds"]))] += int(draw.choice([-1, 1]))


def tamper_seconds(document: Document, draw: np.random.Generator) -> None:
    week = _one(_one(_one(document["plans"], draw)["shares"], draw)["seconds"], draw)
    week[int(draw.integers(2))] += int(draw.choice([-1, 1, 3_600]))


def tamper_price(document: Document, draw: np.random.Generator) -> None:
    """A price of something free that is raised by a thousand rupiah and more proves less than what is claimed. One for
    more than half, of which there is but one, proves the same as long as somebody would pay it: nobody pays a milliard.
    """
    name = str(draw.choice([name for name, table in document["prices"].items() if table["value"]]))
    value, by = document["prices"][name]["value"], 10**12 if name.startswith("large_") else 10**6
    value[int(draw.integers(len(value)))] += int(draw.choice([by, 10**3 * by, 2**61]))


def tamper_cost(document: Document, draw: np.random.Generator) -> None:
    by = int(draw.choice([-100_000, -1, 1, 100_000]))
    document["cost"] += by
    document["gap"] += by


def tamper_bound(document: Document, draw: np.random.Generator) -> None:
    """Raised; a bound that is lower than it might be is true."""
    by = int(draw.choice([1, 10, 1_000, 100_000]))
    document["bound"] += by
    document["gap"] -= by


def tamper_gap(document: Document, draw: np.random.Generator) -> None:
    document["gap"] += int(draw.choice([-100, 100]))


def tamper_status(document: Document, draw: np.random.Generator) -> None:
    document["status"] = "feasible" if document["gap"] == 0 else "optimal"


def tamper_order(document: Document, draw: np.random.Generator) -> None:
    """Drop a plan, or swap the orders of two."""
    plans = document["plans"]
    if draw.integers(2):
        document["unmatched"].append(plans.pop(int(draw.integers(len(plans))))["order"])
    else:
        one, other = (plans[int(at)] for at in draw.choice(len(plans), 2, replace=False))
        one["order"], other["order"] = other["order"], one["order"]


def tamper_weights(document: Document, draw: np.random.Generator) -> None:
    weights = [name for name in document["params"] if name not in ("name", "fairness_permille")]
    document["params"][str(draw.choice(weights))] += 1


WAYS: tuple[Tamper, ...] = (
    tamper_day_or_place,
    tamper_part,
    tamper_share,
    tamper_seconds,
    tamper_price,
    tamper_cost,
    tamper_bound,
    tamper_gap,
    tamper_status,
    tamper_order,
    tamper_weights,
)


def test_two_hundred_tampered_files_are_all_rejected_even_when_they_are_sealed_again(
    instance: Instance, text: str, tmp_path: Path
) -> None:
    path, accepted = tmp_path / "M.json", []
    for seed in range(TAMPERINGS):
        way, draw, document = WAYS[seed % len(WAYS)], np.random.default_rng(seed), json.loads(text)
        way(document, draw)
        assert document != json.loads(text), f"seed {seed} changes nothing"
        path.write_text(json.dumps(document))
        said = _said(instance, path)
        print(f"seed {seed} {way.__name__}: {said}")
        accepted += [] if said else [seed]
    assert accepted == []


def _said(instance: Instance, path: Path) -> list[str]:
    """What is found in a file whose forger has put a fitting seal on it."""
    try:
        claim = read_matching(path, instance)
    except FileError as error:
        return [str(error)]
    return findings(instance, replace(claim, certificate=sealed(claim.certificate)))


def _one(values: list[Any], draw: np.random.Generator) -> Any:
    return values[int(draw.integers(len(values)))]
