"""A matching as a file: it carries its proof, and whoever changes it is found out."""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import numpy as np
import pytest

from clothingline.matching import Iterations, Matching, Params, route
from clothingline.matching.certificate import TABLES
from clothingline.routing.files import (
    AnotherProblem,
    FileError,
    FileUnreadable,
    Instance,
    findings,
    read_matching,
    write_matching,
)
from clothingline.routing.files.meanings import COLUMNS as MEANINGS
from clothingline.routing.files.meanings import MATCHING, PARTS, PLAN, SHARE
from clothingline.routing.files.pages import matching_page, matching_schema, problem_page
from clothingline.routing.files.plans import OF_PARTS, OF_PLAN, OF_SHARE
from clothingline.routing.files.problems import COLUMNS
from tests.matching.instances import pilot

Document = dict[str, Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "M.json"


def test_a_matching_that_was_written_is_read_again_and_holds(
    instance: Instance, routed: Matching, text: str, path: Path
) -> None:
    path.write_text(text)
    claim = read_matching(path, instance)
    again = claim.as_matching()
    assert findings(instance, claim) == []
    assert (again.plans, again.cost, again.bound, again.gap) == (routed.plans, routed.cost, routed.bound, routed.gap)
    assert (again.status, again.iterations) == (routed.status, routed.iterations)
    assert all(np.array_equal(getattr(again.prices, n), getattr(routed.prices, n)) for n in TABLES)


def test_another_seed_of_the_search_is_no_other_question(instance: Instance, path: Path) -> None:
    seeded = replace(instance, params=replace(instance.params, seed=5))
    write_matching(path, seeded, route(seeded.problem, seeded.params, Iterations(0)))
    assert findings(instance, read_matching(path, instance)) == []


def test_labels_of_a_quote_are_left_out_and_the_seal_holds(instance: Instance, routed: Matching, path: Path) -> None:
    plans = tuple(replace(plan, labels=("balanced",)) if plan else None for plan in routed.plans)
    write_matching(path, instance, replace(routed, plans=plans))
    assert findings(instance, read_matching(path, instance)) == []


def test_a_matching_made_with_other_params_is_not_written(instance: Instance, routed: Matching, path: Path) -> None:
    with pytest.raises(ValueError, match="other params"):
        write_matching(path, replace(instance, params=Params()), routed)
    assert not path.exists()


def test_a_broken_seal_is_found_by_itself(instance: Instance, text: str, path: Path) -> None:
    document = json.loads(text)
    document["digest"] = "0" * 64
    path.write_text(json.dumps(document))
    assert findings(instance, read_matching(path, instance)) == ["the matching was changed after it was sealed"]


def test_a_matching_of_another_problem_is_refused(text: str, path: Path) -> None:
    path.write_text(text)
    with pytest.raises(AnotherProblem, match="this matching is of another problem"):
        read_matching(path, Instance(pilot(4)))


def test_a_matching_with_other_weights_than_the_problem_is_a_finding(instance: Instance, text: str, path: Path) -> None:
    path.write_text(text)
    dearer = replace(instance, params=replace(instance.params, set_up_idr=1))
    [said] = findings(dearer, read_matching(path, dearer))
    assert said == "the matching was made with other params than those of the problem"


def _set(*names: Any, to: Any) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        _inside(document, names[:-1])[names[-1]] = to
        return document

    return change


def _drop(*names: Any) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        del _inside(document, names[:-1])[names[-1]]
        return document

    return change


def _inside(document: Document, names: tuple[Any, ...]) -> Any:
    inner: Any = document
    for name in names:
        inner = inner[name]
    return inner


def _twice(document: Document) -> Document:
    document["unmatched"][0] = document["plans"][0]["order"]
    return document


BAD = [
    (_drop("cost"), "cost is missing; add it"),
    (_drop("format"), "format must be clothingline-matching"),
    (_set("version", to=1), "version must be 2 (1)"),
    (_set("costs", to=1), "costs is not known; perhaps cost is meant"),
    (_set("cost", to=1.5), "cost must be a whole number"),
    (_set("cost", to="1"), "cost must be a whole number"),
    (_set("cost", to=True), "cost must be a whole number"),
    (_set("cost", to=2**63), "cost must be a whole number"),
    (_set("problem", to=5), "problem must be a text (5)"),
    (_set("status", to="best"), "status must be optimal or feasible"),
    (_set("status", to=[]), "status must be optimal or feasible"),
    (_set("iterations", to=-1), "iterations must be a whole number in 0.."),
    (_set("plans", to={}), "plans must be a list"),
    (_set("plans", 3, to=None), "plans[3] must be an object"),
    (_drop("plans", 3), "every order 0..15 must stand exactly once"),
    (_twice, "every order 0..15 must stand exactly once"),
    (_set("unmatched", 0, to=16), "unmatched[0] must be a whole number in 0..15 (16)"),
    (_set("plans", 0, "order", to=-1), "plans[0].order must be a whole number in 0..15 (-1)"),
    (_set("plans", 0, "brands", to=1), "plans[0].brands is not known; perhaps plans[0].brand is meant"),
    (_drop("plans", 0, "lot"), "plans[0].lot is missing"),
    (_set("plans", 0, "lot", to=10**30), "plans[0].lot must be a whole number"),
    (_set("plans", 0, "lot", to=None), "plans[0].lot must be a whole number"),
    (_set("plans", 0, "parts", "cloth", to="x"), "plans[0].parts.cloth must be a whole number"),
    (_drop("plans", 0, "parts", "cloth"), "plans[0].parts.cloth is missing"),
    (_set("plans", 0, "shares", to=7), "plans[0].shares must be a list"),
    (_set("plans", 0, "shares", 0, "maker", to=0.0), "plans[0].shares[0].maker must be a whole number"),
    (_set("plans", 0, "shares", 0, "seconds", to=[[1]]), "plans[0].shares[0].seconds[0] must be [week, seconds]"),
    (_set("plans", 0, "shares", 0, "seconds", to=[[1, "2"]]), "plans[0].shares[0].seconds[0] must be a whole"),
    (_drop("prices", "cm"), "prices.cm is missing"),
    (_set("prices", "cm", "shape", to=[10**12]), "prices.cm.shape must be [16]"),
    (_set("prices", "cm", to={"shape": [16], "index": [1, 0], "value": [5, 5]}), "index must ascend"),
    (_set("prices", "cm", to={"shape": [16], "index": [1], "value": []}), "index must ascend"),
    (_set("prices", "cm", to={"shape": [16], "index": [16], "value": [5]}), "prices.cm.index[0] must be a whole"),
    (_set("prices", "cm", to={"shape": [16], "index": [4], "value": [-5]}), "prices.cm.value[0] must be a whole"),
    (_set("prices", "cm", to={"shape": [16], "index": [4], "value": [2**63]}), "prices.cm.value[0] must be a whole"),
    (_set("params", "seed", to="x"), "params.seed must be a whole number"),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_bad_matching_has_its_sentence(
    spoil: Callable[[Document], Document], sentence: str, instance: Instance, text: str, path: Path
) -> None:
    path.write_text(json.dumps(spoil(json.loads(text))))
    _refused(path, instance, sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "matching is no sound JSON"),
        (b"PK\x03\x04\xff", "is no JSON text"),
        (b"[]", "matching must be an object"),
        (b"[" * 100_000, "matching is no sound JSON"),
        (b'{"cost": ' + b"9" * 10_000 + b"}", "matching is no sound JSON"),
        (b'{"cost": NaN}', "NaN is no number"),
        (b'{"cost": 1, "cost": 2}', "a name stands twice"),
    ],
)
def test_something_else_than_a_matching_is_refused(
    content: bytes, sentence: str, instance: Instance, path: Path
) -> None:
    path.write_bytes(content)
    _refused(path, instance, sentence)


def test_a_matching_that_was_cut_off_or_is_too_long_is_refused(instance: Instance, text: str, path: Path) -> None:
    path.write_text(text[: len(text) // 2])
    _refused(path, instance, "matching is no sound JSON")
    with pytest.raises(FileError, match="has more than 1000 bytes"):
        read_matching(path, instance, most_bytes=1_000)


def test_a_matching_that_is_not_there_cannot_be_read(instance: Instance, path: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot be read"):
        read_matching(path, instance)


def test_figures_beyond_64_bits_in_plans_and_prices_are_findings_and_no_crash(
    instance: Instance, text: str, path: Path
) -> None:
    document = json.loads(text)
    document["plans"][0]["shares"][0]["seconds"] = [[1, 10**15]]
    document["prices"]["second"] = {"shape": [12, 6], "index": [9], "value": [2**62]}
    path.write_text(json.dumps(document))
    said = findings(instance, read_matching(path, instance))
    assert any("worth more than 64 bits hold" in one for one in said), said


def test_the_schema_takes_what_is_written_and_refuses_what_the_reader_refuses(text: str) -> None:
    schema = jsonschema_rs.validator_for(json.loads(matching_schema()))
    document = json.loads(text)
    assert schema.is_valid(document)
    for spoil in (
        _drop("plans", 0, "lot"),
        _set("plans", 0, "brands", to=1),
        _set("cost", to="1"),
        _drop("prices", "cm"),
    ):
        assert not schema.is_valid(spoil(copy.deepcopy(document)))


def test_every_column_and_every_figure_is_in_the_pages(text: str) -> None:
    assert list(MEANINGS) == list(COLUMNS)
    for meanings, names in ((PLAN, OF_PLAN), (SHARE, OF_SHARE), (PARTS, OF_PARTS)):
        assert meanings.keys() == names.known
    assert list(MATCHING) == list(json.loads(text))
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (\w+) \(([^)]+)\) \|", problem_page(), re.MULTILINE)
    assert [(name, dtype) for name, dtype, _ in rows] == [(name, spec.dtype) for name, spec in COLUMNS.items()]
    assert all(f"| `{name}` |" in matching_page() for name in (*MATCHING, *PLAN, *SHARE, *PARTS))


def _refused(path: Path, instance: Instance, sentence: str) -> None:
    with pytest.raises(FileError, match=re.escape(sentence)) as refused:
        read_matching(path, instance)
    assert refused.value.file == "M.json"
    for line in (refused.value.indonesian, str(refused.value)):
        assert line.isprintable()
